import { serializeToWellFormedString } from 'slimdom';
import { parseXml } from '#formats/schematron/index.ts';
import type { Element, Node } from '#formats/xpath/index.ts';

/** Deterministic, so that a difference can be found again (mulberry32). */
function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const VALUES = [
  '',
  'X',
  '0',
  '20241399',
  'fr-FR',
  '1.2.3',
  'UNK',
  '12.5',
  ' ',
  'true',
  '2.16.840.1.113883.6.1',
] as const;

/**
 * A document with a few faults put anywhere: elements removed, doubled or moved, attributes removed or changed, texts changed.
 *
 * @param faults how many
 */
export function mutant(source: Uint8Array, seed: number, faults: number): string {
  const document = parseXml(source);
  const draw = drawing(seed);
  for (let count = 0; count < faults; count += 1) {
    const elements: Element[] = [];
    const visit = (node: Node): void => {
      if (node.nodeType === 1 && node.parentElement !== null) elements.push(node as Element);
      for (const each of node.childNodes) visit(each);
    };
    visit(document);
    const element = elements[draw(elements.length)];
    if (element !== undefined) spoil(element, draw);
  }
  return serializeToWellFormedString(document);
}

function spoil(element: Element, draw: (below: number) => number): void {
  const { parentNode, attributes } = element;
  const value = VALUES[draw(VALUES.length)] ?? '';
  const attribute = attributes.filter(({ prefix, localName }) => prefix !== 'xmlns' && localName !== 'xmlns')[
    draw(Math.max(1, attributes.length))
  ];
  const kind = draw(6);
  if (kind === 0) element.remove();
  else if (kind === 1) parentNode?.insertBefore(element.cloneNode(true), element);
  else if (kind === 2 && attribute !== undefined) element.removeAttributeNode(attribute);
  else if (kind === 3 && attribute !== undefined && attribute.prefix !== 'xsi') attribute.value = value;
  else if (kind === 4) element.setAttribute('nullFlavor', 'UNK');
  else if (element.childNodes.length === 1 && element.firstChild?.nodeType === 3) element.textContent = value;
  else parentNode?.insertBefore(element, parentNode.firstChild);
}
