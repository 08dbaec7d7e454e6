import type { Attr, Document, Element, Node } from './values.ts';
import { documentOf } from './values.ts';

const NO_ELEMENTS: readonly Element[] = [];

/** Indexes of one document, made once: order of its nodes, elements by name, and by the value of an attribute. */
export class Tree {
  readonly document: Document;
  readonly #order = new Map<Node, number>();
  /** Order of the last node inside each element. */
  readonly #end = new Map<Node, number>();
  readonly #byName = new Map<string, Element[]>();
  readonly #keys = new Map<string, ReadonlyMap<string, readonly Element[]>>();

  constructor(document: Document) {
    this.document = document;
    this.#visit(document, 0);
  }

  #visit(node: Node, from: number): number {
    let at = from;
    this.#order.set(node, at);
    at += 1;
    if (node.nodeType === 1) {
      const { localName } = node as Element;
      const known = this.#byName.get(localName);
      if (known === undefined) this.#byName.set(localName, [node as Element]);
      else known.push(node as Element);
    }
    for (const child of node.childNodes) at = this.#visit(child, at);
    this.#end.set(node, at);
    return at;
  }

  /** Elements of a local name, in document order. */
  named(local: string): readonly Element[] {
    return this.#byName.get(local) ?? NO_ELEMENTS;
  }

  get localNames(): Iterable<string> {
    return this.#byName.keys();
  }

  /** Those inside `node`, itself left out. */
  namedInside(node: Node, local: string): readonly Element[] {
    const all = this.named(local);
    if (node === this.document || all.length === 0) return all;
    const from = this.#first(all, (this.#order.get(node) ?? 0) + 1);
    const to = this.#first(all, this.#end.get(node) ?? 0);
    return from >= to ? NO_ELEMENTS : all.slice(from, to);
  }

  #first(all: readonly Element[], atLeast: number): number {
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const element = all[middle];
      if (element !== undefined && (this.#order.get(element) ?? 0) < atLeast) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Elements of a local name by the value of an attribute without namespace. */
  keyed(local: string, attribute: string, value: string): readonly Element[] {
    const name = `${local}@${attribute}`;
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = Map.groupBy(this.named(local), (element) => element.getAttributeNS(null, attribute) ?? '');
      this.#keys.set(name, key);
    }
    return key.get(value) ?? NO_ELEMENTS;
  }

  order(node: Node): number {
    if (node.nodeType !== 2) return this.#order.get(node) ?? -1;
    const owner = (node as Attr).ownerElement;
    if (owner === null) return -1;
    return (this.#order.get(owner) ?? 0) + (owner.attributes.indexOf(node as Attr) + 1) / 4096;
  }
}

const trees = new WeakMap<Document, Tree>();

export function treeOf(node: Node): Tree {
  const document = documentOf(node);
  let tree = trees.get(document);
  if (tree === undefined) {
    tree = new Tree(document);
    trees.set(document, tree);
  }
  return tree;
}

/** In document order, each node once. Documents keep the order in which they are met. */
export function inDocumentOrder(nodes: readonly Node[]): readonly Node[] {
  if (nodes.length < 2) return nodes;
  const groups = Map.groupBy(new Set(nodes), documentOf);
  return [...groups.values()].flatMap((group) => {
    const first = group[0];
    if (first === undefined) return [];
    const tree = treeOf(first);
    return group
      .map((node) => ({ node, order: tree.order(node) }))
      .sort((one, other) => one.order - other.order)
      .map(({ node }) => node);
  });
}
