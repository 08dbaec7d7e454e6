import { createHash } from 'node:crypto';
import type { FeedOutcome, IdentityFeed } from '../identity/index.ts';
import { newControlId, writeAck } from './ack.ts';
import { isBusinessAck, readBusinessAck, type BusinessAck } from './business-ack.ts';
import { decodeMessage, encodeMessage } from './bytes.ts';
import { readMessage, type Hl7Message } from './message.ts';
import { readConsent, type ToldConsent } from './read-consent.ts';
import { readFeed } from './read-feed.ts';
import { Hl7Refusal, type ReceivedMessage } from './types.ts';

/** How many past messages are remembered, to know one that comes again. */
const KEPT = 2_000;

export interface Receiver {
  /** Answers one message (without framing). Never throws. */
  receive(bytes: Uint8Array): Promise<Uint8Array>;
  list(): readonly ReceivedMessage[];
}

interface Answer {
  refusal: Hl7Refusal | undefined;
  outcome: FeedOutcome | undefined;
}

/**
 * Takes messages one by one: reads the identity, hands it to the identity rules, acknowledges. A message that comes
 * again gets the answer of the first time, without being integrated twice; another content under the same identifier is
 * refused.
 */
export function createReceiver(deps: {
  receiveFeed: (feed: IdentityFeed) => Promise<FeedOutcome>;
  /** What the hospital tells of a document; false when it is none of ours. */
  receiveBusinessAck: (ack: BusinessAck) => boolean;
  /** The choices that came with the identity of this patient. */
  receiveConsent: (patientId: string, told: ToldConsent) => void;
  now: () => Date;
  onError: (error: unknown) => void;
}): Receiver {
  const answers = new Map<string, { content: string; answer: Promise<Answer> }>();
  const received: ReceivedMessage[] = [];

  const integrate = async (message: Hl7Message): Promise<Answer> => {
    try {
      if (isBusinessAck(message)) {
        const known = deps.receiveBusinessAck(readBusinessAck(message));
        const refusal = known ? undefined : new Hl7Refusal('AE', '207', 'OBX^1^4', 'Message acquitté inconnu.');
        return { refusal, outcome: undefined };
      }
      const outcome = await deps.receiveFeed(readFeed(message));
      if (outcome.accepted && outcome.patientId !== undefined) {
        deps.receiveConsent(outcome.patientId, readConsent(message));
      }
      const refusal = outcome.accepted ? undefined : new Hl7Refusal('AE', '207', 'PID', outcome.message);
      return { refusal, outcome };
    } catch (error) {
      if (error instanceof Hl7Refusal) return { refusal: error, outcome: undefined };
      throw error;
    }
  };

  const answerTo = async (message: Hl7Message, key: string, content: string): Promise<Answer & { again: boolean }> => {
    const known = answers.get(key);
    if (known) {
      if (known.content === content) return { ...(await known.answer), again: true };
      const refusal = new Hl7Refusal('AE', '205', 'MSH^1^10', 'Identifiant de message déjà employé.');
      return { refusal, outcome: undefined, again: true };
    }
    const answer = integrate(message);
    answers.set(key, { content, answer });
    const [oldest] = answers.keys();
    if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest);
    try {
      return { ...(await answer), again: false };
    } catch (error) {
      // Ours to repair: the sender may try again.
      answers.delete(key);
      deps.onError(error);
      const refusal = new Hl7Refusal('AE', '207', 'MSH', 'Le logiciel a rencontré une erreur inattendue.');
      return { refusal, outcome: undefined, again: false };
    }
  };

  return {
    async receive(bytes) {
      let message: Hl7Message | undefined;
      let answer: Answer & { again: boolean };
      try {
        message = readMessage(decodeMessage(bytes));
        const [key, content] = fingerprint(message);
        answer = await answerTo(message, key, content);
      } catch (error) {
        const refusal = error instanceof Hl7Refusal ? error : new Hl7Refusal('AR', '207', 'MSH', 'Message illisible.');
        answer = { refusal, outcome: undefined, again: false };
      }
      const { refusal, outcome, again } = answer;
      const header = message?.segment('MSH');
      received.push({
        controlId: header?.text(10).slice(0, 200) ?? '',
        type: [header?.text(9, 1), header?.text(9, 2)].filter(Boolean).join('^').slice(0, 20),
        sender: [header?.text(3), header?.text(4)].filter(Boolean).join(' / ').slice(0, 200),
        ack: refusal?.ack ?? 'AA',
        detail: refusal?.message ?? outcome?.message ?? '',
        again,
        ...(outcome?.patientId !== undefined && { patientId: outcome.patientId }),
        at: deps.now(),
      });
      if (received.length > KEPT) received.shift();
      return encodeMessage(writeAck(message, refusal, newControlId(), deps.now()));
    },
    list: () => [...received],
  };
}

/** Who numbered the message, and what it says apart from its header, whose time changes at each try. */
function fingerprint(message: Hl7Message): [key: string, content: string] {
  const header = message.segment('MSH');
  const key = [3, 4, 10].map((field) => header?.text(field) ?? '').join('|');
  const rest = message.segments.slice(1).map((segment) => segment.raw);
  return [key, createHash('sha256').update(rest.join('\r')).digest('hex')];
}
