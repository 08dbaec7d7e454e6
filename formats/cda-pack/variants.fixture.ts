import { serializeToWellFormedString } from 'slimdom';
import { parseXml } from '#formats/schematron/index.ts';
import type { Document, Element, Node } from '#formats/xpath/index.ts';

/** Elements of these local names, in document order. */
function named(document: Document, ...names: readonly string[]): readonly Element[] {
  const found: Element[] = [];
  const visit = (node: Node): void => {
    if (node.nodeType === 1 && names.includes((node as Element).localName)) found.push(node as Element);
    for (const child of node.childNodes) visit(child);
  };
  visit(document);
  return found;
}

function double(elements: readonly Element[]): void {
  for (const element of elements) element.parentNode?.insertBefore(element.cloneNode(true), element);
}

/** Puts elements of one parent in the other order, each in the place of another. */
function reverse(elements: readonly Element[]): void {
  for (const [parent, group] of Map.groupBy(elements, ({ parentNode }) => parentNode)) {
    const places = group.map((element) => element.cloneNode(false));
    for (const [index, element] of group.entries()) {
      const place = places[index];
      if (place !== undefined) parent?.replaceChild(place, element);
    }
    for (const [index, element] of group.toReversed().entries()) {
      const place = places[index];
      if (place !== undefined) parent?.replaceChild(element, place);
    }
  }
}

function remove(elements: readonly (Element | undefined)[]): void {
  for (const element of elements) element?.remove();
}

function topSections(document: Document): readonly Element[] {
  return named(document, 'component').filter(({ parentElement }) => parentElement?.localName === 'structuredBody');
}

/** What stands around elements of a name: an entryRelationship around an observation. */
function around(document: Document, name: string): readonly Element[] {
  return [...new Set(named(document, name).flatMap(({ parentElement }) => parentElement ?? []))];
}

function rotate(elements: readonly Element[], attribute: string): void {
  const bearing = elements.filter((element) => element.hasAttribute(attribute));
  const values = bearing.map((element) => element.getAttribute(attribute) ?? '');
  for (const [index, element] of bearing.entries())
    element.setAttribute(attribute, values[(index + 1) % values.length] ?? '');
}

/** Documents of the same family as the official examples, which nobody wrote: each changes the shape of one. */
const RESHAPED: Readonly<Record<string, (document: Document) => void>> = {
  'sections in the other order': (document) => reverse(topSections(document)),
  'sections twice': (document) => double(topSections(document)),
  'no first section': (document) => remove([topSections(document)[0]]),
  'no last section': (document) => remove([topSections(document).at(-1)]),
  'no section': (document) => remove(topSections(document)),
  'a section inside the one before it': (document) => {
    const [first, second] = topSections(document);
    if (second !== undefined) first?.firstElementChild?.append(second);
  },
  'templateIds of every section on the first': (document) => {
    const [first, ...others] = named(document, 'section');
    for (const other of others)
      for (const id of other.childNodes.filter((node) => (node as Element).localName === 'templateId'))
        first?.insertBefore(id, first.firstChild);
  },
  'entries twice': (document) => double(named(document, 'entry')),
  'entries in the other order': (document) => reverse(named(document, 'entry')),
  'organizers twice': (document) => double(around(document, 'organizer')),
  'observations twice': (document) => double(around(document, 'observation')),
  'relationships in the other order': (document) => reverse(named(document, 'entryRelationship')),
  'no relationship': (document) => remove(named(document, 'entryRelationship')),
  'three authors, one without its time': (document) => {
    const [author] = named(document, 'author');
    if (author === undefined) return;
    double([author]);
    const third = author.cloneNode(true);
    remove([third.firstElementChild ?? undefined]);
    author.parentNode?.insertBefore(third, author);
  },
  'participants and acts twice, in the other order': (document) => {
    double(named(document, 'participant', 'documentationOf', 'inFulfillmentOf'));
    reverse(named(document, 'participant', 'documentationOf', 'inFulfillmentOf'));
  },
  'templateIds twice': (document) => double(named(document, 'templateId')),
  'no identifier': (document) => remove(named(document, 'id')),
  'codes of one another': (document) => rotate(named(document, 'code', 'value', 'interpretationCode'), 'code'),
  'names of codes of one another': (document) => rotate(named(document, 'code', 'value'), 'displayName'),
  'code systems of one another': (document) => rotate(named(document, 'code', 'value'), 'codeSystem'),
  'values unknown': (document) => {
    for (const element of named(document, 'value', 'effectiveTime', 'time', 'telecom', 'addr')) {
      for (const { name } of Array.from(element.attributes)) element.removeAttribute(name);
      element.replaceChildren();
      element.setAttribute('nullFlavor', 'UNK');
    }
  },
  'no text anywhere': (document) => {
    for (const element of named(document, 'title', 'given', 'family', 'name', 'content', 'td', 'th', 'city'))
      element.textContent = '';
  },
  'addresses of one line': (document) => {
    for (const address of named(document, 'addr')) address.textContent = '1 rue de l’Exemple, 75001 Paris';
  },
  'texts cut by a comment': (document) => {
    for (const element of named(document, 'title', 'given', 'family', 'name', 'content', 'td', 'city')) {
      const { firstChild } = element;
      if (element.childNodes.length !== 1 || firstChild?.nodeType !== 3) continue;
      const text = firstChild.nodeValue ?? '';
      element.textContent = text.slice(0, 2);
      element.append(document.createComment('x'), document.createTextNode(text.slice(2)));
    }
  },
  'elements of no namespace': (document) => {
    for (const element of named(document, 'patient', 'organizer', 'assignedPerson'))
      element.append(document.createElementNS(null, 'zz'), document.createElementNS('urn:zz', 'id'));
  },
};

