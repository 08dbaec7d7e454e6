import type { AnyCall, DmpReply, OpenTransaction } from '../call.ts';
import statuses from '../operations/statuses.json' with { type: 'json' };
import { accessBreach, malformedReply, soapReply } from '../replies.ts';
import { headerWarnings } from '../td02-message.ts';
import { ACTIONS, HL7V3 } from '../vocabulary.ts';
import { writeSearchAnswer } from './answer.ts';
import { type PatientQuery, readPatientQuery } from './query.ts';
import { type FoundPatient, missingCriteria, searchPatients } from './search.ts';
import rules from './search.json' with { type: 'json' };

interface Refusal {
  readonly code: string;
  readonly text: string;
}

/**
 * TD0.5: search of a patient whose INS is not known, for medical regulation. The VIHF names no patient.
 * Source: protocols.md §2.2, §2.3 (PDQ); `search.json`.
 */
export const PATIENT_SEARCH: OpenTransaction = {
  name: 'TD0.5',
  service: 'patients',
  withoutPatient: true,
  action: ACTIONS.patientSearch,
  payload: { local: 'PRPA_IN201305UV02', namespace: HL7V3 },
  answer(call) {
    const { payload } = call.message.envelope;
    const reading = payload ? readPatientQuery(payload) : ({ ok: false, reason: 'corps vide' } as const);
    if (!reading.ok) return malformedReply(call, reading.reason);
    for (const sentence of payload ? headerWarnings(payload) : []) call.warn(sentence);
    const { query } = reading;
    const refused = refusalOf(call, query);
    if (refused) return reply(call, query, [], refused);
    const found = searchPatients(query, call.state.population, call.state.registry);
    if (found.length > rules.maxPatients || call.situation?.situation === 'patients-trop-nombreux') {
      const text = 'La recherche ramène trop de patients, préciser les critères';
      return reply(call, query, [], { code: statuses.tooMany.code, text });
    }
    return reply(call, query, found);
  },
};

function refusalOf(call: AnyCall, query: PatientQuery): Refusal | undefined {
  if (call.situation?.situation === 'structure-inconnue') {
    return { code: statuses.structure.code, text: 'Structure introuvable ou Inactive' };
  }
  const breach = accessBreach(call, false);
  if (breach) return { code: statuses.denied.code, text: breach.text };
  const missing = missingCriteria(query);
  return missing.length === 0
    ? undefined
    : { code: statuses.criteria.code, text: `Critères de recherche insuffisants : ${missing.join(', ')} absent` };
}

function reply(call: AnyCall, query: PatientQuery, found: readonly FoundPatient[], refusal?: Refusal): DmpReply {
  const { state } = call;
  const body = writeSearchAnswer({ query, found, ...(refusal && { refusal }), now: state.now(), uuid: state.uuid });
  const said = refusal ? `refusé AE : ${refusal.text}` : `répondu : ${found.length} patient(s)`;
  return soapReply(call, ACTIONS.patientSearchAnswer, body, said);
}
