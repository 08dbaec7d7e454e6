import { children, readXml, type XmlElement } from '../xml/index.ts';
import { DSIG, isolateElement, isWhatWasSigned, verifySignature } from '../xmldsig/index.ts';
import { readAssertion } from './read.ts';
import type { AssertionVerification, SamlFault } from './types.ts';

/**
 * Verifying costs much more than reading, and grows with the square of some of these: an honest assertion is a few
 * kilobytes and a hundred elements under a dozen namespaces.
 */
const MAX_CHARACTERS = 256 * 1024;
const MAX_ELEMENTS = 1000;
const MAX_NAMESPACES = 200;
/** In the whole message, in force around the assertion or not: it has to be taken out of there first. */
const MAX_DECLARATIONS = 5000;

/**
 * Verifies the enveloped signature of an assertion, and that what it covers is this very assertion: it is taken out of its
 * message first, so that a reference cannot lead elsewhere, then compared with what was signed. A forged assertion that
 * carries the signature of another one is refused.
 *
 * @param bytes the whole message as received
 * @param element the `saml2:Assertion` of that message, read by `readXml` or `readSoap`
 * @returns the assertion as it was signed, and the certificate that signed it
 * Source: SAML core 2.0 §5.4 (one enveloped signature, one reference to the assertion).
 */
export function verifyAssertion(bytes: Uint8Array, element: XmlElement): AssertionVerification {
  const signatures = children(element, 'Signature', DSIG);
  const [signature] = signatures;
  if (signature === undefined || signatures.length > 1) {
    return refuse(
      'SAML_SIGNATURE_COUNT',
      signature
        ? `L'assertion porte ${signatures.length} signatures, une seule est attendue.`
        : "L'assertion n'est pas signée.",
    );
  }
  const text = new TextDecoder('latin1').decode(bytes).replaceAll('\0', '');
  const alone =
    declarationsIn(text) > MAX_DECLARATIONS || elementsIn(element) > MAX_ELEMENTS
      ? undefined
      : isolateElement(bytes, element.path);
  if (alone === undefined || alone.length > MAX_CHARACTERS || declarationsIn(alone) > MAX_NAMESPACES) {
    return refuse('SIGNATURE_LIMIT', "L'assertion, ou ce qui l'entoure, est trop grande pour être vérifiée.");
  }
  const reading = readXml(alone);
  const [own] = reading.ok ? children(reading.root, 'Signature', DSIG) : [];
  if (!reading.ok || own === undefined) return refuse('SIGNATURE_UNSUPPORTED', "L'assertion ne peut pas être isolée.");
  const verified = verifySignature(Buffer.from(alone), own.path);
  if (!verified.ok) return verified;
  const { certificate, signatureAlgorithm, digestAlgorithms, signed } = verified.signature;
  const [content] = signed;
  if (content === undefined || signed.length !== 1 || !isWhatWasSigned(element, content)) {
    const message = "La signature est juste mais porte sur un autre élément que l'assertion qui la contient.";
    return { ok: false, fault: { code: 'SAML_WRAPPED', message }, certificate };
  }
  return { ok: true, assertion: readAssertion(content), certificate, signatureAlgorithm, digestAlgorithms };
}

/** At least as many as there are, a text that spells `xmlns` being counted too. */
function declarationsIn(xml: string): number {
  return xml.split('xmlns', MAX_DECLARATIONS + 2).length - 1;
}

function elementsIn(element: XmlElement): number {
  let count = 1;
  for (const node of element.children) if (node.kind === 'element') count += elementsIn(node);
  return count;
}

function refuse(code: SamlFault['code'], message: string): AssertionVerification {
  return { ok: false, fault: { code, message } };
}
