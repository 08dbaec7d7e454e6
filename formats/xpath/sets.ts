import { traits } from './traits.ts';
import { inDocumentOrder } from './tree.ts';
import type { Compiled, Focus } from './types.ts';
import { isNode, XPathError } from './values.ts';
import type { Items, Node } from './values.ts';

function nodesOf(expression: Compiled, focus: Focus): readonly Node[] {
  const items = expression.items(focus);
  if (!items.every(isNode)) throw new XPathError('XPTY0004', 'une réunion ne prend que des nœuds');
  return items;
}

function setOf(left: Compiled, right: Compiled, nodes: (focus: Focus) => readonly Node[]): Compiled {
  const items = (focus: Focus): Items => inDocumentOrder(nodes(focus));
  return {
    items,
    test: (focus) => nodes(focus).length > 0,
    each: (focus, visit) => nodes(focus).some(visit),
    ...traits([left, right]),
    maybeNumber: false,
  };
}

export function unionOf(left: Compiled, right: Compiled): Compiled {
  const all = setOf(left, right, (focus) => [...nodesOf(left, focus), ...nodesOf(right, focus)]);
  const { each: eachLeft } = left;
  const { each: eachRight } = right;
  if (eachLeft === undefined || eachRight === undefined) return all;
  return {
    ...all,
    test: (focus) => left.test(focus) || right.test(focus),
    each: (focus, visit) => eachLeft(focus, visit) || eachRight(focus, visit),
  };
}

export function intersectOf(left: Compiled, right: Compiled): Compiled {
  return setOf(left, right, (focus) => {
    const others = new Set(nodesOf(right, focus));
    return nodesOf(left, focus).filter((node) => others.has(node));
  });
}

export function exceptOf(left: Compiled, right: Compiled): Compiled {
  return setOf(left, right, (focus) => {
    const found = nodesOf(left, focus);
    if (found.length === 0) return found;
    const others = new Set(nodesOf(right, focus));
    return found.filter((node) => !others.has(node));
  });
}
