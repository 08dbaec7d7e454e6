import { at, attribute, children, type XmlElement } from '#formats/xml/index.ts';
import { RIM } from '../vocabulary.ts';

export interface StoredQuery {
  /** `urn:uuid:…` */
  readonly id: string;
  /** `LeafClass` or `ObjectRef`. */
  readonly returnType: string;
  /** Values by parameter, `$` included in the name: one list for each Slot of that name (lists are ANDed, values ORed). */
  readonly parameters: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** Names of the parameters whose values are not written as the standard says. */
  readonly malformed: readonly string[];
}

/** Reads `query:AdhocQueryRequest`. @returns undefined without an AdhocQuery. Source: protocols.md §2.6. */
export function readStoredQuery(request: XmlElement): StoredQuery | undefined {
  const query = at(request, 'AdhocQuery');
  const id = query && attribute(query, 'id');
  if (!query || id === undefined) return undefined;
  const option = at(request, 'ResponseOption');
  const parameters = new Map<string, (readonly string[])[]>();
  const malformed = new Set<string>();
  for (const slot of children(query, 'Slot', RIM)) {
    const name = attribute(slot, 'name')?.trim() ?? '';
    const list = at(slot, 'ValueList');
    const read = list ? children(list, 'Value', RIM).map(({ text }) => readValue(text)) : [];
    if (read.some(({ wellFormed }) => !wellFormed)) malformed.add(name);
    parameters.set(name, [...(parameters.get(name) ?? []), read.flatMap(({ values }) => values)]);
  }
  return {
    id: id.trim(),
    returnType: (option && attribute(option, 'returnType')) ?? 'LeafClass',
    parameters,
    malformed: [...malformed],
  };
}

export interface ValueReading {
  readonly values: readonly string[];
  /** Text is between quotes, only numbers are bare. */
  readonly wellFormed: boolean;
}

const ITEM = /\s*(?:'((?:[^']|'')*)'|(\d+))\s*(,|$)/y;

/** `('a','b')`, `'a'` or `20260105`: a quote inside a value is doubled (ITI TF-2a 3.18.4.1.2.3.5). */
export function readValue(text: string): ValueReading {
  const inner = text.trim().replace(/^\(([\s\S]*)\)$/, '$1');
  const values: string[] = [];
  for (let from = 0; from < inner.length;) {
    ITEM.lastIndex = from;
    const match = ITEM.exec(inner);
    if (!match) return { values: leniently(inner), wellFormed: false };
    values.push(match[1]?.replaceAll("''", "'") ?? match[2] ?? '');
    from = ITEM.lastIndex;
    if (match[3] === ',' && inner.slice(from).trim() === '') return { values, wellFormed: false };
  }
  return { values, wellFormed: inner.trim() !== '' };
}

/** What a tolerant registry would understand of it. */
function leniently(inner: string): string[] {
  const quoted = [...inner.matchAll(/'((?:[^']|'')*)'/g)].map((match) => (match[1] ?? '').replaceAll("''", "'"));
  if (quoted.length > 0) return quoted;
  return inner
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}
