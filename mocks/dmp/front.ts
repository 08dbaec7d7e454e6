import { readContentType } from '#formats/mime/index.ts';
import { child, type XmlElement } from '#formats/xml/index.ts';
import { type SoapEnvelope, WSSE } from '#formats/soap/index.ts';
import type { ExchangeInProgress } from '../network/types.ts';
import type { Situation } from '../situations/types.ts';
import type { AnyCall, DmpReply, DmpState, OpenTransaction, Transaction } from './call.ts';
import { actionNotSupported } from './envelope.ts';
import { readMessage } from './message.ts';
import { faultReply } from './replies.ts';
import { AUTHORISATION } from './operations/td03.ts';
import { PATIENT_LIST } from './operations/td04.ts';
import { AUTHORISATION_LIST } from './operations/td16.ts';
import scriptedFaults from './scripted.json' with { type: 'json' };
import { type DmpSituation, isDmpSituation, PLAYED_BY } from './situations.ts';
import { EXISTENCE_TEST } from './td02.ts';
import { PATIENT_SEARCH } from './td05/transaction.ts';
import { FEEDING } from './td21/transaction.ts';
import { SEARCH } from './td31/transaction.ts';
import { inMultipart, RETRIEVAL } from './td32.ts';
import { UPDATE } from './td33/transaction.ts';
import { judgeVihf } from './vihf/judge.ts';
import { readVihf } from './vihf/read.ts';
import type { DmpFault } from './types.ts';
import { SAML2 } from './vocabulary.ts';

export const TRANSACTIONS: readonly (Transaction | OpenTransaction)[] = [
  EXISTENCE_TEST,
  AUTHORISATION,
  PATIENT_LIST,
  PATIENT_SEARCH,
  AUTHORISATION_LIST,
  FEEDING,
  SEARCH,
  RETRIEVAL,
  UPDATE,
];

const DEFAULT_DELAY_MS = 3000;

/**
 * Answers one call: reads the envelope, finds the transaction of the path, judges the VIHF, then lets the transaction
 * answer. An action that no transaction of the path serves is a fault, and the exchange stays unexpected.
 * @param service last segment of the path
 */
export function answerCall(exchange: ExchangeInProgress, service: string, state: DmpState): DmpReply {
  const reading = readMessage(exchange, state.settings);
  // Reading a document answers in a multipart whatever happens: the action is then known from the header alone.
  if (!reading.ok) {
    const reply = faultReply(state, reading.fault, undefined);
    return announcedAction(exchange) === RETRIEVAL.action && service === RETRIEVAL.service ? inMultipart(reply) : reply;
  }
  const { message } = reading;
  const { payload, addressing } = message.envelope;
  const transaction = TRANSACTIONS.find((one) => one.service === service && one.action === addressing.action?.trim());
  if (!transaction) return faultReply(state, actionNotSupported(message.envelope), addressing.messageId);

  exchange.identify(transaction.name);
  const finish = (reply: DmpReply): DmpReply => (transaction === RETRIEVAL ? inMultipart(reply) : reply);
  attributeFromVihf(exchange, message.envelope, state);
  if (payload?.name.local !== transaction.payload.local || payload.name.namespace !== transaction.payload.namespace) {
    const text = `Requête invalide : corps ${payload?.name.local ?? 'vide'} au lieu de ${transaction.payload.local}.`;
    const fault = { side: 'Sender', subcode: state.settings.profile.subcodes.malformed, text } as const;
    return finish(faultReply(state, fault, addressing.messageId));
  }
  const judgement = judgeVihf(message.xml, message.envelope, {
    settings: state.settings,
    pki: state.pki,
    now: state.now(),
    tls: exchange.peer.tls,
  });
  if (!judgement.ok) return finish(faultReply(state, judgement.fault, addressing.messageId));
  const { vihf } = judgement;
  if (!vihf.patient && !('withoutPatient' in transaction)) {
    const text = 'VIHF mal formé : urn:oasis:names:tc:xacml:2.0:resource:resource-id absent.';
    const fault = { side: 'Sender', subcode: state.settings.profile.subcodes.vihfInvalid, text } as const;
    return finish(faultReply(state, fault, addressing.messageId));
  }
  const patient = vihf.patient && state.population.byIns(vihf.patient.ins);
  const situation = state.situations.take('dmp', patient?.key ?? vihf.nameId, PLAYED_BY[transaction.name]);
  const scripted = scriptedVihfFault(situation, state);
  if (scripted) {
    const reply = faultReply(state, scripted, addressing.messageId);
    return finish({ ...reply, said: `joué ${situation?.situation} : ${reply.said}` });
  }
  const warnings = [...message.warnings, ...judgement.warnings];
  const warn = (sentence: string): void => void warnings.push(sentence);
  const { name } = transaction;
  const call: AnyCall = { exchange, message, transaction: name, vihf, patient, situation, state, warn };
  const answer = (): DmpReply => {
    if ('withoutPatient' in transaction) return transaction.answer(call);
    return transaction.answer({ ...call, subject: vihf.patient ?? { ins: '', oid: '' } });
  };
  const reply = finish(playTransport(situation, answer));
  return warnings.length === 0 ? reply : { ...reply, said: `${reply.said} ; avertissement : ${warnings.join(' ; ')}` };
}

