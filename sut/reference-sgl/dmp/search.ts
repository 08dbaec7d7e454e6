import type { XmlElement } from 'libxml2-wasm';
import { spoilDmp } from '../faults/index.ts';
import { el, textEl } from '../xml/index.ts';
import { attr, NS, readEnvelope, registryVerdict, unreadable, type Verdict } from './answers.ts';
import { attempt, callDmp, type DmpContext, type Refused } from './call.ts';
import { type DmpEntry, readEntry } from './entries.ts';

export const QUERY_ACTION = 'urn:ihe:iti:2007:RegistryStoredQuery';

/** Stored queries of IHE ITI TF-2, 3.18.4.1.2.4; protocols.md §2.6. */
export const QUERIES = {
  findDocuments: 'urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d',
  findSubmissionSets: 'urn:uuid:f26abbcb-ac74-4422-8a30-edb644bbc1a9',
  getDocuments: 'urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4',
  getAssociations: 'urn:uuid:a7ae438b-4bc2-4642-93e9-be891f7bb155',
} as const;

/** Name of a slot and its values: one string as it is, or a list that is written `('a','b')`. */
export type QuerySlot = readonly [name: string, value: string | readonly string[]];

export interface Found {
  readonly outcome: 'accepted';
  readonly detail: string;
  readonly entries: readonly DmpEntry[];
  /** Identifiers of the submission sets. */
  readonly sets: readonly string[];
  /** Targets of the associations `HasMember`. */
  readonly members: readonly string[];
}

/** TD3.1: one stored query (ITI-18). */
export function queryDmp(
  query: keyof typeof QUERIES,
  slots: readonly QuerySlot[],
  context: DmpContext,
): Promise<Found | Refused> {
  const body = spoilDmp('query', adhocQuery(query, slots), context.faults);
  return attempt<Found | Refused>(async () => {
    const answer = await callDmp({ service: 'registry', action: QUERY_ACTION, body }, context);
    return readEnvelope<Found | Refused>(answer, (soap): Found | Refused => {
      const response = soap.get('query:AdhocQueryResponse', NS) as XmlElement | null;
      const verdict: Verdict = response
        ? registryVerdict(response, 'Recherche faite.', 'Le DMP a refusé la recherche.', context.faults)
        : unreadable(answer, 'ni AdhocQueryResponse ni erreur SOAP');
      if (verdict.outcome === 'refused') return verdict;
      if (response === null) return unreadable(answer, 'réponse vide');
      const objects = (name: string): XmlElement[] =>
        response.find(`rim:RegistryObjectList/rim:${name}`, NS) as XmlElement[];
      return {
        ...verdict,
        entries: objects('ExtrinsicObject').map(readEntry),
        sets: objects('RegistryPackage').map((one) => attr(one, 'id')),
        members: objects('Association')
          .filter((one) => attr(one, 'associationType').endsWith(':HasMember'))
          .map((one) => attr(one, 'targetObject')),
      };
    }) as Found | Refused;
  });
}

/** Body of one stored query. */
export function adhocQuery(query: keyof typeof QUERIES, slots: readonly QuerySlot[]): string {
  return el(
    'query:AdhocQueryRequest',
    {
      'xmlns:query': 'urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0',
      xmlns: 'urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0',
    },
    el('query:ResponseOption', { returnComposedObjects: 'true', returnType: 'LeafClass' }),
    el(
      'AdhocQuery',
      { id: QUERIES[query] },
      ...slots.map(([name, value]) => el('Slot', { name }, el('ValueList', {}, textEl('Value', written(value))))),
    ),
  );
}

/** A quote inside a value is doubled (IHE ITI TF-2, 3.18.4.1.2.3.5). */
function written(value: string | readonly string[]): string {
  if (typeof value === 'string') return value;
  return `(${value.map(quoted).join(',')})`;
}

export function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