export const RESHAPINGS = Object.keys(RESHAPED);

/** @param name one of `RESHAPINGS` */
export function reshaped(source: Uint8Array, name: string): string {
  const document = parseXml(source);
  RESHAPED[name]?.(document);
  return serializeToWellFormedString(document);
}

const COMMENT = /<!--[\s\S]*?-->/gu;
const BEFORE_BODY = /^[\s\S]*?(?=<ClinicalDocument)/u;

/** Other ways to write a document: what is said of it does not change. */
export const REWRITTEN: Readonly<Record<string, (text: string) => string | Uint8Array>> = {
  'lines that end in CR LF': (text) => text.replaceAll('\n', '\r\n'),
  'a mark of the order of bytes': (text) => `\uFEFF${text}`,
  'UTF-16, low byte first': (text) => Buffer.from(`\uFEFF${text.replace('UTF-8', 'UTF-16')}`, 'utf16le'),
  'UTF-16, high byte first': (text) => Buffer.from(`\uFEFF${text.replace('UTF-8', 'UTF-16')}`, 'utf16le').swap16(),
  'ISO-8859-1': (text) =>
    Buffer.from(
      text
        .replace(BEFORE_BODY, '<?xml version="1.0" encoding="ISO-8859-1"?>')
        .replaceAll(/./gsu, (letter) => ((letter.codePointAt(0) ?? 0) > 0xff ? `&#${letter.codePointAt(0)};` : letter)),
      'latin1',
    ),
  'no prologue': (text) => text.replace(BEFORE_BODY, ''),
  'no comment': (text) => text.replaceAll(COMMENT, ''),
  'comments and instructions between elements': (text) =>
    text.replaceAll(/<(?=component>|entry|author|id )/gu, '<!-- <x/> --><?pi <y/>?><'),
  'no space between elements': (text) => text.replaceAll(COMMENT, '').replaceAll(/>\s+</gu, '><'),
  'spaces inside tags': (text) => text.replaceAll(/<(?=code |id |templateId )([^>]*?)\/>/gu, '<$1\n\t />'),
  'empty elements of two tags': (text) => text.replaceAll(/<(id|templateId)( [^>]*?)\/>/gu, '<$1$2></$1>'),
  'quotes of the other kind': (text) => text.replaceAll(/(root|classCode)="([^"']*)"/gu, "$1='$2'"),
  'attributes in the other order': (text) =>
    text.replaceAll(/<(\w+) ([\w:]+="[^"]*")\s+([\w:]+="[^"]*")/gu, '<$1 $3 $2'),
  'characters as numbers': (text) =>
    text.replaceAll(/(code|root)="(.)/gu, (_, name: string, first: string) => `${name}="&#x${hexOf(first)};`),
  'text in CDATA sections': (text) =>
    text.replaceAll(/>([^<>&\s][^<>&]*)<\/(given|title|city|name)>/gu, '><![CDATA[$1]]></$2>'),
  // The pack compares xsi:type as characters: it knows no prefix but this one.
  'another prefix for HL7': (text) =>
    text
      .replaceAll(COMMENT, '')
      .replace('xmlns="urn:hl7-org:v3"', 'xmlns:c="urn:hl7-org:v3"')
      .replaceAll(/<(\/?)(?=[A-Za-z]+[\s/>])/gu, '<$1c:')
      .replaceAll(/xsi:type="(?!\w+:)/gu, 'xsi:type="c:'),
  'another prefix for xsi and lab': (text) =>
    text.replaceAll('xsi:', 'i:').replaceAll(':xsi=', ':i=').replaceAll('lab:', 'l:').replaceAll(':lab=', ':l='),
  'namespaces said again': (text) =>
    text.replaceAll(/<(section|patient)>/gu, '<$1 xmlns="urn:hl7-org:v3" xmlns:zz="urn:zz">'),
  'schemas named elsewhere': (text) =>
    text.replace(
      /xsi:schemaLocation="[^"]*"/u,
      'xsi:schemaLocation="urn:hl7-org:v3 file:///etc/hostname urn:zz http://127.0.0.1:1/x.xsd"',
    ),
};

function hexOf(letter: string): string {
  return (letter.codePointAt(0) ?? 0).toString(16);
}
