import { ParseOption, XmlDocument, XmlLibError } from 'libxml2-wasm';
import type { XmlElement as LibElement } from 'libxml2-wasm';
import { decode } from './encoding.ts';
import type { Decoding } from './encoding.ts';
import { faultOf } from './fault.ts';
import { declaresDtd } from './prolog.ts';
import type { XmlFault, XmlLimits } from './types.ts';

export const MAX_BYTES = 32 * 1024 * 1024;
export const MAX_DEPTH = 200;
/** libxml2 refuses text nodes above 10 MB unless told that the input may be huge; below, its own bounds stay on. */
const HUGE_FROM = 9_000_000;

/** Characters of a document that may be parsed: of an acceptable size, in the encoding it announces, without DTD. */
export function prepare(bytes: Uint8Array | string, limits: XmlLimits): Decoding {
  const maxBytes = limits.maxBytes ?? MAX_BYTES;
  const size = typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.byteLength;
  if (size > maxBytes) {
    return {
      ok: false,
      fault: {
        code: 'XML_TOO_LARGE',
        message: `Le document fait ${size} octets, le banc en accepte ${maxBytes} au plus.`,
      },
    };
  }
  const decoding =
    typeof bytes === 'string'
      ? { ok: true as const, text: bytes.replace(/^\uFEFF/, ''), utf8: new TextEncoder().encode(bytes) }
      : decode(bytes);
  if (!decoding.ok || !declaresDtd(decoding.text)) return decoding;
  return {
    ok: false,
    fault: {
      code: 'XML_DTD_REFUSED',
      message: 'Le document déclare une DTD (<!DOCTYPE>) : elle est refusée, retirez-la.',
    },
  };
}

/**
 * Parses and hands the root to `use`, then frees the WebAssembly memory, whatever happened.
 *
 * @param utf8 what `prepare` gave
 * @returns what `use` returned, or the fault of a document that is not well-formed; what `use` throws goes through
 */
export function withRoot<T>(utf8: Uint8Array, use: (root: LibElement) => T): Used<T> {
  return withParsed(utf8, (document) => use(document.root));
}

/**
 * Hands the whole document to `use`, under the same bounds as `readXml`.
 *
 * @returns what `use` returned, or the fault; what `use` throws goes through
 */
export function withDocument<T>(bytes: Uint8Array, use: (document: XmlDocument) => T, limits: XmlLimits = {}): Used<T> {
  const prepared = prepare(bytes, limits);
  return prepared.ok ? withParsed(prepared.utf8, use) : prepared;
}

type Used<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: XmlFault };

function withParsed<T>(utf8: Uint8Array, use: (document: XmlDocument) => T): Used<T> {
  let document: XmlDocument;
  try {
    // The encoding declaration was honoured when the bytes were decoded; what is parsed is UTF-8.
    const option = (ParseOption.XML_PARSE_NONET |
      ParseOption.XML_PARSE_NO_XXE |
      ParseOption.XML_PARSE_IGNORE_ENC |
      ParseOption.XML_PARSE_BIG_LINES |
      (utf8.byteLength > HUGE_FROM ? ParseOption.XML_PARSE_HUGE : ParseOption.XML_PARSE_DEFAULT)) as ParseOption;
    document = XmlDocument.fromBuffer(utf8, { option });
  } catch (error) {
    return { ok: false, fault: parserFault(error) };
  }
  try {
    return { ok: true, value: use(document) };
  } finally {
    document.dispose();
  }
}

/** Fault from whatever the parser threw. */
export function parserFault(error: unknown): XmlFault {
  if (error instanceof XmlLibError) {
    const detail = error.details.find((one) => one.level >= 2) ?? error.details[0];
    return faultOf(detail?.message ?? error.message, detail?.line);
  }
  return faultOf(error instanceof Error ? error.message : String(error), undefined);
}
