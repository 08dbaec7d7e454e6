import type { AxisStep, NodeTest } from './ast.ts';
import { Unsupported } from './lexer.ts';
import { treeOf } from './tree.ts';
import type { Attr, Element, Node } from './values.ts';

const XMLNS = 'http://www.w3.org/2000/xmlns/';
const NO_NODES: readonly Node[] = [];

/** Prefix to namespace; null when it is not declared. */
export type Namespaces = (prefix: string) => string | null;

export type NodePredicate = (node: Node) => boolean;

/** What a node test accepts on an axis. */
export function testOf(test: NodeTest, axis: AxisStep['axis'], namespaces: Namespaces): NodePredicate {
  const principal = axis === 'attribute' ? 2 : 1;
  switch (test.kind) {
    case 'node':
      return () => true;
    case 'text':
      return ({ nodeType }) => nodeType === 3;
    case 'comment':
      return ({ nodeType }) => nodeType === 8;
    case 'pi':
      return ({ nodeType }) => nodeType === 7;
    case 'document':
      return ({ nodeType }) => nodeType === 9;
    case 'element':
      return ({ nodeType }) => nodeType === 1;
    case 'attribute':
      return ({ nodeType }) => nodeType === 2;
    default:
      return nameTest(test, principal, namespaces);
  }
}

function nameTest(
  { prefix, local }: { readonly prefix: string; readonly local: string },
  principal: number,
  namespaces: Namespaces,
): NodePredicate {
  if (prefix === '*')
    return local === '*'
      ? ({ nodeType }) => nodeType === principal
      : (node) => node.nodeType === principal && (node as Element).localName === local;
  const namespace = namespaceOf(prefix, namespaces);
  if (local === '*') return (node) => node.nodeType === principal && (node as Element).namespaceURI === namespace;
  return (node) =>
    node.nodeType === principal &&
    (node as Element).localName === local &&
    (node as Element).namespaceURI === namespace;
}

/** @throws {Unsupported} when the prefix is not declared: the other engine says it in its words */
export function namespaceOf(prefix: string, namespaces: Namespaces): string | null {
  if (prefix === '') return null;
  const namespace = namespaces(prefix);
  if (namespace === null) throw new Unsupported(`préfixe « ${prefix} » non déclaré`);
  return namespace;
}

/** Nodes of an axis, in its own order, before any predicate. */
export type AxisWalk = (node: Node) => readonly Node[];

/**
 * Nodes of an axis that pass a test.
 * @throws {Unsupported} on an axis that is not in use
 */
export function walkOf({ axis, test }: AxisStep, namespaces: Namespaces): AxisWalk {
  const passes = testOf(test, axis, namespaces);
  switch (axis) {
    case 'child':
      return (node) => filtered(node.childNodes, passes);
    case 'attribute':
      return (node) =>
        node.nodeType === 1
          ? filtered((node as Element).attributes, (one) => (one as Attr).namespaceURI !== XMLNS && passes(one))
          : NO_NODES;
    case 'self':
      return (node) => (passes(node) ? [node] : NO_NODES);
    case 'parent':
      return (node) => {
        const parent = parentOf(node);
        return parent !== null && passes(parent) ? [parent] : NO_NODES;
      };
    case 'ancestor':
    case 'ancestor-or-self':
      return (node) => {
        const found: Node[] = [];
        for (let up = axis === 'ancestor' ? parentOf(node) : node; up !== null; up = parentOf(up))
          if (passes(up)) found.push(up);
        return found;
      };
    case 'descendant':
      if (test.kind === 'name' && test.local !== '*')
        return (node) => filtered(treeOf(node).namedInside(node, test.local), passes);
      return (node) => descendants(node, passes, []);
    case 'descendant-or-self':
      return (node) => descendants(node, passes, passes(node) ? [node] : []);
    case 'following-sibling':
    case 'preceding-sibling':
      return (node) => siblings(node, axis === 'following-sibling', passes);
    default:
      throw new Unsupported(`axe ${axis}`);
  }
}

export function parentOf(node: Node): Node | null {
  return node.nodeType === 2 ? (node as Attr).ownerElement : node.parentNode;
}

function filtered(nodes: readonly Node[], passes: NodePredicate): readonly Node[] {
  let found: Node[] | undefined;
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at];
    if (node === undefined || !passes(node)) continue;
    if (found === undefined) found = [node];
    else found.push(node);
  }
  return found ?? NO_NODES;
}

function descendants(node: Node, passes: NodePredicate, found: Node[]): readonly Node[] {
  for (const child of node.childNodes) {
    if (passes(child)) found.push(child);
    if (child.nodeType === 1) descendants(child, passes, found);
  }
  return found;
}

/** Those before come nearest first. */
function siblings(node: Node, after: boolean, passes: NodePredicate): readonly Node[] {
  const all = node.nodeType === 2 ? undefined : node.parentNode?.childNodes;
  if (all === undefined) return NO_NODES;
  const at = all.indexOf(node);
  return filtered(after ? all.slice(at + 1) : all.slice(0, at).reverse(), passes);
}
