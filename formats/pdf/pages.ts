import { entry, nameOf } from './entries.ts';
import { resolve } from './objects.ts';
import type { PdfObjects } from './objects.ts';
import type { PdfValue } from './values.ts';

const MAX_PAGES = 2000;
const MAX_DEPTH = 32;

export interface PageNode {
  /** From 1, in the order of the tree. */
  readonly number: number;
  readonly value: PdfValue;
  /** Its own, or those of the node above that gives some. */
  readonly resources: PdfValue | undefined;
}

export interface PageTree {
  readonly pages: readonly PageNode[];
  /** A branch was left out: a loop, a node that is not there, too deep, or too many pages. */
  readonly broken: boolean;
}

/** Leaves of the page tree; each node is entered once, so that a tree that bites its tail has an end. */
export function pagesOf(objects: PdfObjects, catalog: PdfValue | undefined): PageTree {
  const pages: PageNode[] = [];
  const seen = new Set<number>();
  let broken = false;
  const enter = (node: PdfValue | undefined, inherited: PdfValue | undefined, depth: number): void => {
    if (node?.kind === 'reference') {
      if (seen.has(node.object)) {
        broken = true;
        return;
      }
      seen.add(node.object);
    }
    const value = resolve(objects, node);
    if (value?.kind !== 'dictionary' || depth > MAX_DEPTH || pages.length >= MAX_PAGES) {
      broken = true;
      return;
    }
    const resources = resolve(objects, entry(value, 'Resources')) ?? inherited;
    const kids = resolve(objects, entry(value, 'Kids'));
    if (kids?.kind === 'array') {
      for (const kid of kids.items) {
        if (pages.length >= MAX_PAGES) broken = true;
        else enter(kid, resources, depth + 1);
      }
      return;
    }
    if (nameOf(entry(value, 'Type')) === 'Pages') return;
    pages.push({ number: pages.length + 1, value, resources });
  };
  enter(entry(catalog, 'Pages'), undefined, 0);
  return { pages, broken };
}
