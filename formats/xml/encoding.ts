import type { XmlFault } from './types.ts';

export type Decoding =
  | { readonly ok: true; readonly text: string; readonly utf8: Uint8Array }
  | { readonly ok: false; readonly fault: XmlFault };

const UTF8_BOM = [0xef, 0xbb, 0xbf];

/**
 * Characters of a document, from its BOM, or from the encoding its declaration names, or UTF-8 (XML 1.0 §4.3.3, annex F).
 * Any byte sequence that is not of that encoding is a fault: replaced characters would be judged as if they had been sent.
 *
 * @param bytes the document as received
 * @returns the text without BOM, and the same in UTF-8
 */
export function decode(bytes: Uint8Array): Decoding {
  const bom = byteOrderMark(bytes);
  const declared = declaredEncoding(bytes);
  const label = bom ?? declared ?? 'utf-8';
  if (bom === undefined && /^utf-?16/i.test(label)) {
    return refuse(`La déclaration XML annonce ${label}, mais les octets du document ne sont pas en ${label}.`);
  }
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch {
    return refuse(`L'encodage « ${label} » annoncé par la déclaration XML n'est pas connu.`);
  }
  try {
    const text = decoder.decode(bytes);
    return { ok: true, text, utf8: label === 'utf-8' && bom === undefined ? bytes : new TextEncoder().encode(text) };
  } catch {
    return refuse(`Le document contient des octets qui ne sont pas du ${label.toUpperCase()} valide.`);
  }
}

function refuse(message: string): Decoding {
  return { ok: false, fault: { code: 'XML_ENCODING', message } };
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (UTF8_BOM.every((byte, index) => bytes[index] === byte)) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return undefined;
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  return /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(head)?.[1]?.toLowerCase();
}
