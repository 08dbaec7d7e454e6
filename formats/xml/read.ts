import { holdsMoreElements } from './count.ts';
import { MAX_DEPTH, parserFault, prepare, withRoot } from './open.ts';
import { copy, TooDeep, TooManyAttributes, TooManyElements } from './tree.ts';
import type { XmlFault, XmlLimits, XmlReading } from './types.ts';

/** The largest documents of the field hold a few thousand; a tree of all that 32 MiB can hold would take gigabytes. */
const MAX_TREE_ELEMENTS = 200_000;

/**
 * Reads an XML document. libxml2 judges whether it is well-formed and namespace-well-formed; a DTD is refused before
 * parsing (no entity can then exist), nothing is fetched, size, depth and number of
 * elements are bounded.
 *
 * @param bytes the document as received (BOM and encoding declaration honoured), or its characters
 * @returns the tree, or a fault; never throws
 */
export function readXml(bytes: Uint8Array | string, limits: XmlLimits = {}): XmlReading {
  const maxDepth = limits.maxDepth ?? MAX_DEPTH;
  const most = limits.maxElements ?? MAX_TREE_ELEMENTS;
  const prepared = prepare(bytes, limits);
  if (!prepared.ok) return prepared;
  if (holdsMoreElements(prepared.utf8, prepared.text, most)) return { ok: false, fault: tooManyElements(most) };
  try {
    const opened = withRoot(prepared.utf8, (root) => copy(root, `/${root.name}`, maxDepth, { most, left: most }));
    return opened.ok ? { ok: true, root: opened.value } : opened;
  } catch (error) {
    return { ok: false, fault: treeFault(error, maxDepth) ?? parserFault(error) };
  }
}

/** Fault from what stopped the visit of a tree; undefined when it is not one of ours. */
export function treeFault(error: unknown, maxDepth: number): XmlFault | undefined {
  if (error instanceof TooDeep) {
    return {
      code: 'XML_TOO_DEEP',
      message: `Le document imbrique plus de ${maxDepth} niveaux d'éléments.`,
      line: error.line,
    };
  }
  if (error instanceof TooManyElements) return { ...tooManyElements(error.most), line: error.line };
  if (error instanceof TooManyAttributes) {
    return {
      code: 'XML_TOO_LARGE',
      message: `Un élément porte ${error.count} attributs : le banc en accepte 1000 au plus.`,
      line: error.line,
    };
  }
  return undefined;
}

function tooManyElements(most: number): XmlFault {
  return {
    code: 'XML_TOO_MANY_ELEMENTS',
    message: `Le document porte plus de ${most.toLocaleString('fr-FR')} éléments, ce que le banc accepte au plus.`,
  };
}
