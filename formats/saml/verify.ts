import { children, type XmlElement } from '../xml/index.ts';
import { DSIG, isWhatWasSigned, verifySignature } from '../xmldsig/index.ts';
import { readAssertion } from './read.ts';
import type { AssertionVerification } from './types.ts';

/**
 * Verifies the enveloped signature of an assertion, and that what it covers is this very assertion as it stands in the
 * message: a forged assertion that carries the signature of another one is refused.
 *
 * @param bytes the whole message as received, in UTF-8
 * @param element the `saml2:Assertion` of that message, read by `readXml` or `readSoap`
 * @returns the assertion as it was signed, and the certificate that signed it
 * Source: SAML core 2.0 §5.4 (one enveloped signature, one reference to the assertion).
 */
export function verifyAssertion(bytes: Uint8Array, element: XmlElement): AssertionVerification {
  const signatures = children(element, 'Signature', DSIG);
  const [signature] = signatures;
  if (signature === undefined || signatures.length > 1) {
    const message = signature
      ? `L'assertion porte ${signatures.length} signatures, une seule est attendue.`
      : "L'assertion n'est pas signée.";
    return { ok: false, fault: { code: 'SAML_SIGNATURE_COUNT', message } };
  }
  const verified = verifySignature(bytes, signature.path);
  if (!verified.ok) return verified;
  const { certificate, signatureAlgorithm, digestAlgorithms, signed } = verified.signature;
  const [content] = signed;
  if (content === undefined || signed.length !== 1 || !isWhatWasSigned(element, content)) {
    const message = "La signature est juste mais porte sur un autre élément que l'assertion qui la contient.";
    return { ok: false, fault: { code: 'SAML_WRAPPED', message }, certificate };
  }
  return { ok: true, assertion: readAssertion(content), certificate, signatureAlgorithm, digestAlgorithms };
}
