import type { DmpCall, Transaction } from '../call.ts';
import { writeErrorList } from '../envelope.ts';
import { accessRefusal, malformedReply, PARTIAL, saidOf, scriptedProblem, soapReply } from '../replies.ts';
import { readerOf } from '../rights.ts';
import type { RegistryProblem } from '../types.ts';
import { ACTIONS, QUERY, RESPONSE_STATUS, RIM } from '../vocabulary.ts';
import { readStoredQuery } from './query.ts';
import { renderAssociation, renderEntry, renderSet } from './render.ts';
import { type Found, patientProblem, select } from './select.ts';

/** TD3.1, search of documents (ITI-18): the five stored queries of the DMP. Source: protocols.md §2.6. */
export const SEARCH: Transaction = {
  name: 'TD3.1',
  service: 'registry',
  action: ACTIONS.query,
  payload: { local: 'AdhocQueryRequest', namespace: QUERY },
  answer(call) {
    const { payload } = call.message.envelope;
    const query = payload && readStoredQuery(payload);
    if (!query) return malformedReply(call, 'AdhocQuery absent');
    const refused = accessRefusal(call, true, () => {
      const stranger = patientProblem(query, call.vihf);
      return stranger && soapReply(call, ACTIONS.queryAnswer, writeFailure([stranger]), saidOf([stranger]));
    });
    if (refused) return refused;
    const record = scriptedProblem(call);
    const reader = readerOf(call);
    const { nameId, patient } = call.vihf;
    if (!reader.authorised)
      call.warn(`${nameId.slice(0, 60)} n'a pas d'autorisation valide : seuls les documents de sa structure`);
    const selection = record
      ? ({ ok: false, problem: record } as const)
      : select(query, reader, call.state.settings.profile);
    if (!selection.ok) {
      return soapReply(call, ACTIONS.queryAnswer, writeFailure([selection.problem]), saidOf([selection.problem]));
    }
    const { found } = selection;
    call.state.registry.noteReading(patient?.ins ?? '', nameId);
    for (const parameter of query.repeated) {
      call.warn(`${parameter.slice(0, 80)} dans plusieurs Slot, lus ensemble (OU) : un seul Slot est attendu`);
    }
    for (const [parameter, reason] of query.malformed) call.warn(`${parameter.slice(0, 80)} : ${reason}`);
    call.exchange.attribute({ documentIds: found.entries.map(({ document }) => document.uniqueId) });
    return answerFound(call, found, query.returnType === 'ObjectRef');
  },
};

function answerFound(call: DmpCall, found: Found, referencesOnly: boolean) {
  const { entries, sets, associations } = found;
  const objects = referencesOnly
    ? [
        ...entries.map(({ document }) => document.entryUUID),
        ...sets.map(({ uuid }) => uuid),
        ...associations.map(({ uuid }) => uuid),
      ].map((uuid) => `<rim:ObjectRef id="${uuid}"/>`)
    : [...entries.map(renderEntry), ...sets.map(renderSet), ...associations.map(renderAssociation)];
  const partial = call.situation?.situation === 'succes-partiel';
  const status = partial ? 'PartialSuccess' : 'Success';
  const body =
    `<query:AdhocQueryResponse xmlns:query="${QUERY}" status="${RESPONSE_STATUS}${status}" startIndex="0"` +
    ` totalResultCount="${objects.length}">${partial ? writeErrorList(status, [PARTIAL]) : ''}` +
    `<rim:RegistryObjectList xmlns:rim="${RIM}">${objects.join('')}` +
    `</rim:RegistryObjectList></query:AdhocQueryResponse>`;
  const kinds = [
    `${entries.length} document(s)`,
    ...(sets.length > 0 ? [`${sets.length} lot(s)`] : []),
    ...(associations.length > 0 ? [`${associations.length} association(s)`] : []),
  ];
  const said = `${partial ? 'joué succes-partiel : ' : ''}répondu ${status} : ${kinds.join(', ')}`;
  return soapReply(call, ACTIONS.queryAnswer, body, said);
}

function writeFailure(problems: readonly RegistryProblem[]): string {
  return (
    `<query:AdhocQueryResponse xmlns:query="${QUERY}" status="${RESPONSE_STATUS}Failure">` +
    `${writeErrorList('Failure', problems)}<rim:RegistryObjectList xmlns:rim="${RIM}"/></query:AdhocQueryResponse>`
  );
}
