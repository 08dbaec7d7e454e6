import { CDATASection, parseXmlDocument } from 'slimdom';
import type { Document, Element, Node } from 'slimdom';
import { xmlCharacters } from '#formats/xml/index.ts';

/**
 * Tree of a document that is known to be well-formed, or of a file of a pack. CDATA sections become text, as in the XPath
 * data model.
 *
 * @param source bytes in the encoding that they announce, or characters
 * @throws when the document is not well-formed, or not in the encoding that it announces
 */
export function parseXml(source: Uint8Array | string): Document {
  const text = typeof source === 'string' ? source.replace(/^\uFEFF/u, '') : charactersOf(source);
  const document = parseXmlDocument(text);
  if (text.includes('<![CDATA[')) mergeText(document);
  return document;
}

function charactersOf(bytes: Uint8Array): string {
  const decoding = xmlCharacters(bytes);
  if (decoding.ok) return decoding.text;
  throw new Error(decoding.fault.message);
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
