import type { Attribution } from '#formats/exchange/index.ts';
import { buildAck, readHl7, readHl7Header, type Hl7Fault, type Hl7Message } from '#formats/hl7v2/index.ts';
import type { Situation } from '../situations/types.ts';
import type { ServiceContext } from '../types.ts';
import type { Attributions } from './attribution.ts';
import { isAboutDocuments } from './about-documents.ts';
import { ackError, type Judgement } from './errors.ts';
import { isKnown, judge, refused } from './judge.ts';
import { judgeDocuments, type DocumentDesk } from './judge-documents.ts';
import type { MessageMemory } from './memory.ts';
import { delayOf, forcedRefusal, playableOn, playedAs } from './situations.ts';

/** What the receiver does with a message: acknowledgement without framing, and how it leaves. */
export interface Reception {
  readonly operation: string;
  readonly expected: boolean;
  readonly attribution: Attribution;
  readonly outcome: string;
  /** Absent: no answer is sent. */
  readonly ack?: Uint8Array;
  readonly delayMs: number;
  /** The connection closes instead of, or after, the answer. */
  readonly cut: boolean;
}

/** What the receiver reaches: services of the bench, and what it remembers. */
export type Receiving = Pick<ServiceContext, 'situations' | 'profile' | 'now' | 'uuid'> & {
  readonly attributions: Attributions;
  readonly memory: MessageMemory;
  /** What documents are judged by. */
  readonly desk: DocumentDesk;
};

/** Name of a message in the journal. */
export function operationOf({ type }: Hl7Message): string {
  return (
    [type.code, type.event]
      .filter((part) => part !== '')
      .join('^')
      .slice(0, 40) || 'hl7'
  );
}

/** Judges one message (bytes without MLLP framing) and prepares its technical acknowledgement. Never throws. */
export function receive(raw: Uint8Array, context: Receiving): Reception {
  const reading = readHl7(raw);
  if (!reading.ok) return unreadable(raw, reading.fault, context);
  const { message } = reading;
  const attribution = context.attributions.of(message);
  const base = {
    operation: operationOf(message),
    expected: isKnown(message),
    attribution,
    delayMs: 0,
    cut: false,
  };
  const playable = playableOn(isAboutDocuments(message));
  const situation = playedAs(context.situations.take('hl7', attribution.patient, playable));
  switch (situation?.situation) {
    case 'sans-accuse':
      return { ...base, outcome: 'aucun acquittement (situation demandée au banc)' };
    case 'coupure':
      return { ...base, outcome: 'connexion coupée sans acquittement (situation demandée au banc)', cut: true };
    case 'accuse-illisible':
      return {
        ...base,
        outcome: 'répondu autre chose qu’un acquittement (situation demandée au banc)',
        ack: new TextEncoder().encode('<html><body>Service indisponible</body></html>'),
      };
    default:
      return { ...base, ...answer(message, situation, context) };
  }
}

function answer(
  message: Hl7Message,
  situation: Situation | undefined,
  context: Receiving,
): Pick<Reception, 'outcome' | 'ack' | 'delayMs'> {
  const { code, error, outcome } = forcedRefusal(situation?.situation) ?? plainJudgement(message, context);
  const wrong = situation?.situation === 'msa2-faux';
  const late = situation?.situation === 'accuse-tardif' ? delayOf(situation) : 0;
  const ack = acknowledge(message, { code, ...(error === undefined ? {} : { error }) }, context, wrong);
  const played = wrong ? ' d’un autre message (MSA-2 faux, situation demandée au banc)' : '';
  const when = situation?.situation === 'accuse-tardif' ? `, ${late} ms plus tard (situation demandée)` : '';
  return { ack, delayMs: late, outcome: `${outcome}${played}${when}` };
}

/** A message that comes again gets the answer of the first time; nothing of a scripted answer is remembered. */
function plainJudgement(message: Hl7Message, { memory, profile, desk }: Receiving): Judgement {
  const past = memory.recall(message);
  if (past.kind === 'again') {
    return { ...past.judgement, outcome: `${past.judgement.outcome}, comme la première fois (MSH-10 déjà reçu)` };
  }
  if (past.kind === 'reused' && profile !== 'lenient') {
    return refused('205', 'MSH^1^10', 'MSH-10 déjà employé par un message d’un autre contenu');
  }
  const first = judge(message, profile);
  const about = first.code === 'AA' && isAboutDocuments(message);
  // The lenient partner files whatever it can read.
  const judgement = (about && profile !== 'lenient' ? judgeDocuments(message, desk) : undefined) ?? first;
  if (about && judgement.code === 'AA') desk.shelf.take(message);
  memory.keep(message, judgement);
  return judgement;
}

function unreadable(raw: Uint8Array, fault: Hl7Fault, context: Receiving): Reception {
  const base = { operation: 'hl7-illisible', expected: false, attribution: {}, delayMs: 0, cut: false };
  const judgement = judgeUnread(fault);
  // Nothing can be echoed of a header that cannot be read: MSA-2 stays empty.
  const message = readHl7Header(raw) ?? readHl7Header(BLANK);
  const outcome = `acquitté ${judgement.code} : ${fault.message}`;
  return { ...base, outcome, ...(message === undefined ? {} : { ack: acknowledge(message, judgement, context) }) };
}

const BLANK = new TextEncoder().encode('MSH|^~\\&|||||||||P|2.5|||||FRA|UNICODE UTF-8\r');

/** AR when the header or the framing is at fault, AE when a segment is (HL7 v2.5 §2.9.2). */
function judgeUnread({ code }: Hl7Fault): Pick<Judgement, 'code' | 'error'> {
  switch (code) {
    case 'HL7_BAD_SEGMENT':
      return { code: 'AE', error: ackError('100', '') };
    case 'HL7_NO_MSH':
    case 'MLLP_FRAMING':
      return { code: 'AR', error: ackError('100', 'MSH^1') };
    case 'HL7_TOO_LARGE':
      return { code: 'AR', error: ackError('207', 'MSH^1') };
    case 'HL7_ENCODING':
      return { code: 'AR', error: ackError('102', 'MSH^1^18') };
    case 'HL7_DELIMITERS':
      return { code: 'AR', error: ackError('102', 'MSH^1^2') };
  }
}

/**
 * The acknowledgement of a message of which only the beginning is known.
 * @returns undefined when its header cannot be read: there is nobody to answer
 */
export function refuseUnread(begun: Uint8Array, fault: Hl7Fault, context: Receiving): Uint8Array | undefined {
  const header = readHl7Header(begun);
  return header === undefined ? undefined : acknowledge(header, judgeUnread(fault), context);
}

function acknowledge(
  message: Hl7Message,
  { code, error }: Pick<Judgement, 'code' | 'error'>,
  { now, uuid }: Pick<Receiving, 'now' | 'uuid'>,
  wrongMessage = false,
): Uint8Array {
  const parts = { code, controlId: newControlId(uuid), at: now(), ...(error === undefined ? {} : { error }) };
  return buildAck(wrongMessage ? { ...message, controlId: newControlId(uuid) } : message, parts);
}

/** MSH-10 holds twenty characters in HL7 v2.5. */
export function newControlId(uuid: () => string): string {
  return uuid().replaceAll('-', '').slice(0, 20);
}
