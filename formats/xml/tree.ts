import { XmlCData as LibCData, XmlElement as LibElement, XmlText as LibText } from 'libxml2-wasm';
import { childNodes } from './siblings.ts';
import type { XmlAttribute, XmlElement, XmlName, XmlNode } from './types.ts';

/** Thrown while the tree is copied, caught by the reader. */
export class TooDeep extends Error {
  readonly line: number;
  constructor(line: number) {
    super(`Element nested too deep at line ${line}`);
    this.line = line;
  }
}

/** No format of the field comes near; beyond, the input is hostile. */
const MAX_ATTRIBUTES = 1000;

export class TooManyAttributes extends Error {
  readonly line: number;
  readonly count: number;
  constructor(line: number, count: number) {
    super(`Element with ${count} attributes at line ${line}`);
    this.line = line;
    this.count = count;
  }
}

export class TooManyElements extends Error {
  readonly most: number;
  readonly line: number;
  constructor(most: number, line: number) {
    super(`More than ${most} elements at line ${line}`);
    this.most = most;
    this.line = line;
  }
}

/** What is left of the elements that a tree may hold: each copied element is a few hundred bytes of memory. */
export interface ElementBudget {
  readonly most: number;
  left: number;
}

class TreeElement implements XmlElement {
  readonly kind = 'element';
  readonly name: XmlName;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
  readonly line: number;
  readonly path: string;
  #text: string | undefined;

  constructor(
    name: XmlName,
    attributes: readonly XmlAttribute[],
    children: readonly XmlNode[],
    line: number,
    path: string,
  ) {
    this.name = name;
    this.attributes = attributes;
    this.children = children;
    this.line = line;
    this.path = path;
  }

  // Computed on demand: most elements are never asked, and a document of 3 MB would be glued once per ancestor.
  get text(): string {
    this.#text ??= this.children.map((node) => (node.kind === 'text' ? node.value : node.text)).join('');
    return this.#text;
  }
}

/**
 * Copies a libxml2 tree into plain values, so that the WebAssembly memory can be freed at once.
 *
 * @param element root of the part to copy
 * @param path its XPath
 * @param depthLeft how many levels may still be entered, this one included
 * @param budget counted down, one for each element
 * @throws {TooDeep}
 * @throws {TooManyAttributes}
 * @throws {TooManyElements}
 */
export function copy(element: LibElement, path: string, depthLeft: number, budget: ElementBudget): XmlElement {
  if (depthLeft < 1) throw new TooDeep(element.line);
  budget.left -= 1;
  if (budget.left < 0) throw new TooManyElements(budget.most, element.line);
  const positions = new Map<string, number>();
  const children: XmlNode[] = [];
  let text = '';
  for (const node of childNodes(element)) {
    if (node instanceof LibElement) {
      if (text !== '') children.push({ kind: 'text', value: text });
      text = '';
      const local = node.name;
      const position = (positions.get(local) ?? 0) + 1;
      positions.set(local, position);
      children.push(copy(node, `${path}/${local}[${position}]`, depthLeft - 1, budget));
    } else if (node instanceof LibText || node instanceof LibCData) text += node.content;
  }
  if (text !== '') children.push({ kind: 'text', value: text });
  const found = element.attrs;
  if (found.length > MAX_ATTRIBUTES) throw new TooManyAttributes(element.line, found.length);
  const attributes = found.map((attribute) => ({ name: nameOf(attribute), value: attribute.value }));
  return new TreeElement(nameOf(element), attributes, children, element.line, path);
}

function nameOf(named: { name: string; namespaceUri: string; prefix: string }): XmlName {
  return { namespace: named.namespaceUri, local: named.name, prefix: named.prefix };
}
