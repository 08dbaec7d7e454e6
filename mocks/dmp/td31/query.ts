import { queryForm, readQueryValue } from '#formats/ebrim/index.ts';
import { at, attribute, children, type XmlElement } from '#formats/xml/index.ts';
import { RIM } from '../vocabulary.ts';

export interface StoredQuery {
  /** `urn:uuid:…` */
  readonly id: string;
  /** `LeafClass` or `ObjectRef`. */
  readonly returnType: string;
  /** Values by parameter, `$` included in the name: one list for each Slot of that name (lists are ANDed, values ORed). */
  readonly parameters: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** Parameters that are not written as the standard says, each with its French reason. */
  readonly malformed: ReadonlyMap<string, string>;
  /** Parameters in several slots that the standard does not AND: what the DMP does of them is not known. */
  readonly repeated: ReadonlySet<string>;
}

/** Reads `query:AdhocQueryRequest`. @returns undefined without an AdhocQuery. Source: protocols.md §2.6. */
export function readStoredQuery(request: XmlElement): StoredQuery | undefined {
  const query = at(request, 'AdhocQuery');
  const id = query && attribute(query, 'id');
  if (!query || id === undefined) return undefined;
  const option = at(request, 'ResponseOption');
  const parameters = new Map<string, (readonly string[])[]>();
  const malformed = new Map<string, string>();
  const repeated = new Set<string>();
  for (const slot of children(query, 'Slot', RIM)) {
    const name = attribute(slot, 'name')?.trim() ?? '';
    const list = at(slot, 'ValueList');
    const form = queryForm(name);
    const read = list ? children(list, 'Value', RIM).map(({ text }) => readQueryValue(text, form)) : [];
    const fault = read.find((one) => one.fault !== undefined)?.fault;
    if (fault !== undefined) malformed.set(name, `valeur ${fault}`);
    if (parameters.has(name) && form?.anded !== true) repeated.add(name);
    parameters.set(name, [...(parameters.get(name) ?? []), read.flatMap(({ values }) => values)]);
  }
  return {
    id: id.trim(),
    returnType: (option && attribute(option, 'returnType')) ?? 'LeafClass',
    parameters,
    malformed,
    repeated,
  };
}
