import type { Schedule } from '../outbox/index.ts';
import { readAck, type Ack } from './ack.ts';
import { encodeMessage } from './bytes.ts';
import { exchangeMllp, MllpError } from './mllp.ts';
import type { SentMessage } from './types.ts';

export interface Sender {
  /** Puts a message in the queue and tries it once its turn comes. Never throws. */
  post(message: MessageToSend): Promise<SentMessage>;
  /** A new try now, asked by the user; the same identifier goes again. */
  retry(controlId: string): Promise<SentMessage | undefined>;
  list(): readonly SentMessage[];
  /** Cuts what is under way; no new try starts afterwards. */
  stop(): Promise<void>;
}

export interface MessageToSend {
  controlId: string;
  patientId: string;
  type: string;
  user: string;
  carriesIns: boolean;
  text: string;
  /** It stands whatever is sent afterwards about the same person: a document, not an identity. */
  lasting?: boolean;
}

interface Item {
  sent: SentMessage;
  text: string;
  lasting: boolean;
  /** Its place among the messages about one person. */
  rank: number;
}

const DEFAULT_DELAYS_MS = [5_000, 30_000, 120_000];
const KEPT = 2_000;
const ANY_ANSWER: Ack = { code: 'AA', detail: '' };

/**
 * Our messages to the partner, one at a time and in order. What is not acknowledged, or is with AE, is tried again later
 * with the same identifier; AR waits for a person. A message that waits is given up when a newer one about the same
 * person got through: an old identity must not come back over a new one.
 */
export function createSender(deps: {
  partner: { host: string; port: number };
  /** As shown in the traces. */
  partnerName: string;
  timeoutMs: number;
  /** Waits before each new try; none when it is empty. */
  delaysMs: () => readonly number[] | undefined;
  /** Only with a fault: what leaves at a new try. */
  again?: (text: string, controlId: string) => string;
  /** Only with a fault: any answer is an acknowledgement. */
  trusting?: () => boolean;
  schedule: Schedule;
  now: () => Date;
  /** Told of the end of each try. */
  onResult: (message: SentMessage) => void;
}): Sender {
  const { partner, partnerName, timeoutMs, schedule, now, onResult } = deps;
  const items = new Map<string, Item>();
  const timers = new Set<{ cancel(): void }>();
  const stopping = new AbortController();
  let turn: Promise<unknown> = Promise.resolve();
  let posted = 0;

  const settle = (item: Item, change: Partial<SentMessage>): void => {
    item.sent = { ...item.sent, ...change, at: now() };
    onResult(item.sent);
  };

  const later = (item: Item, detail: string): void => {
    const delay = (deps.delaysMs() ?? DEFAULT_DELAYS_MS)[item.sent.tries - 1];
    if (delay === undefined || stopping.signal.aborted) {
      settle(item, { state: 'en-attente', detail: `${detail} Plus d'essai automatique : à relancer.` });
      return;
    }
    settle(item, { state: 'en-attente', detail });
    const timer = schedule(() => {
      timers.delete(timer);
      void enqueue(item);
    }, delay);
    timers.add(timer);
  };

  const attempt = async (item: Item): Promise<void> => {
    if (stopping.signal.aborted || item.sent.state === 'transmis' || item.sent.state === 'remplace') return;
    const { controlId, patientId } = item.sent;
    const newer = [...items.values()].some(
      (other) =>
        !other.lasting &&
        other.rank > item.rank &&
        other.sent.patientId === patientId &&
        other.sent.state === 'transmis',
    );
    // The removal of an INS is the one message that a newer one does not make useless.
    if (newer && !item.lasting && item.sent.type !== 'ADT^A47') {
      settle(item, { state: 'remplace', detail: 'Un message plus récent sur ce patient a été transmis.' });
      return;
    }
    item.sent = { ...item.sent, tries: item.sent.tries + 1 };
    try {
      const text = item.sent.tries > 1 ? (deps.again?.(item.text, controlId) ?? item.text) : item.text;
      const bytes = await exchangeMllp(partner, encodeMessage(text), timeoutMs, stopping.signal);
      const ack = deps.trusting?.() === true ? ANY_ANSWER : readAck(bytes, controlId);
      if (!ack) later(item, "La réponse du partenaire HL7 n'est pas l'acquittement de ce message.");
      else if (ack.code === 'AA') settle(item, { state: 'transmis', detail: 'Acquitté AA.' });
      else if (ack.code === 'AE') later(item, `Acquitté AE : ${ack.detail}.`);
      else settle(item, { state: 'refuse', detail: `Acquitté AR : ${ack.detail}.` });
    } catch (error) {
      later(item, error instanceof MllpError ? error.message : "L'envoi a échoué sur ce poste.");
    }
  };

  const enqueue = (item: Item): Promise<void> => {
    const mine = turn.then(() => attempt(item));
    turn = mine;
    return mine;
  };

  return {
    async post({ text, lasting = false, ...message }) {
      posted += 1;
      const item: Item = {
        sent: { ...message, partner: partnerName, state: 'en-attente', detail: '', tries: 0, at: now() },
        text,
        lasting,
        rank: posted,
      };
      // Two messages under one identifier are one too many; both are kept all the same.
      items.set(items.has(message.controlId) ? `${message.controlId} (${posted})` : message.controlId, item);
      const [oldest] = items.keys();
      if (items.size > KEPT && oldest !== undefined) items.delete(oldest);
      await enqueue(item);
      return item.sent;
    },
    async retry(controlId) {
      const item = items.get(controlId);
      if (item) await enqueue(item);
      return item?.sent;
    },
    list: () => [...items.values()].map((item) => item.sent),
    async stop() {
      stopping.abort();
      for (const timer of timers) timer.cancel();
      await turn;
    },
  };
}