const VIHF_FAULTS = new Map(Object.entries(scriptedFaults.vihf));

/** Refusal of the VIHF that a situation asks for. */
function scriptedVihfFault(situation: Situation | undefined, { settings }: DmpState): DmpFault | undefined {
  const found = VIHF_FAULTS.get(situation?.situation ?? '');
  if (!found) return undefined;
  const { subcodes } = settings.profile;
  const subcode = found.channel === 'certificate' ? subcodes.certificate : subcodes.vihfInvalid;
  return { side: 'Sender', subcode, text: found.text };
}

/** Action parameter of the Content-Type. */
function announcedAction({ rawHeaders }: ExchangeInProgress): string | undefined {
  const header = rawHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return readContentType(header)?.parameters['action'];
}

/**
 * Says whose call it is before the VIHF is believed: a call refused for its signature must still be found by the
 * scenario that provoked it. Nothing else is done with these values.
 */
function attributeFromVihf(exchange: ExchangeInProgress, envelope: SoapEnvelope, state: DmpState): void {
  const assertion = assertionOf(envelope);
  const vihf = assertion && readVihf(assertion);
  if (!vihf) return;
  const patient = vihf.patient && state.population.byIns(vihf.patient.ins);
  exchange.attribute({
    ...(patient && { patient: patient.key }),
    ...(vihf.patient && { ins: vihf.patient.ins }),
    ...(vihf.nameId !== '' && { professional: vihf.nameId }),
  });
}

function assertionOf(envelope: SoapEnvelope): XmlElement | undefined {
  const security = envelope.header && child(envelope.header, 'Security', WSSE);
  return security && child(security, 'Assertion', SAML2);
}

function playTransport(situation: Situation | undefined, plain: () => DmpReply): DmpReply {
  const name: DmpSituation | undefined =
    situation && isDmpSituation(situation.situation) ? situation.situation : undefined;
  switch (name) {
    case 'http-503-html':
      return { ...MAINTENANCE, said: 'joué http-503-html : répondu HTTP 503 en HTML' };
    case 'coupure':
      // The connection dies before the answer: nothing is kept, the product may send the same lot again.
      return { ...MAINTENANCE, said: 'joué coupure : connexion coupée sans réponse', wire: 'reset' };
    case 'latence': {
      const delayMs = delayOf(situation);
      const reply = plain();
      return { ...reply, said: `joué latence (${delayMs} ms) : ${reply.said}`, delayMs };
    }
    case undefined:
      return plain();
    default: {
      const reply = plain();
      return reply.said.startsWith('joué') ? reply : { ...reply, said: `joué ${name} : ${reply.said}` };
    }
  }
}

const MAINTENANCE = {
  status: 503,
  contentType: 'text/html; charset=utf-8',
  body: '<!DOCTYPE html><html lang="fr"><head><title>Service indisponible</title></head><body><h1>Service momentanément indisponible</h1></body></html>',
} as const;

function delayOf(situation: Situation | undefined): number {
  const delay = Number(situation?.parameters?.['delayMs'] ?? DEFAULT_DELAY_MS);
  return Number.isFinite(delay) && delay > 0 ? delay : DEFAULT_DELAY_MS;
}
