import { Malformed } from './lexical.ts';
import { MAX_DEPTH, prepare } from './open.ts';
import { treeFault } from './read.ts';
import { Scan } from './scan.ts';
import type { XmlFault, XmlLimits, XmlVisitor } from './types.ts';

/**
 * Visits an XML document in order without a tree: for documents of many small elements, that the tree of libxml2 would
 * make twenty-five times larger. Refused and bounded as by `readXml`.
 *
 * @returns a fault when the document is refused; part of the visit has then happened. What the visitor throws goes
 *   through.
 */
export function walkXml(
  bytes: Uint8Array,
  visitor: XmlVisitor,
  limits: XmlLimits = {},
): { readonly ok: true } | { readonly ok: false; readonly fault: XmlFault } {
  const maxDepth = limits.maxDepth ?? MAX_DEPTH;
  const prepared = utf8Of(bytes, limits);
  if (!prepared.ok) return prepared;
  try {
    new Scan(prepared.utf8, visitor, maxDepth).run();
    return { ok: true };
  } catch (error) {
    const fault = error instanceof Malformed ? malformed(error) : treeFault(error, maxDepth);
    if (fault === undefined) throw error;
    return { ok: false, fault };
  }
}

/** The characters that `prepare` makes may be forgotten before the visit. */
function utf8Of(
  bytes: Uint8Array,
  limits: XmlLimits,
): { readonly ok: true; readonly utf8: Uint8Array } | { readonly ok: false; readonly fault: XmlFault } {
  const prepared = prepare(bytes, limits);
  return prepared.ok ? { ok: true, utf8: prepared.utf8 } : prepared;
}

function malformed({ what, line }: Malformed): XmlFault {
  return { code: 'XML_NOT_WELL_FORMED', message: `Le document XML est mal formé (ligne ${line}) : ${what}.`, line };
}
