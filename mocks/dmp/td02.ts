import type { DmpCall, DmpReply, Transaction } from './call.ts';
import { type ExistenceRefusal, writeExistenceAnswer } from './td02-answer.ts';
import { type ExistenceRequest, readExistenceRequest } from './td02-message.ts';
import type { DmpStatus } from './types.ts';
import { ACTIONS, HL7V3 } from './vocabulary.ts';
import { malformedReply, soapReply } from './replies.ts';

/** TD0.2, test of existence (and TD1.3a, same message). Source: protocols.md §2.3. */
export const EXISTENCE_TEST: Transaction = {
  name: 'TD0.2',
  service: 'patients',
  action: ACTIONS.existence,
  payload: { local: 'PRPA_IN201307UV02', namespace: HL7V3 },
  answer(call) {
    const { payload } = call.message.envelope;
    const reading = payload ? readExistenceRequest(payload) : ({ ok: false, reason: 'corps vide' } as const);
    if (!reading.ok) return malformedReply(call, reading.reason);
    if (reading.request.reason === 'CNSLT_DATA') call.exchange.identify('TD1.3a');
    return answerExistence(call, reading.request);
  },
};

function answerExistence(call: DmpCall, request: ExistenceRequest): DmpReply {
  const { subject, state, situation } = call;
  const { accessDeniedCode } = state.settings.profile;
  if (situation?.situation === 'structure-inconnue') {
    const text = "Impossible d'effectuer un test d'existence : Structure introuvable ou Inactive";
    return reply(call, request, 'inexistant', { code: accessDeniedCode, text });
  }
  if (subject.ins !== request.ins || subject.oid !== request.oid) {
    const text = "L'INS de la requête n'est pas celui du VIHF (resource-id)";
    return reply(call, request, 'inexistant', { code: accessDeniedCode, text });
  }
  const scripted = situation?.situation;
  const status =
    scripted === 'inexistant' || scripted === 'ferme'
      ? scripted
      : call.patient?.oid === request.oid
        ? state.registry.status(request.ins)
        : 'inexistant';
  return reply(call, request, status);
}

const SAID: Readonly<Record<DmpStatus, string>> = {
  actif: 'répondu : DMP existant',
  inexistant: 'répondu : aucun DMP (NF)',
  ferme: 'répondu : DMP fermé (terminated)',
};

function reply(call: DmpCall, request: ExistenceRequest, status: DmpStatus, refusal?: ExistenceRefusal): DmpReply {
  const { state, patient } = call;
  const body = writeExistenceAnswer({
    request,
    status,
    ...(patient && { patient }),
    ...(refusal && { refusal }),
    now: state.now(),
    uuid: state.uuid,
  });
  return soapReply(call, ACTIONS.existenceAnswer, body, refusal ? `refusé AE : ${refusal.text}` : SAID[status]);
}
