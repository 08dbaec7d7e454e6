import { buildAck, readHl7, type Hl7Fault, type Hl7Message } from '#formats/hl7v2/index.ts';
import type { Attribution } from '#formats/exchange/index.ts';
import type { ServiceContext } from '../types.ts';
import { attributionOf } from './attribution.ts';
import { isKnown, judgeHeader } from './judge.ts';
import { forcedRefusal } from './situations.ts';

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

type Needs = Pick<ServiceContext, 'population' | 'situations' | 'profile' | 'now' | 'uuid'>;

/** Judges one message (bytes without MLLP framing) and prepares its technical acknowledgement. */
export function receive(raw: Uint8Array, context: Needs): Reception {
  const reading = readHl7(raw);
  if (!reading.ok) return unreadable(reading.fault, context);
  const { message } = reading;
  const attribution = attributionOf(message, context.population);
  const situation = context.situations.take('hl7', attribution.patient);
  const judgement = forcedRefusal(situation?.situation) ?? judgeHeader(message, context.profile);
  const base = {
    operation: [message.type.code, message.type.event].filter((part) => part !== '').join('^') || 'hl7',
    expected: isKnown(message),
    attribution,
    delayMs: 0,
    cut: false,
  };
  switch (situation?.situation) {
    case 'sans-accuse':
      return { ...base, outcome: 'aucun acquittement (situation demandée au banc)' };
    case 'coupure':
      return { ...base, outcome: 'connexion coupée sans acquittement (situation demandée au banc)', cut: true };
    default: {
      const ack = acknowledge(message, judgement, context);
      if (situation?.situation !== 'accuse-tardif') return { ...base, ack, outcome: judgement.outcome };
      const delayMs = Number(situation.parameters?.['delayMs'] ?? 10_000);
      return { ...base, ack, delayMs, outcome: `${judgement.outcome}, ${delayMs} ms plus tard (situation demandée)` };
    }
  }
}

/** A header that cannot be read is rejected: nothing of it can be echoed, MSA-2 stays empty. */
function unreadable(fault: Hl7Fault, context: Needs): Reception {
  const base = { operation: 'hl7-illisible', expected: false, attribution: {}, delayMs: 0, cut: false };
  const blank = readHl7(new TextEncoder().encode('MSH|^~\\&|||||||||P|2.5|||||FRA|UNICODE UTF-8\r'));
  const outcome = `acquitté AR : ${fault.message}`;
  if (!blank.ok) return { ...base, outcome };
  const code = fault.code === 'HL7_NO_MSH' ? '100' : '102';
  const text = fault.code === 'HL7_NO_MSH' ? 'Segment sequence error' : 'Data type error';
  return {
    ...base,
    outcome,
    ack: acknowledge(blank.message, { code: 'AR', error: { code, text, location: 'MSH^1' } }, context),
  };
}

function acknowledge(
  message: Hl7Message,
  judgement: Pick<Parameters<typeof buildAck>[1], 'code' | 'error'>,
  context: Pick<Needs, 'now' | 'uuid'>,
): Uint8Array {
  return buildAck(message, {
    code: judgement.code,
    // MSH-10 holds twenty characters in HL7 v2.5.
    controlId: context.uuid().replaceAll('-', '').slice(0, 20),
    at: context.now(),
    ...(judgement.error === undefined ? {} : { error: judgement.error }),
  });
}
