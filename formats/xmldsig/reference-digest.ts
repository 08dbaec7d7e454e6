import { createHash } from 'node:crypto';
import { attribute, canonicalXml, child, children, isXmlLimit, readXml, type XmlElement } from '../xml/index.ts';
import { DSIG } from './covers.ts';

const DIGESTS: Readonly<Record<string, string>> = {
  'http://www.w3.org/2000/09/xmldsig#sha1': 'sha1',
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
};

/** Canonical forms of a whole document; that of 1.1 differs from that of 1.0 for parts of documents only. */
const CANONICAL: Readonly<Record<string, { readonly exclusive: boolean }>> = {
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315': { exclusive: false },
  'http://www.w3.org/2006/12/xml-c14n11': { exclusive: false },
  'http://www.w3.org/2001/10/xml-exc-c14n': { exclusive: true },
};

/** How the digest of a reference compares with the bytes that it is about. */
export type DigestComparison =
  | { readonly kind: 'right' }
  | {
      readonly kind: 'wrong';
      readonly received: string;
      readonly expected: string;
      /** What the digest received is that of, when it is not what the transforms announce. */
      readonly isThatOf?: 'raw' | 'canonical';
      /** Algorithms of the transforms announced, in order. */
      readonly transforms: readonly string[];
    }
  /** Algorithm of digest or transform that is none of those of the field. */
  | { readonly kind: 'unsupported'; readonly algorithm: string }
  /** A canonical form was announced of what is not XML; French sentence. */
  | { readonly kind: 'not-xml'; readonly message: string }
  /** A bound of ours; French sentence. */
  | { readonly kind: 'limit'; readonly message: string };

/**
 * Computes the digest of a document as a `ds:Reference` says to (algorithm, then transforms in order) and compares.
 *
 * @param reference of a manifest or of SignedInfo, which designates the document otherwise than by a place in the message
 * @param bytes of the document as transmitted
 * @param maxCanonicalBytes beyond, no canonical form is made: the tree that it needs costs many times the size
 * Source: W3C XML Signature §4.4.3 (reference processing); protocols.md §2.5 (manifest).
 */
export function compareDigest(
  reference: XmlElement,
  bytes: Uint8Array,
  maxCanonicalBytes = Number.POSITIVE_INFINITY,
): DigestComparison {
  const method = child(reference, 'DigestMethod', DSIG);
  const name = (method && attribute(method, 'Algorithm', '')) ?? '';
  const algorithm = DIGESTS[name];
  if (algorithm === undefined) return { kind: 'unsupported', algorithm: name };
  const of = (content: Uint8Array | string): string => createHash(algorithm).update(content).digest('base64');
  const received = (child(reference, 'DigestValue', DSIG)?.text ?? '').replace(/\s+/g, '');
  const list = child(reference, 'Transforms', DSIG);
  const transforms = (list ? children(list, 'Transform', DSIG) : []).map((e) => attribute(e, 'Algorithm', '') ?? '');
  let content: Uint8Array | string = bytes;
  for (const transform of transforms) {
    const how = canonicalForm(transform);
    if (how === undefined) return { kind: 'unsupported', algorithm: transform };
    const made = canonical(bytes, how, maxCanonicalBytes);
    if (typeof made !== 'string') return made;
    content = made;
  }
  const expected = of(content);
  if (received === expected) return { kind: 'right' };
  const isThatOf = isDigestOf(received, transforms, bytes, of, maxCanonicalBytes);
  return { kind: 'wrong', received, expected, transforms, ...(isThatOf === undefined ? {} : { isThatOf }) };
}

interface CanonicalForm {
  readonly exclusive: boolean;
  readonly comments: boolean;
}

function canonicalForm(transform: string): CanonicalForm | undefined {
  const comments = transform.endsWith('WithComments');
  const form = CANONICAL[transform.replace(/#?(?:WithComments)?$/, '')];
  return form && { ...form, comments };
}

function canonical(bytes: Uint8Array, how: CanonicalForm, most: number): string | DigestComparison {
  if (bytes.length > most) {
    const message = `Le document fait ${bytes.length} octets, le banc n’en met en forme canonique que ${most} au plus.`;
    return { kind: 'limit', message };
  }
  const made = canonicalXml(bytes, how);
  if (made !== undefined) return made;
  const reading = readXml(bytes);
  const message = reading.ok ? 'La forme canonique ne peut pas être faite.' : reading.fault.message;
  return { kind: !reading.ok && isXmlLimit(reading.fault) ? 'limit' : 'not-xml', message };
}

/** The two usual slips: the transform was announced and not applied, or applied and not announced. */
function isDigestOf(
  received: string,
  transforms: readonly string[],
  bytes: Uint8Array,
  of: (content: Uint8Array | string) => string,
  most: number,
): 'raw' | 'canonical' | undefined {
  if (transforms.length > 0) return received === of(bytes) ? 'raw' : undefined;
  return [true, false].some((comments) =>
    [false, true].some((exclusive) => {
      const made = canonical(bytes, { exclusive, comments }, most);
      return typeof made === 'string' && of(made) === received;
    }),
  )
    ? 'canonical'
    : undefined;
}
