import { X509Certificate } from 'node:crypto';
import { ParseOption, XmlC14NMode, XmlDocument } from 'libxml2-wasm';
import { SignedXml } from 'xml-crypto';
import { readXml } from '#formats/xml/index.ts';
import { DSIG } from '../vocabulary.ts';

export type SignatureReading =
  | {
      readonly ok: true;
      /** Signing certificate, DER. */
      readonly certificate: Uint8Array;
      /** Canonical XML of each signed part: the only text to believe, against signature wrapping. */
      readonly signed: readonly string[];
    }
  | {
      readonly ok: false;
      /** French. */
      readonly reason: string;
    };

/**
 * Verifies one XML signature inside a document, with the certificate that it carries. Whether that certificate may be
 * believed is judged elsewhere.
 *
 * @param bytes the whole document, as received: exclusive or inclusive canonical forms need its ancestors
 * @param where XPath of the `ds:Signature`, prefix `ds`, other prefixes in `namespaces`
 * Source: XML Signature 1.0 core validation; protocols.md §2.10.
 */
export function verifySignature(
  bytes: Uint8Array,
  where: string,
  namespaces: Readonly<Record<string, string>> = {},
): SignatureReading {
  // xml-crypto reads with a tolerant parser: it only sees what libxml2 accepted, in canonical form.
  const reading = readXml(bytes);
  if (!reading.ok) return refuse(reading.fault.message);
  const parts = canonicalParts(bytes, where, { ...namespaces, ds: DSIG });
  if (!parts) return refuse('aucune signature ds:Signature à la place attendue');
  if (!parts.certificate) return refuse('la signature ne porte pas de ds:X509Certificate');
  try {
    const pem = new X509Certificate(parts.certificate).toString();
    const verifier = new SignedXml({ publicCert: pem, getCertFromKeyInfo: () => null });
    verifier.loadSignature(parts.signature);
    if (!verifier.checkSignature(parts.document)) return refuse('la signature ou une empreinte est fausse');
    return { ok: true, certificate: parts.certificate, signed: verifier.getSignedReferences() };
  } catch (error) {
    return refuse(`la signature ne se vérifie pas (${error instanceof Error ? error.message : String(error)})`);
  }
}

interface CanonicalParts {
  readonly document: string;
  readonly signature: string;
  readonly certificate: Uint8Array | undefined;
}

function canonicalParts(
  bytes: Uint8Array,
  where: string,
  namespaces: Record<string, string>,
): CanonicalParts | undefined {
  const document = XmlDocument.fromBuffer(bytes, {
    option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_HUGE,
  });
  try {
    const signature = document.get(where, namespaces);
    if (!signature) return undefined;
    const carried = signature.get('ds:KeyInfo/ds:X509Data/ds:X509Certificate', namespaces)?.content;
    const certificate = carried === undefined ? undefined : Buffer.from(carried, 'base64');
    return {
      document: document.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_1_0, withComments: true }),
      signature: signature.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 }),
      certificate: certificate && certificate.length > 0 ? new Uint8Array(certificate) : undefined,
    };
  } finally {
    document.dispose();
  }
}

function refuse(reason: string): SignatureReading {
  return { ok: false, reason };
}
