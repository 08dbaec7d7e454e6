import { EBXML } from '#formats/ebrim/index.ts';
import { attribute, child, children, descendants, type XmlElement } from '#formats/xml/index.ts';

/** A stored query as it was sent; its form is judged with the call that carries it (TD31-*). */
export interface SentQuery {
  /** XPath of the AdhocQuery. */
  readonly path: string;
  /** Values by parameter, `$` included in the name. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
}

/** Text between quotes (doubled inside) or a number; a list is between brackets. IHE ITI TF-2, 3.18.4.1.2.3.5. */
const ITEM = /'((?:[^']|'')*)'|(\d+)/g;

/** Reads the AdhocQuery of a Body; undefined when there is none. */
export function readQuery(payload: XmlElement): SentQuery | undefined {
  const query = descendants(payload, 'AdhocQuery', EBXML.rim)[0];
  if (query === undefined) return undefined;
  const parameters = new Map<string, readonly string[]>();
  for (const slot of children(query, 'Slot', EBXML.rim)) {
    const name = attribute(slot, 'name', '')?.trim() ?? '';
    const list = child(slot, 'ValueList', EBXML.rim);
    const values = (list === undefined ? [] : children(list, 'Value', EBXML.rim)).flatMap(({ text }) => {
      const items = [...text.matchAll(ITEM)].map((item) => item[1]?.replaceAll("''", "'") ?? item[2] ?? '');
      return items.length > 0 ? items : [text.trim()];
    });
    parameters.set(name, [...(parameters.get(name) ?? []), ...values]);
  }
  return { path: query.path, parameters };
}
