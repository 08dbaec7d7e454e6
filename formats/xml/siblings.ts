import { XmlTreeNode as LibTreeNode, XmlXPath } from 'libxml2-wasm';
import type { XmlElement as LibElement, XmlNode as LibNode } from 'libxml2-wasm';

let nextSibling: XmlXPath | undefined;

/** Children of an element in order, comments and processing instructions included. */
export function* childNodes(element: LibElement): Generator<LibNode> {
  let node: LibNode | null = element.firstChild;
  while (node !== null) {
    yield node;
    node = node instanceof LibTreeNode ? node.next : after(node);
  }
}

/**
 * In libxml2-wasm 0.7 a processing instruction has no `next`. XPath finds it, one at a time: libxml2 stops at the first
 * node, whereas to list many siblings would take the square of their number.
 */
function after(node: LibNode): LibNode | null {
  nextSibling ??= XmlXPath.compile('following-sibling::node()[1]');
  return node.get(nextSibling);
}
