import type { Transaction } from '../call.ts';
import { writeErrorList } from '../envelope.ts';
import { malformedReply, saidOf, scriptedProblem, soapReply } from '../replies.ts';
import type { RegistryEntry } from '../registry.ts';
import type { RegistryProblem } from '../types.ts';
import { ACTIONS, QUERY, RESPONSE_STATUS, RIM } from '../vocabulary.ts';
import { readStoredQuery } from './query.ts';
import { renderEntry } from './render.ts';
import { select } from './select.ts';

/** TD3.1, search of documents (ITI-18): FindDocuments and GetDocuments. Source: protocols.md §2.6. */
export const SEARCH: Transaction = {
  name: 'TD3.1',
  service: 'registry',
  action: ACTIONS.query,
  payload: { local: 'AdhocQueryRequest', namespace: QUERY },
  answer(call) {
    const { payload } = call.message.envelope;
    const query = payload && readStoredQuery(payload);
    if (!query) return malformedReply(call, 'AdhocQuery absent');
    const record = scriptedProblem(call);
    const selection = record
      ? ({ ok: false, problem: record } as const)
      : select(query, call.vihf, call.state.registry);
    if (!selection.ok) {
      return soapReply(call, ACTIONS.queryAnswer, writeFailure([selection.problem]), saidOf([selection.problem]));
    }
    const { entries } = selection;
    call.exchange.attribute({ documentIds: entries.map(({ document }) => document.uniqueId) });
    const body = writeResponse(entries, query.returnType === 'ObjectRef');
    return soapReply(call, ACTIONS.queryAnswer, body, `répondu Success : ${entries.length} document(s)`);
  },
};

function writeResponse(entries: readonly RegistryEntry[], referencesOnly: boolean): string {
  const objects = entries.map((entry) =>
    referencesOnly ? `<rim:ObjectRef id="${entry.document.entryUUID}"/>` : renderEntry(entry),
  );
  return (
    `<query:AdhocQueryResponse xmlns:query="${QUERY}" status="${RESPONSE_STATUS}Success" startIndex="0"` +
    ` totalResultCount="${entries.length}"><rim:RegistryObjectList xmlns:rim="${RIM}">${objects.join('')}` +
    `</rim:RegistryObjectList></query:AdhocQueryResponse>`
  );
}

function writeFailure(problems: readonly RegistryProblem[]): string {
  return (
    `<query:AdhocQueryResponse xmlns:query="${QUERY}" status="${RESPONSE_STATUS}Failure">` +
    `${writeErrorList('Failure', problems)}<rim:RegistryObjectList xmlns:rim="${RIM}"/></query:AdhocQueryResponse>`
  );
}
