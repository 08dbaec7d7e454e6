import type { Document, Element, Node } from '#formats/xpath/index.ts';

const ranks = new WeakMap<Document, ReadonlyMap<Node, number>>();
const positions = new WeakMap<Element, Map<Element, number>>();

/** Place of a node as people read it, and the rank of its element, from which a line is found. */
export function locationOf(node: Node): { readonly where: string; readonly element: number } {
  if (node.nodeType === 9) return { where: '/', element: -1 };
  const owner = node.nodeType === 2 ? (node as unknown as { ownerElement: Element }).ownerElement : (node as Element);
  const suffix = node.nodeType === 2 ? `/@${node.nodeName}` : '';
  return { where: `${pathOf(owner)}${suffix}`, element: rankOf(owner) };
}

/** As in `formats/xml`: positions count the siblings of the same local name, whatever their namespace. */
function pathOf(element: Element): string {
  const { parentElement, localName } = element;
  if (parentElement === null) return `/${localName}`;
  return `${pathOf(parentElement)}/${localName}[${positionOf(element, parentElement)}]`;
}

/** All those of a parent are told at once: a document may fail on thousands of siblings. */
function positionOf(element: Element, parent: Element): number {
  let known = positions.get(parent);
  if (known === undefined) {
    known = new Map();
    const counts = new Map<string, number>();
    for (const node of parent.childNodes) {
      if (node.nodeType !== 1) continue;
      const { localName } = node as Element;
      const position = (counts.get(localName) ?? 0) + 1;
      counts.set(localName, position);
      known.set(node as Element, position);
    }
    positions.set(parent, known);
  }
  return known.get(element) ?? 0;
}

function rankOf(element: Element): number {
  const document = element.ownerDocument;
  if (document === null) return -1;
  let known = ranks.get(document);
  if (known === undefined) {
    const found = new Map<Node, number>();
    const visit = (node: Node): void => {
      if (node.nodeType === 1) found.set(node, found.size);
      for (const child of node.childNodes) visit(child);
    };
    visit(document);
    known = found;
    ranks.set(document, known);
  }
  return known.get(element) ?? -1;
}
