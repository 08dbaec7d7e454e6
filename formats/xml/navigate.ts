import type { XmlElement } from './types.ts';

/** First child element of that local name; `namespace` omitted means any, empty string means none. */
export function child(e: XmlElement, local: string, namespace?: string): XmlElement | undefined {
  for (const node of e.children) if (node.kind === 'element' && matches(node, local, namespace)) return node;
  return undefined;
}

/** Child elements of that local name, in document order. */
export function children(e: XmlElement, local: string, namespace?: string): readonly XmlElement[] {
  return e.children.filter((node): node is XmlElement => node.kind === 'element' && matches(node, local, namespace));
}

/** Descendant elements of that local name, in document order, `e` itself left out. */
export function descendants(e: XmlElement, local: string, namespace?: string): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (element: XmlElement): void => {
    for (const node of element.children) {
      if (node.kind !== 'element') continue;
      if (matches(node, local, namespace)) found.push(node);
      visit(node);
    }
  };
  visit(e);
  return found;
}

/** Follows the first child of each local name in turn: `at(doc, 'recordTarget', 'patientRole', 'id')`. */
export function at(e: XmlElement, ...locals: string[]): XmlElement | undefined {
  let current: XmlElement | undefined = e;
  for (const local of locals) {
    if (current === undefined) return undefined;
    current = child(current, local);
  }
  return current;
}

/**
 * Value of an attribute. With `namespace` omitted the attribute without namespace is preferred, then any of that local
 * name; empty string means none only.
 */
export function attribute(e: XmlElement, local: string, namespace?: string): string | undefined {
  const wanted = namespace ?? '';
  const exact = e.attributes.find((one) => one.name.local === local && one.name.namespace === wanted);
  if (exact !== undefined || namespace !== undefined) return exact?.value;
  return e.attributes.find((one) => one.name.local === local)?.value;
}

function matches(e: XmlElement, local: string, namespace: string | undefined): boolean {
  return e.name.local === local && (namespace === undefined || e.name.namespace === namespace);
}
