import { refusalSentence } from '../network/index.ts';
import type { ExchangeInProgress } from '../network/types.ts';
import { answerSearch, runSearch } from './answer-search.ts';
import { answerVerification, runVerification } from './answer-verification.ts';
import { isRefusedAtHandshake, judgeAuthentication, judgeCardCoherence, type Refusal } from './authentication/index.ts';
import { type InsiCriteria, readCriteria } from './criteria.ts';
import { because, type InsiFault } from './faults.ts';
import { type InsiRequest, readInsiRequest } from './request.ts';
import { type Play, playOf, SEARCH_SITUATIONS, VERIFICATION_SITUATIONS } from './situations.ts';
import type { InsiReply, InsiState, Said } from './types.ts';
import { dressOf, writeFault, writeSearchAnswer, writeVerificationAnswer } from './writing/index.ts';

const SOAP = 'application/soap+xml; charset=utf-8';

/**
 * Answers one call to INSi and says on the exchange what was recognised and done.
 * Source: protocols.md §1.2 to §1.5.
 */
export function replyTo(exchange: ExchangeInProgress, state: InsiState): InsiReply {
  const { tls } = exchange.peer;
  if (isRefusedAtHandshake(tls, undefined)) return refuseConnection(exchange);
  const reading = readInsiRequest(exchange.rawHeaders, exchange.rawBody, state.settings);
  if (reading.ok && isRefusedAtHandshake(tls, reading.request.assertions.length)) return refuseConnection(exchange);
  const operation = reading.ok ? reading.request.operation : reading.operation;
  if (operation) exchange.identify(operation.name);
  if (!reading.ok) {
    exchange.outcome(`refusé : ${reading.reason}`);
    return reading.fault
      ? faultReply(reading.fault, reading.messageId, state)
      : { status: 415, contentType: 'text/plain; charset=utf-8', body: 'Unsupported Media Type' };
  }
  return replyToRequest(exchange, reading.request, state);
}

/** Answers a message that is too large to be read at all. */
export function replyToTooLarge(reason: string, state: InsiState): InsiReply {
  return faultReply(because(state.settings.faults['requete-invalide'], reason), undefined, state);
}

/** Without a word of SOAP: the real front end asks for a certificate and closes. */
function refuseConnection(exchange: ExchangeInProgress): InsiReply {
  exchange.outcome(refusalSentence(exchange.peer.tls ?? { refusal: 'absent' }));
  return { status: 403, contentType: 'text/plain; charset=utf-8', body: '', cut: true };
}

function replyToRequest(exchange: ExchangeInProgress, request: InsiRequest, state: InsiState): InsiReply {
  const { settings, pki } = state;
  const refuse = ({ fault, reason }: Refusal): InsiReply => {
    const known = settings.faults[fault];
    exchange.outcome(
      `refusé ${known.code} : ${reason}${known.confirmed ? '' : ' ; code non confirmé par une source publique'}`,
    );
    return faultReply(known.confirmed ? known : because(known, reason), request.messageId, state);
  };
  const judgement = judgeAuthentication(request, {
    settings,
    pki,
    now: state.now(),
    bytes: exchange.rawBody,
    tls: exchange.peer.tls,
  });
  const criteria = readCriteria(request, settings);
  // Whose call it is is said even when it is refused.
  const answer = criteria.ok ? concern(criteria.value, exchange, request, state) : undefined;
  if (!judgement.ok) return refuse(judgement);
  const { authentication } = judgement;
  if (authentication.mode === 'cpx') exchange.attribute({ professional: authentication.professional });
  if (!criteria.ok || answer === undefined) {
    return refuse({ fault: 'requete-invalide', reason: criteria.ok ? 'illisible' : criteria.reason });
  }
  if (authentication.mode === 'cpx' && authentication.card !== undefined && criteria.value.kind === 'vitale') {
    const incoherent = judgeCardCoherence(authentication.card, criteria.value.card);
    if (incoherent) return refuse(incoherent);
  }
  return play(exchange, request, answer, state);
}

/** A call whose people are known, ready to be answered. */
interface Concerned {
  /** Keys of the patients, the first one being the one that counts most. */
  readonly about: readonly string[];
  /** What the calls are counted by. */
  readonly counted: string;
  readonly among: readonly string[];
  answer(played?: Play): Said;
}

function concern(
  criteria: InsiCriteria,
  exchange: ExchangeInProgress,
  request: InsiRequest,
  state: InsiState,
): Concerned {
  if (criteria.kind === 'verification') {
    const verifications = runVerification(criteria.identities, exchange, state);
    const about = verifications.flatMap(({ patient }) => (patient ? [patient.key] : []));
    return {
      about,
      counted: about[0] ?? JSON.stringify(criteria.identities[0]),
      among: VERIFICATION_SITUATIONS,
      answer: () => answerVerification(verifications, request, state),
    };
  }
  const searched = runSearch(criteria, exchange, state);
  const key = searched.concerned?.key;
  return {
    about: key === undefined ? [] : [key],
    counted: key ?? JSON.stringify(criteria),
    among: SEARCH_SITUATIONS,
    answer: (played) => answerSearch(searched, request, state, played),
  };
}

function play(exchange: ExchangeInProgress, request: InsiRequest, concerned: Concerned, state: InsiState): InsiReply {
  const rank = state.calls.next(concerned.counted);
  const situation = state.situations.take('insi', concerned.about, concerned.among);
  const played = situation && playOf(situation);
  const say = (text: string): void => {
    const script = situation === undefined ? '' : `joué ${situation.situation} : `;
    exchange.outcome(`${script}${text} (appel n° ${rank} pour cette personne)`);
  };
  if (played?.kind === 'fault') {
    const fault = typeof played.fault === 'string' ? state.settings.faults[played.fault] : played.fault;
    say(`répondu ${fault.code}`);
    return faultReply(fault, request.messageId, state);
  }
  const { verdict, said } = concerned.answer(played);
  say(said);
  const reply = write(verdict, request, state);
  return played?.kind === 'broken-xml'
    ? { ...reply, body: reply.body.slice(0, reply.body.lastIndexOf('</') - 1) }
    : reply;
}

function write(verdict: Said['verdict'], request: InsiRequest, state: InsiState): InsiReply {
  if (verdict.kind === 'fault') return faultReply(verdict.fault, request.messageId, state);
  const { settings, calls } = state;
  const { operation, messageId } = request;
  const dress = dressOf(calls.turn(), settings.profile.publishedShapeOnly);
  const body =
    verdict.kind === 'search'
      ? writeSearchAnswer({ operation, messageId, ...verdict }, dress)
      : writeVerificationAnswer({ operation, messageId, results: verdict.results }, settings.vocabulary, dress);
  return { status: 200, contentType: SOAP, body };
}

function faultReply(fault: InsiFault, messageId: string | undefined, { settings, calls }: InsiState): InsiReply {
  const dress = dressOf(calls.turn(), settings.profile.publishedShapeOnly);
  return { status: 500, contentType: SOAP, body: writeFault(fault, messageId, dress) };
}
