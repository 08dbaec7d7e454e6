import { ParseOption, XmlC14NMode, XmlDocument } from 'libxml2-wasm';
import { readXml } from './read.ts';

/**
 * Canonical form of a whole document, for digests (W3C Canonical XML 1.0, Exclusive XML Canonicalization 1.0).
 *
 * @param bytes a document that `readXml` accepts
 * @returns characters to encode in UTF-8, or undefined when the document is not acceptable
 */
export function canonicalXml(
  bytes: Uint8Array,
  how: { readonly exclusive?: boolean; readonly comments?: boolean } = {},
): string | undefined {
  if (!readXml(bytes).ok) return undefined;
  const document = XmlDocument.fromBuffer(bytes, {
    option: (ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_HUGE) as ParseOption,
  });
  try {
    return document.canonicalizeToString({
      mode: how.exclusive === true ? XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 : XmlC14NMode.XML_C14N_1_0,
      withComments: how.comments === true,
    });
  } finally {
    document.dispose();
  }
}
