import type { DmpCall, DmpReply, Transaction } from './call.ts';
import { type ExistenceRefusal, writeExistenceAnswer } from './td02-answer.ts';
import type { TestPatient } from '../population/types.ts';
import { type ExistenceRequest, headerWarnings, readExistenceRequest } from './td02-message.ts';
import type { AuthorisationState, DmpStatus } from './types.ts';
import { ACTIONS, HL7V3 } from './vocabulary.ts';
import { accessBreach, malformedReply, soapReply } from './replies.ts';

/** TD0.2, test of existence, and TD1.3a, administrative data: the same message with another reason. Source: protocols.md §2.3. */
export const EXISTENCE_TEST: Transaction = {
  name: 'TD0.2',
  service: 'patients',
  action: ACTIONS.existence,
  payload: { local: 'PRPA_IN201307UV02', namespace: HL7V3 },
  answer(call) {
    const { payload } = call.message.envelope;
    const reading = payload ? readExistenceRequest(payload) : ({ ok: false, reason: 'corps vide' } as const);
    if (!reading.ok) return malformedReply(call, reading.reason);
    const { request } = reading;
    for (const sentence of payload ? headerWarnings(payload) : []) call.warn(sentence);
    if (request.reason === 'CNSLT_DATA') call.exchange.identify('TD1.3a');
    const refusal = refusalOf(call, request);
    if (refusal) return reply(call, request, 'inexistant', refusal);
    return reply(call, request, statusOf(call, request));
  },
};

/** Link with the structure, patient of the body, rights: steps 9 to 11 of protocols.md §2.10, told in an `AE`. */
function refusalOf(call: DmpCall, request: ExistenceRequest): ExistenceRefusal | undefined {
  const { subject, state, situation } = call;
  const { accessDeniedCode } = state.settings.profile;
  const refuse = (why: string): ExistenceRefusal => ({
    code: accessDeniedCode,
    text: `Impossible d'effectuer un test d'existence : ${why}`,
  });
  if (situation?.situation === 'structure-inconnue') return refuse('Structure introuvable ou Inactive');
  // What the patient refuses does not hide the record: the answer says that this professional is blocked.
  const blocked = situation?.situation === 'acces-refuse' || situation?.situation === 'opposition';
  const transaction = request.reason === 'CNSLT_DATA' ? 'TD1.3a' : 'TD0.2';
  const breach = accessBreach(blocked ? { ...call, situation: undefined } : call, false, transaction);
  if (breach?.channel === 'structure') return refuse(breach.text);
  if (subject.ins !== request.ins || subject.oid !== request.oid) {
    return { code: accessDeniedCode, text: "L'INS de la requête n'est pas celui du VIHF (resource-id)" };
  }
  return breach && refuse(breach.text);
}

function statusOf({ situation, patient, state }: DmpCall, { ins, oid }: ExistenceRequest): DmpStatus {
  const scripted = situation?.situation;
  if (scripted === 'inexistant' || scripted === 'ferme') return scripted;
  return patient?.oid === oid ? state.registry.status(ins) : 'inexistant';
}

const PLAYED: Readonly<Record<string, AuthorisationState>> = {
  'acces-refuse': 'bloquee',
  opposition: 'bloquee',
  'autorisation-inexistante': 'aucune',
  'autorisation-expiree': 'expiree',
};

function authorisationOf({ situation, state, subject, vihf }: DmpCall): AuthorisationState {
  return PLAYED[situation?.situation ?? ''] ?? state.registry.authorisation(subject.ins, vihf.nameId);
}

const SAID: Readonly<Record<DmpStatus, string>> = {
  actif: 'répondu : DMP existant',
  inexistant: 'répondu : aucun DMP (NF)',
  ferme: 'répondu : DMP fermé (terminated)',
};

function reply(call: DmpCall, request: ExistenceRequest, status: DmpStatus, refusal?: ExistenceRefusal): DmpReply {
  const { state, situation, vihf } = call;
  const { registry } = state;
  const patient =
    situation?.situation === 'identite-differente' && call.patient ? strangerOf(call.patient) : call.patient;
  const authorisation = authorisationOf(call);
  const closedSince = registry.closedSince(request.ins);
  const body = writeExistenceAnswer({
    request,
    status,
    authorisation,
    treatingDoctor: registry.treatingDoctor(request.ins) === vihf.nameId,
    urgencyOpposed: registry.urgencyOpposed(request.ins),
    ...(closedSince && { closedSince }),
    ...(patient && { patient }),
    ...(refusal && { refusal }),
    now: state.now(),
    uuid: state.uuid,
  });
  const said = `${SAID[status]}${status === 'actif' ? `, autorisation ${authorisation}` : ''}`;
  return soapReply(call, ACTIONS.existenceAnswer, body, refusal ? `refusé AE : ${refusal.text}` : said);
}

/** The same INS under other traits: what a product must tell its user of, and never take over. */
function strangerOf(patient: TestPatient): TestPatient {
  const year = Number(patient.birthDate.slice(0, 4)) - 1;
  return { ...patient, birthName: 'DIVERGENT', birthDate: `${year}${patient.birthDate.slice(4)}` };
}
