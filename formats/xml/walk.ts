import { XmlCData as LibCData, XmlElement as LibElement, XmlText as LibText } from 'libxml2-wasm';
import { MAX_DEPTH, prepare, withRoot } from './open.ts';
import { treeFault } from './read.ts';
import { childNodes } from './siblings.ts';
import { TooDeep } from './tree.ts';
import type { XmlFault, XmlLimits, XmlVisitor } from './types.ts';

/** What the tree of libxml2 may take, by our reckoning. */
const MAX_WEIGHT = 64 * 1024 * 1024;

/**
 * Visits an XML document in order without copying its tree: for documents of many small elements, that a copy would make
 * ten times larger. Judged and bounded as by `readXml`; what the tree would take is reckoned before it is parsed.
 *
 * @returns a fault when the document is refused; part of the visit may then have happened (a document too deep). What the
 *   visitor throws goes through.
 */
export function walkXml(
  bytes: Uint8Array,
  visitor: XmlVisitor,
  limits: XmlLimits = {},
): { readonly ok: true } | { readonly ok: false; readonly fault: XmlFault } {
  const maxDepth = limits.maxDepth ?? MAX_DEPTH;
  const prepared = prepare(bytes, limits);
  if (!prepared.ok) return prepared;
  if (weightOf(prepared.utf8) > MAX_WEIGHT) {
    return {
      ok: false,
      fault: { code: 'XML_TOO_LARGE', message: 'Le document a plus d’éléments que le banc n’en accepte.' },
    };
  }
  try {
    const opened = withRoot(prepared.utf8, (root) => visit(root, 1, visitor, maxDepth));
    return opened.ok ? { ok: true } : opened;
  } catch (error) {
    const fault = treeFault(error, maxDepth);
    if (fault === undefined) throw error;
    return { ok: false, fault };
  }
}

function visit(element: LibElement, depth: number, visitor: XmlVisitor, maxDepth: number): void {
  if (depth > maxDepth) throw new TooDeep(element.line);
  const { name } = element;
  const entered = visitor.open(name, (local) => attributeOf(element, local), depth);
  if (entered === false) return;
  for (const node of childNodes(element)) {
    if (node instanceof LibElement) visit(node, depth + 1, visitor, maxDepth);
    else if (visitor.text !== undefined && (node instanceof LibText || node instanceof LibCData)) {
      visitor.text(node.content);
    }
  }
  visitor.close?.(name, depth);
}

/** The attribute without namespace is preferred, then any of that local name. */
function attributeOf(element: LibElement, local: string): string | undefined {
  const plain = element.attr(local);
  if (plain !== null && plain.namespaceUri === '') return plain.value;
  return element.attrs.find((one) => one.name === local)?.value;
}

/**
 * Bytes that libxml2 takes for the nodes of a document, from its marks alone: an element and a text take some 70 bytes,
 * an attribute twice that, since its value is a node too. Measured on the WebAssembly build, on the safe side.
 */
function weightOf(utf8: Uint8Array): number {
  let weight = utf8.byteLength;
  for (let at = 0; at < utf8.byteLength; at += 1) {
    const byte = utf8[at];
    if (byte === 0x3c && utf8[at + 1] !== 0x2f) weight += 75;
    else if (byte === 0x3d) weight += 150;
    else if (byte === 0x3e && utf8[at + 1] !== 0x3c) weight += 75;
  }
  return weight;
}
