import type { XmlElement, XmlNode } from '../xml/index.ts';

/** Namespace of XML Signature 1.0. */
export const DSIG = 'http://www.w3.org/2000/09/xmldsig#';

/**
 * Whether an element of a message is, content for content, what was signed: same names, attributes, elements and texts in
 * the same order; its own enveloped signature left out, since the transform took it out before the digest. Prefixes are
 * not compared.
 * @param received as read from the message
 * @param signed one of `VerifiedSignature.signed`
 */
export function isWhatWasSigned(received: XmlElement, signed: XmlElement): boolean {
  return sameElement(received, signed, true);
}

function sameElement(one: XmlElement, other: XmlElement, withoutSignature: boolean): boolean {
  if (one.name.local !== other.name.local || one.name.namespace !== other.name.namespace) return false;
  if (attributesOf(one) !== attributesOf(other)) return false;
  const left = contentOf(one, withoutSignature);
  const right = contentOf(other, false);
  return (
    left.length === right.length &&
    left.every((item, index) => {
      const twin = right[index];
      if (typeof item === 'string' || typeof twin === 'string' || twin === undefined) return item === twin;
      return sameElement(item, twin, false);
    })
  );
}

function attributesOf({ attributes }: XmlElement): string {
  return JSON.stringify(
    attributes.map(({ name, value }) => JSON.stringify([name.namespace, name.local, value])).toSorted(),
  );
}

/** Elements and runs of text: a run may be in several nodes on one side, in one on the other. */
function contentOf({ children }: XmlElement, withoutSignature: boolean): readonly (XmlElement | string)[] {
  const content: (XmlElement | string)[] = [];
  for (const node of children) {
    if (withoutSignature && isSignature(node)) continue;
    const last = content.at(-1);
    if (node.kind === 'element') content.push(node);
    else if (typeof last === 'string') content[content.length - 1] = last + node.value;
    else if (node.value !== '') content.push(node.value);
  }
  return content;
}

function isSignature(node: XmlNode): boolean {
  return node.kind === 'element' && node.name.local === 'Signature' && node.name.namespace === DSIG;
}
