import type { ExchangeInProgress } from '../network/types.ts';
import type { Population, TestPatient } from '../population/types.ts';
import type { Situation, Situations } from '../situations/types.ts';
import { writeAnswer } from './answers.ts';
import type { CallCounter } from './call-counter.ts';
import { type InsiCriteria, readCriteria } from './criteria.ts';
import { type InsiFault, knownFault, malformedFault, writeFault } from './faults.ts';
import { type Defect, identityOf, isDefect } from './identity.ts';
import { type InsiRequest, readInsiRequest } from './request.ts';
import { concerned, search } from './search.ts';
import type { InsiSettings } from './settings.ts';
import { INSI_SITUATIONS, isInsiSituation } from './situations.ts';
import type { ResultCode } from './vocabulary.ts';

/** What goes back on the wire. */
export interface InsiReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly wire?: 'reset' | 'truncate';
  readonly delayMs?: number;
}

export interface InsiState {
  readonly settings: InsiSettings;
  readonly population: Population;
  readonly situations: Situations;
  readonly calls: CallCounter;
}

const SOAP = 'application/soap+xml; charset=utf-8';
const AUTHORISED_NAMES: ReadonlySet<string> = new Set(['CN=INSI-AUTO', 'CN=INSI-MANU']);
const AUTHORITY = 'AC IGC-SANTE ELEMENTAIRE ORGANISATIONS';
const DEFAULT_DELAY_MS = 3000;

/**
 * Answers one call to INSi and says on the exchange what was recognised and done.
 * Source: protocols.md §1.2 to §1.5.
 */
export function replyTo(exchange: ExchangeInProgress, state: InsiState): InsiReply {
  const reading = readInsiRequest(exchange.rawHeaders, exchange.rawBody, state.settings);
  const operation = reading.ok ? reading.request.operation : reading.operation;
  if (operation) exchange.identify(operation.name);
  if (!reading.ok) {
    exchange.outcome(`refusé : ${reading.reason}`);
    return reading.fault
      ? faultReply(reading.fault, reading.messageId)
      : { status: 415, contentType: 'text/plain; charset=utf-8', body: 'Unsupported Media Type' };
  }
  const { request } = reading;
  if (!hasRights(exchange)) {
    exchange.outcome('refusé desir_560 : le CN du certificat client doit être INSI-AUTO ou INSI-MANU');
    return faultReply(knownFault('desir_560'), request.messageId);
  }
  const criteria = readCriteria(request, state.settings);
  if (!criteria.ok) {
    const { malformedSubcode, malformedCode } = state.settings.profile;
    exchange.outcome(`refusé : ${criteria.reason}`);
    const fault = malformedFault(malformedSubcode, malformedCode, `Requête invalide : ${criteria.reason}.`);
    return faultReply(fault, request.messageId);
  }
  return answer(exchange, request, criteria.criteria, state);
}

/** Mutual TLS mode: the subject CN is exactly one of two names, under the authority of organisations. */
function hasRights({ peer }: ExchangeInProgress): boolean {
  const subject = peer.tls?.subject ?? [];
  const issuer = peer.tls?.issuer ?? [];
  return (
    peer.tls?.authorized === true &&
    subject.some((rdn) => AUTHORISED_NAMES.has(rdn)) &&
    issuer.some((rdn) => rdn === `CN=${AUTHORITY}` || rdn === `CN=TEST ${AUTHORITY}`)
  );
}

