import { MAX_DEPTH, parserFault, prepare, withRoot } from './open.ts';
import { copy, TooDeep, TooManyAttributes } from './tree.ts';
import type { XmlFault, XmlLimits, XmlReading } from './types.ts';

/**
 * Reads an XML document. libxml2 judges whether it is well-formed and namespace-well-formed; a DTD is refused before
 * parsing (no entity can then exist), nothing is fetched, size and depth are bounded.
 *
 * @param bytes the document as received (BOM and encoding declaration honoured), or its characters
 * @returns the tree, or a fault; never throws
 */
export function readXml(bytes: Uint8Array | string, limits: XmlLimits = {}): XmlReading {
  const maxDepth = limits.maxDepth ?? MAX_DEPTH;
  const prepared = prepare(bytes, limits);
  if (!prepared.ok) return prepared;
  try {
    const opened = withRoot(prepared.utf8, (root) => copy(root, `/${root.name}`, maxDepth));
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
  if (error instanceof TooManyAttributes) {
    return {
      code: 'XML_TOO_LARGE',
      message: `Un élément porte ${error.count} attributs : le banc en accepte 1000 au plus.`,
      line: error.line,
    };
  }
  return undefined;
}
