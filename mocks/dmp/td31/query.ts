import { at, attribute, children, type XmlElement } from '#formats/xml/index.ts';
import { RIM } from '../vocabulary.ts';

export interface StoredQuery {
  /** `urn:uuid:…` */
  readonly id: string;
  /** `ObjectRef` asks for identifiers only. */
  readonly returnType: string;
  /** Values of a parameter, `$` included in the name, quotes removed; empty when absent. */
  parameter(name: string): readonly string[];
}

/** Reads `query:AdhocQueryRequest`. @returns undefined without an AdhocQuery. Source: protocols.md §2.6. */
export function readStoredQuery(request: XmlElement): StoredQuery | undefined {
  const query = at(request, 'AdhocQuery');
  const id = query && attribute(query, 'id');
  if (!query || id === undefined) return undefined;
  const option = at(request, 'ResponseOption');
  const parameters = new Map<string, string[]>();
  for (const slot of children(query, 'Slot', RIM)) {
    const name = attribute(slot, 'name') ?? '';
    const list = at(slot, 'ValueList');
    const values = list ? children(list, 'Value', RIM).flatMap(({ text }) => splitValue(text)) : [];
    parameters.set(name, [...(parameters.get(name) ?? []), ...values]);
  }
  return {
    id,
    returnType: (option && attribute(option, 'returnType')) ?? 'LeafClass',
    parameter: (name) => parameters.get(name) ?? [],
  };
}

/** `('a','b')`, `'a'` or `20260105`: a quote inside a value is doubled (ITI TF-2a 3.18.4.1.2.3.5). */
export function splitValue(text: string): string[] {
  const inner = text.trim().replace(/^\(([\s\S]*)\)$/, '$1');
  const quoted = [...inner.matchAll(/'((?:[^']|'')*)'/g)].map((match) => (match[1] ?? '').replaceAll("''", "'"));
  if (quoted.length > 0) return quoted;
  return inner
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}
