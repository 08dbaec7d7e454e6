import { ParseOption, XmlDocument, XmlLibError } from 'libxml2-wasm';
import { decode } from './encoding.ts';
import { faultOf } from './fault.ts';
import { declaresDtd } from './prolog.ts';
import { copy, TooDeep, TooManyAttributes } from './tree.ts';
import type { XmlLimits, XmlReading } from './types.ts';

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_DEPTH = 200;
/** libxml2 refuses text nodes above 10 MB unless told that the input may be huge; below, its own bounds stay on. */
const HUGE_FROM = 9_000_000;

/**
 * Reads an XML document. libxml2 judges whether it is well-formed and namespace-well-formed; a DTD is refused before
 * parsing (no entity can then exist), nothing is fetched, size and depth are bounded.
 *
 * @param bytes the document as received (BOM and encoding declaration honoured), or its characters
 * @returns the tree, or a fault; never throws
 */
export function readXml(bytes: Uint8Array | string, limits: XmlLimits = {}): XmlReading {
  const maxBytes = limits.maxBytes ?? MAX_BYTES;
  const maxDepth = limits.maxDepth ?? MAX_DEPTH;
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
  if (!decoding.ok) return decoding;
  if (declaresDtd(decoding.text)) {
    return {
      ok: false,
      fault: {
        code: 'XML_DTD_REFUSED',
        message: 'Le document déclare une DTD (<!DOCTYPE>) : elle est refusée, retirez-la.',
      },
    };
  }
  return parse(decoding.utf8, maxDepth);
}

function parse(utf8: Uint8Array, maxDepth: number): XmlReading {
  let document: XmlDocument | undefined;
  try {
    // The encoding declaration was honoured when the bytes were decoded; what is parsed is UTF-8.
    const option = (ParseOption.XML_PARSE_NONET |
      ParseOption.XML_PARSE_NO_XXE |
      ParseOption.XML_PARSE_IGNORE_ENC |
      ParseOption.XML_PARSE_BIG_LINES |
      (utf8.byteLength > HUGE_FROM ? ParseOption.XML_PARSE_HUGE : ParseOption.XML_PARSE_DEFAULT)) as ParseOption;
    document = XmlDocument.fromBuffer(utf8, { option });
    return { ok: true, root: copy(document.root, `/${document.root.name}`, maxDepth) };
  } catch (error) {
    if (error instanceof TooDeep) {
      return {
        ok: false,
        fault: {
          code: 'XML_TOO_DEEP',
          message: `Le document imbrique plus de ${maxDepth} niveaux d'éléments.`,
          line: error.line,
        },
      };
    }
    if (error instanceof TooManyAttributes) {
      return {
        ok: false,
        fault: {
          code: 'XML_TOO_LARGE',
          message: `Un élément porte ${error.count} attributs : le banc en accepte 1000 au plus.`,
          line: error.line,
        },
      };
    }
    if (error instanceof XmlLibError) {
      const detail = error.details.find((one) => one.level >= 2) ?? error.details[0];
      return { ok: false, fault: faultOf(detail?.message ?? error.message, detail?.line) };
    }
    return { ok: false, fault: faultOf(error instanceof Error ? error.message : String(error), undefined) };
  } finally {
    document?.dispose();
  }
}
