import type { XmlElement } from '#formats/xml/index.ts';
import type { Breach } from '../rule/index.ts';

export const ABSENT = 'absent';

/** One breach when the demand is not met, none otherwise. */
export function unless(met: boolean, breach: Breach): readonly Breach[] {
  return met ? [] : [breach];
}

/** `code (codeSystem)` as people read it. */
export function shown(...parts: readonly (string | number | undefined)[]): string {
  const present = parts.filter((part) => part !== undefined && part !== '');
  return present.length === 0 ? ABSENT : present.join(' · ');
}

/** Every element under `e`, in document order, `e` left out. */
export function everyElement(e: XmlElement): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (element: XmlElement): void => {
    for (const node of element.children) {
      if (node.kind !== 'element') continue;
      found.push(node);
      visit(node);
    }
  };
  visit(e);
  return found;
}

/** Elements of the header: everything but ClinicalDocument/component. */
export function headerElements(document: XmlElement): readonly XmlElement[] {
  return document.children.flatMap((node) =>
    node.kind === 'element' && node.name.local !== 'component' ? [node, ...everyElement(node)] : [],
  );
}
