import { CDATASection, parseXmlDocument } from 'slimdom';
import type { Document, Element, Node } from 'slimdom';

/**
 * Tree of a document that is known to be well-formed, or of a file of a pack. CDATA sections become text, as in the XPath
 * data model.
 *
 * @throws when the document is not well-formed
 */
export function parseXml(source: Uint8Array | string): Document {
  const text = typeof source === 'string' ? source : new TextDecoder('utf-8').decode(source);
  const document = parseXmlDocument(text.startsWith('\uFEFF') ? text.slice(1) : text);
  if (text.includes('<![CDATA[')) mergeText(document);
  return document;
}

function mergeText(document: Document): void {
  const visit = (node: Node): void => {
    for (const child of Array.from(node.childNodes)) {
      if (child instanceof CDATASection) node.replaceChild(document.createTextNode(child.data), child);
      else visit(child);
    }
  };
  visit(document);
  document.normalize();
}

export function elementsOf(parent: Node): readonly Element[] {
  return parent.childNodes.filter((node): node is Element => node.nodeType === 1);
}
