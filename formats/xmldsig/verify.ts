import { createHash, X509Certificate } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { attribute, child, children, descendants, isXmlLimit, readXml, type XmlElement } from '../xml/index.ts';
import { DSIG } from './covers.ts';
import { isolateElement } from './isolate.ts';
import type { SignatureFault, SignatureVerification } from './types.ts';

/** The DOM that xml-crypto builds is slow: no signed message of the field comes near. */
const MAX_BYTES = 8 * 1024 * 1024;
/** Each reference canonicalises its part of the document again: a few are honest, thousands would hold the bench. */
const MAX_REFERENCES = 100;
const MAX_TRANSFORMS = 5;

/**
 * The mock, then each check and each scenario that reads a message, ask about the same bytes: what was found is kept for
 * the latest messages, the small ones, oldest out first.
 */
const found = new Map<string, SignatureVerification>();
const MAX_KEPT = 30;
/** What was signed is kept as a tree, far larger than its text when a hostile message is all elements. */
const MAX_KEPT_BYTES = 64 * 1024;

/**
 * Verifies one XML signature of a document: the digests of its references and the signature value, with the certificate of
 * its own KeyInfo. Whether that certificate deserves trust is for the caller (`Pki.judge`, rules).
 *
 * @param bytes the whole document as received, in UTF-8
 * @param path XPath of the `ds:Signature`, as `XmlElement.path` gives it
 */
export function verifySignature(bytes: Uint8Array, path: string): SignatureVerification {
  if (bytes.byteLength > MAX_KEPT_BYTES) return verify(bytes, path);
  const key = `${createHash('sha256').update(bytes).digest('base64')} ${path}`;
  const verification = found.get(key) ?? verify(bytes, path);
  found.delete(key);
  found.set(key, verification);
  const [oldest] = found.keys();
  if (found.size > MAX_KEPT && oldest !== undefined) found.delete(oldest);
  return verification;
}

function verify(bytes: Uint8Array, path: string): SignatureVerification {
  const reading = readXml(bytes, { maxBytes: MAX_BYTES });
  if (!reading.ok) {
    return refuse(isXmlLimit(reading.fault) ? 'SIGNATURE_LIMIT' : 'SIGNATURE_UNSUPPORTED', reading.fault.message);
  }
  const signature = find(reading.root, path);
  const isolated = signature && isolateElement(bytes, path);
  if (signature === undefined || isolated === undefined) {
    return refuse('SIGNATURE_ABSENT', `Il n'y a pas de signature XML à l'emplacement ${path}.`);
  }
  if (isExcessive(signature)) {
    return refuse(
      'SIGNATURE_LIMIT',
      `La signature porte plus de ${MAX_REFERENCES} références, ou plus de ${MAX_TRANSFORMS} transformations pour l'une d'elles.`,
    );
  }
  const certificate = certificateOf(signature);
  if (certificate === undefined) {
    return refuse('SIGNATURE_CERTIFICATE', 'KeyInfo ne contient pas de certificat X.509 lisible.');
  }
  const verifier = new SignedXml({ publicCert: pem(certificate) });
  try {
    verifier.loadSignature(isolated);
    if (!verifier.checkSignature(new TextDecoder().decode(bytes))) {
      // xml-crypto answers false for a digest that differs; for a wrong signature value it throws.
      const changed = verifier.getReferences().find(({ validationError }) => validationError !== undefined);
      const uri = (changed?.uri ?? '').slice(0, 100);
      return refuse(
        'SIGNATURE_INVALID',
        `Ce qui a été signé a changé depuis : son empreinte n'est pas celle de DigestValue (référence « ${uri} »).`,
        certificate,
      );
    }
  } catch (error) {
    return refuse(...meaningOf(error), certificate);
  }
  const signed = verifier.getSignedReferences().flatMap((canonical) => {
    const part = readXml(canonical);
    return part.ok ? [part.root] : [];
  });
  const info = child(signature, 'SignedInfo', DSIG);
  const method = info && child(info, 'SignatureMethod', DSIG);
  return {
    ok: true,
    signature: {
      certificate,
      signatureAlgorithm: (method && attribute(method, 'Algorithm')) ?? '',
      digestAlgorithms: (info ? children(info, 'Reference', DSIG) : []).map((reference) => {
        const digest = child(reference, 'DigestMethod', DSIG);
        return (digest && attribute(digest, 'Algorithm')) ?? '';
      }),
      signed,
    },
  };
}

function refuse(code: SignatureFault['code'], message: string, certificate?: Uint8Array): SignatureVerification {
  return { ok: false, fault: { code, message }, ...(certificate === undefined ? {} : { certificate }) };
}

function isExcessive(signature: XmlElement): boolean {
  // Those of SignedInfo: a manifest may list as many as a lot has documents, nobody digests them here.
  const references = children(signature, 'SignedInfo', DSIG).flatMap((info) => children(info, 'Reference', DSIG));
  return (
    references.length > MAX_REFERENCES ||
    references.some((reference) => descendants(reference, 'Transform', DSIG).length > MAX_TRANSFORMS)
  );
}

/** xml-crypto throws both for what it does not know and for what is wrong. */
function meaningOf(error: unknown): [SignatureFault['code'], string] {
  const text = error instanceof Error ? error.message : String(error);
  if (/algorithm '.*' is not supported|canonicalization algorithm|transform/i.test(text)) {
    return ['SIGNATURE_UNSUPPORTED', `Un algorithme de la signature n'est pas pris en charge : ${text.slice(0, 200)}.`];
  }
  if (/signature value .* is incorrect/is.test(text)) {
    return [
      'SIGNATURE_INVALID',
      "La valeur de la signature n'est pas juste : les empreintes le sont, la clé est une autre ou SignedInfo a changé.",
    ];
  }
  return [
    'SIGNATURE_INVALID',
    `Ce qui a été signé n'est pas ce qui a été reçu : ${text.replace(/\s+/g, ' ').slice(0, 200)}`,
  ];
}

function find(root: XmlElement, path: string): XmlElement | undefined {
  const found = root.path === path ? root : descendants(root, 'Signature', DSIG).find((one) => one.path === path);
  return found?.name.local === 'Signature' && found.name.namespace === DSIG ? found : undefined;
}

function certificateOf(signature: XmlElement): Uint8Array | undefined {
  const info = child(signature, 'KeyInfo', DSIG);
  const text = info && descendants(info, 'X509Certificate', DSIG)[0]?.text;
  if (text === undefined) return undefined;
  try {
    return new Uint8Array(new X509Certificate(Buffer.from(text, 'base64')).raw);
  } catch {
    return undefined;
  }
}

function pem(der: Uint8Array): string {
  return new X509Certificate(der).toString();
}