function answer(
  exchange: ExchangeInProgress,
  request: InsiRequest,
  criteria: InsiCriteria,
  state: InsiState,
): InsiReply {
  const found = search(state.population, criteria);
  const person = found[0] ?? concerned(state.population, criteria);
  if (person) exchange.attribute({ patient: person.key, ins: person.ins });
  else if (criteria.kind === 'vitale') exchange.attribute({ ins: criteria.ins });
  const rank = state.calls.next(person?.key ?? JSON.stringify(criteria));
  const say = (text: string): void => exchange.outcome(`${text} (appel n° ${rank} pour cette personne)`);

  const situation = state.situations.take('insi', person?.key, INSI_SITUATIONS);
  const scripted = play(request, found, situation, state);
  if (scripted) {
    say(`joué ${situation?.situation ?? ''} : ${scripted.said}`);
    return scripted.reply;
  }
  const plain = plainReply(request, found, state);
  const delayMs = situation?.situation === 'latence' ? delayOf(situation) : 0;
  say(delayMs > 0 ? `joué latence (${delayMs} ms) : ${plain.said}` : plain.said);
  return delayMs > 0 ? { ...plain.reply, delayMs } : plain.reply;
}

interface Played {
  readonly reply: InsiReply;
  readonly said: string;
}

function plainReply(request: InsiRequest, found: readonly TestPatient[], state: InsiState, defect?: Defect): Played {
  const [only] = found;
  if (!only && state.settings.profile.unknownPersonIsTechnicalFailure) {
    const code = request.operation.failure;
    return { said: `répondu ${code} : personne inconnue`, reply: faultReply(knownFault(code), request.messageId) };
  }
  const code = only ? (found.length > 1 ? '02' : '00') : '01';
  return codeReply(request, code, state, code === '00' ? only : undefined, defect);
}

function codeReply(
  { operation, messageId }: InsiRequest,
  code: ResultCode,
  { settings, calls }: InsiState,
  patient?: TestPatient,
  defect?: Defect,
): Played {
  const identity = patient && { identity: identityOf(patient, defect) };
  const body = writeAnswer(
    { operation, code, messageId, ...identity },
    calls.turn(),
    settings.profile.publishedShapeOnly,
  );
  return { said: `répondu ${code}`, reply: { status: 200, contentType: SOAP, body } };
}

/** What a scripted situation answers; undefined when it leaves the plain answer. */
function play(
  request: InsiRequest,
  found: readonly TestPatient[],
  situation: Situation | undefined,
  state: InsiState,
): Played | undefined {
  const name = situation?.situation;
  if (name === undefined || !isInsiSituation(name) || name === 'latence') return undefined;
  if (isDefect(name)) return plainReply(request, found, state, name);
  switch (name) {
    case 'code-01':
    case 'code-02':
      return codeReply(request, name === 'code-01' ? '01' : '02', state);
    case 'insi_101':
    case 'insi_102':
    case 'desir_550':
    case 'desir_560':
      return { said: `répondu ${name}`, reply: faultReply(knownFault(name), request.messageId) };
    case 'http-503-html':
      return { said: 'répondu HTTP 503 en HTML', reply: MAINTENANCE };
    case 'coupure':
      return { said: 'connexion coupée', reply: { ...plainReply(request, found, state).reply, wire: 'reset' } };
    case 'tronque':
      return { said: 'réponse tronquée', reply: { ...plainReply(request, found, state).reply, wire: 'truncate' } };
    case 'type-contenu-faux': {
      const { reply, said } = plainReply(request, found, state);
      return { said: `${said} sous text/plain`, reply: { ...reply, contentType: 'text/plain; charset=utf-8' } };
    }
  }
}

const MAINTENANCE: InsiReply = {
  status: 503,
  contentType: 'text/html; charset=utf-8',
  body: '<!DOCTYPE html><html lang="fr"><head><title>Service indisponible</title></head><body><h1>Service momentanément indisponible</h1></body></html>',
};

function faultReply(fault: InsiFault, messageId: string | undefined): InsiReply {
  return { status: 500, contentType: SOAP, body: writeFault(fault, messageId) };
}

function delayOf({ parameters }: Situation): number {
  const delay = Number(parameters?.['delayMs'] ?? DEFAULT_DELAY_MS);
  return Number.isFinite(delay) && delay > 0 ? delay : DEFAULT_DELAY_MS;
}
