import labels from '../../annuaire/data/labels.json' with { type: 'json' };
import authorisations from '../authorisations.json' with { type: 'json' };
import type { DmpState, Transaction } from '../call.ts';
import { timestamp } from '../hl7-answer.ts';
import { malformedReply } from '../replies.ts';
import type { Authorisation } from '../types.ts';
import { ACTIONS, HABILITATIONS, OIDS } from '../vocabulary.ts';
import { field, OK, operationReply, readOrRefuse, recordStatus, refusedStatus } from './operation.ts';

const NAME = {
  name: 'listAuthorizationByPatient',
  namespace: HABILITATIONS,
  answerAction: ACTIONS.authorisationListAnswer,
} as const;
const SPECIALITIES: ReadonlyMap<string, string> = new Map(Object.entries(labels.speciality));
const MODES: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(authorisations.listModes));

/** TD1.6: the professionals whom the patient authorised or blocked. Source: protocols.md §2.4. */
export const AUTHORISATION_LIST: Transaction = {
  name: 'TD1.6',
  service: 'habilitations',
  action: ACTIONS.authorisationList,
  payload: { local: 'listAuthorizationByPatient', namespace: HABILITATIONS },
  answer(call) {
    const read = readOrRefuse(call, [{ name: 'mode', required: true }]);
    if ('reply' in read) return read.reply;
    const mode = read.values.get('mode') ?? '';
    const wanted = MODES.get(mode);
    if (!wanted) return malformedReply(call, `mode « ${mode.slice(0, 60)} » inconnu`);
    const refused = refusedStatus(call, false) ?? recordStatus(call);
    const found = call.state.registry.authorisations(call.subject.ins).filter((one) => wanted.includes(one.mode));
    const rows = refused ? [] : found.map((one) => row(one, call.state));
    const said = `répondu ${OK.code} : ${rows.length} professionnel(s), mode ${mode}`;
    return operationReply(call, NAME, refused ?? OK, { rows, said });
  },
};

function row(authorisation: Authorisation, { population }: DmpState): string {
  const { nationalId, name = '', speciality, since, lastAction, mode } = authorisation;
  const known = population.professionals.find((one) => one.nationalId === nationalId);
  const code = known?.speciality ?? speciality ?? '';
  return (
    `<p:listAuthorizationByPatientData>${field('nationalId', nationalId)}${field('nationalIdType', OIDS.professional)}` +
    field('firstName', known?.firstName ?? '') +
    field('lastName', known?.lastName ?? name) +
    field('codeSpeciality', code) +
    field('libSpeciality', SPECIALITIES.get(code) ?? '') +
    field('startOfAuthorization', timestamp(since)) +
    field('lastActionDate', timestamp(lastAction)) +
    field('mode', mode) +
    `</p:listAuthorizationByPatientData>`
  );
}
