import type { XmlElement, XmlNode } from '#formats/xml/index.ts';
import data from './operations.json' with { type: 'json' };

/** Names inside the messages of verification, which no public source gives. */
export type VerificationNames = Readonly<Record<keyof typeof data.verification, string>>;

/** Names of the bench, where a vendor gives no other. */
export const VERIFICATION: VerificationNames = data.verification;

export function namesOf(given: Partial<VerificationNames> = {}): VerificationNames {
  return { ...VERIFICATION, ...given };
}

type Part = keyof VerificationNames;

/** Names of an attribute and of values; all the others are of elements. */
const OTHERS: ReadonlySet<Part> = new Set(['reference', 'okLabel', 'koLabel']);
const ELEMENTS = (Object.keys(VERIFICATION) as Part[]).filter((part) => !OTHERS.has(part));

/**
 * The same element with the names of the bench in the place of those that the vendor gave; its places, and those of what it
 * holds, remain those of the message.
 */
export function inOurNames(element: XmlElement, names: VerificationNames): XmlElement {
  // A name of the bench that the vendor replaced names nothing any more.
  const ours = new Map([
    ...ELEMENTS.map((part) => [VERIFICATION[part], ''] as const),
    ...ELEMENTS.map((part) => [names[part], VERIFICATION[part]] as const),
  ]);
  if (ELEMENTS.every((part) => names[part] === VERIFICATION[part]) && names.reference === VERIFICATION.reference) {
    return element;
  }
  const renamed = (node: XmlNode): XmlNode => (node.kind === 'element' ? named(node) : node);
  const named = (one: XmlElement): XmlElement => ({
    ...one,
    // The text of an element is computed where it is read: a copy would not have it.
    text: one.text,
    name: { ...one.name, local: ours.get(one.name.local) ?? one.name.local },
    attributes: one.attributes.map((attribute) =>
      attribute.name.local === names.reference
        ? { ...attribute, name: { ...attribute.name, local: VERIFICATION.reference } }
        : attribute,
    ),
    children: one.children.map(renamed),
  });
  return named(element);
}
