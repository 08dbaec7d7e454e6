import { isXmlLimit } from '#formats/xml/index.ts';
import type { Breach } from './report.ts';

/** Bounds on packages and signatures; those on XML are told by `formats/xml`. */
const LIMITS: ReadonlySet<string> = new Set(['MIME_TOO_MANY_PARTS', 'MIME_HEADER_TOO_LARGE', 'SIGNATURE_LIMIT']);

/** Whether what was not read, or not verified, is so because of a bound of the bench: the product is then not blamed. */
export function isBenchLimit(fault: { readonly code: string }): boolean {
  return LIMITS.has(fault.code) || isXmlLimit(fault);
}

/**
 * What is said of something that a bound of the bench kept from being judged.
 *
 * @param what French: what was not judged
 */
export function limitBreach(where: string, what: string, fault: { readonly message: string }): Breach {
  return {
    where,
    received: `le banc n’a pas jugé ${what} : ${fault.message}`,
    expected: 'un contenu que le banc peut lire en entier',
    remedy:
      'C’est une limite du banc, pas une faute du produit : rejouez avec un contenu plus petit, ou faites juger celui-ci autrement.',
  };
}
