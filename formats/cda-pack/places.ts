import { descendants } from '#formats/xml/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';

/** The ClinicalDocument itself: the root, or inside the style sheet that carries it. */
export function clinicalDocument(root: XmlElement): XmlElement {
  if (root.name.local === 'ClinicalDocument') return root;
  return descendants(root, 'ClinicalDocument', 'urn:hl7-org:v3')[0] ?? root;
}

/** Every element, in document order. */
export function elementsInOrder(root: XmlElement): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (element: XmlElement): void => {
    found.push(element);
    for (const node of element.children) if (node.kind === 'element') visit(node);
  };
  visit(root);
  return found;
}

/**
 * Element that a path of libxml2 names: `*` counts every sibling element, a name those of the same prefix and name.
 *
 * @param path e.g. `/*\/*[5]/lab:specimen[2]`; a step on an attribute or a text gives its element
 */
export function elementAt(root: XmlElement, path: string): XmlElement | undefined {
  let at: XmlElement | undefined;
  for (const step of path.split('/').filter((one) => one !== '')) {
    const groups = /^(?<name>[^[@(]+)(?:\[(?<position>\d+)\])?$/.exec(step)?.groups;
    if (groups === undefined) break;
    const siblings: readonly XmlElement[] =
      at === undefined ? [root] : at.children.flatMap((node) => (node.kind === 'element' ? [node] : []));
    const { name = '*', position = '1' } = groups;
    const alike = name === '*' ? siblings : siblings.filter((one) => qualified(one) === name);
    const next = alike[Number(position) - 1];
    if (next === undefined) break;
    at = next;
  }
  return at;
}

function qualified({ name: { prefix, local } }: XmlElement): string {
  return prefix === '' ? local : `${prefix}:${local}`;
}
