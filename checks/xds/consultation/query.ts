import { EBXML } from '#formats/ebrim/index.ts';
import { attribute, child, children, descendants, type XmlElement } from '#formats/xml/index.ts';

/** A stored query as it was sent. */
export interface SentQuery {
  /** `urn:uuid:…`, empty when absent. */
  readonly id: string;
  /** XPath of the AdhocQuery. */
  readonly path: string;
  readonly parameters: readonly QueryParameter[];
}

export interface QueryParameter {
  /** With its `$`. */
  readonly name: string;
  readonly path: string;
  readonly values: readonly string[];
  /** As written, for the parameters whose values are not between quotes. */
  readonly malformed?: string;
}

/** One value: text between quotes (doubled inside) or a number; a list is between brackets. IHE ITI TF-2, 3.18.4.1.2.3.5. */
const VALUE = /^\s*(?:'(?:[^']|'')*'|\d+)\s*$/;
const LIST = /^\s*\(\s*(?:'(?:[^']|'')*'|\d+)(?:\s*,\s*(?:'(?:[^']|'')*'|\d+))*\s*\)\s*$/;
const ITEM = /'((?:[^']|'')*)'|(\d+)/g;

/** Reads the AdhocQuery of a Body; undefined when there is none. */
export function readQuery(payload: XmlElement): SentQuery | undefined {
  const query = descendants(payload, 'AdhocQuery', EBXML.rim)[0];
  if (query === undefined) return undefined;
  return {
    id: attribute(query, 'id', '')?.trim() ?? '',
    path: query.path,
    parameters: children(query, 'Slot', EBXML.rim).map(readParameter),
  };
}

function readParameter(slot: XmlElement): QueryParameter {
  const list = child(slot, 'ValueList', EBXML.rim);
  const texts = list === undefined ? [] : children(list, 'Value', EBXML.rim).map(({ text }) => text);
  const wrong = texts.find((text) => !VALUE.test(text) && !LIST.test(text));
  return {
    name: attribute(slot, 'name', '')?.trim() ?? '',
    path: slot.path,
    values: texts.flatMap((text) =>
      text === wrong
        ? [text.trim()]
        : [...text.matchAll(ITEM)].map((item) => item[1]?.replaceAll("''", "'") ?? item[2] ?? ''),
    ),
    ...(wrong === undefined ? {} : { malformed: wrong.trim() }),
  };
}
