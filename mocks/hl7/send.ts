import { connect } from 'node:net';
import type { StreamExchange } from '#formats/exchange/index.ts';
import {
  fieldText,
  frameMllp,
  mllpReader,
  readAck,
  readHl7,
  type Hl7Ack,
  type Hl7Message,
} from '#formats/hl7v2/index.ts';
import { messageOf } from '../errors.ts';
import type { HostPort, ServiceContext } from '../types.ts';
import type { Attributions } from './attribution.ts';
import { operationOf } from './receive.ts';

export interface SendOptions {
  /** Key of the test patient whom the message is about; found in the message when absent. */
  readonly about?: string;
  /** From the connection to the acknowledgement; 10 s when absent. */
  readonly timeoutMs?: number;
}

/** What came of a message. Without `failure`, it is acknowledged, well or badly. */
export interface Hl7Sent {
  /** Absent when no acknowledgement could be read. */
  readonly ack?: Hl7Ack;
  /** Why the product's answer is not the acknowledgement of this message. */
  readonly failure?: {
    readonly code: 'HL7_UNREACHABLE' | 'HL7_TIMEOUT' | 'HL7_CLOSED' | 'HL7_UNREADABLE' | 'HL7_OTHER_MESSAGE';
    /** French sentence. */
    readonly message: string;
  };
  /** As journaled: `direction` `outgoing`, `sent` is the message and `received` the answer, without framing. */
  readonly exchange: StreamExchange;
}

/** An acknowledgement has no reason to be large. */
const MAX_ACK_BYTES = 1024 * 1024;
const USUAL_TIMEOUT_MS = 10_000;

type Needs = Pick<ServiceContext, 'journal' | 'now' | 'uuid'> & {
  readonly attributions: Attributions;
  /** Ends what is under way when the bench closes. */
  readonly closing: AbortSignal;
};

/**
 * Sends one message to the product over MLLP, on a connection of its own, and waits for its acknowledgement. Journaled
 * whatever happens; what the product does wrong is told in the result, never thrown.
 * Source: protocols.md §7.1, §7.5; an acknowledgement names in MSA-2 the MSH-10 of the message (HL7 v2.5 §2.9).
 *
 * @param message bytes or text, without MLLP framing; sent as they are, even when they are no HL7
 */
export async function sendHl7(
  address: HostPort,
  message: Uint8Array | string,
  options: SendOptions,
  needs: Needs,
): Promise<Hl7Sent> {
  const bytes = typeof message === 'string' ? new TextEncoder().encode(message) : message;
  const reading = readHl7(bytes);
  const ours = reading.ok ? reading.message : undefined;
  const startedAt = needs.now().toISOString();
  const tick = performance.now();
  const limit = options.timeoutMs ?? USUAL_TIMEOUT_MS;
  const dialogue = await converse(address, bytes, limit, needs.closing);
  const result = judgeAnswer(dialogue, ours);
  const attribution = ours === undefined ? attributionTo(options.about) : needs.attributions.of(ours, options.about);
  const exchange: StreamExchange = {
    id: needs.uuid(),
    protocol: 'mllp',
    direction: 'outgoing',
    service: 'hl7',
    startedAt,
    durationMs: Math.round(performance.now() - tick),
    peer: { address: address.host, port: address.port },
    operation: ours === undefined ? 'hl7-illisible' : operationOf(ours),
    attribution,
    expected: true,
    outcome: outcomeOf(result),
    received: dialogue.answer ?? dialogue.stray,
    sent: bytes,
  };
  needs.journal.record(exchange);
  return { ...result, exchange };
}

function attributionTo(about: string | undefined): { patient?: string } {
  return about === undefined ? {} : { patient: about };
}

/** What the wire gave: one whole answer, or why there is none. */
interface Dialogue {
  readonly answer?: Uint8Array;
  readonly failure?: NonNullable<Hl7Sent['failure']>;
  /** First bytes of something that is no MLLP block. */
  readonly stray: Uint8Array;
}

function converse(
  { host, port }: HostPort,
  message: Uint8Array,
  timeoutMs: number,
  closing: AbortSignal,
): Promise<Dialogue> {
  return new Promise((resolve) => {
    const reader = mllpReader(MAX_ACK_BYTES);
    const nothing = new Uint8Array();
    const socket = connect({ host, port });
    let connected = false;
    const end = (dialogue: Dialogue): void => {
      clearTimeout(timer);
      closing.removeEventListener('abort', stop);
      socket.destroy();
      resolve(dialogue);
    };
    const fail = (code: NonNullable<Hl7Sent['failure']>['code'], text: string, stray: Uint8Array = nothing): void =>
      end({ failure: { code, message: text }, stray });
    const stop = (): void => fail('HL7_CLOSED', 'Le banc s’est arrêté avant l’acquittement.');
    const unended = (): void =>
      fail(
        'HL7_UNREADABLE',
        'La réponse du produit n’est jamais terminée : la fin de bloc MLLP (<FS><CR>) manque.',
        reader.begun,
      );
    const timer = setTimeout(() => {
      if (reader.pending) unended();
      else if (connected) fail('HL7_TIMEOUT', `Le produit n’a pas acquitté le message en ${timeoutMs} ms.`);
      else
        fail('HL7_UNREACHABLE', `Le produit n’a pas accepté la connexion MLLP (${host}:${port}) en ${timeoutMs} ms.`);
    }, timeoutMs);
    if (closing.aborted) return stop();
    closing.addEventListener('abort', stop);
    socket.on('connect', () => {
      connected = true;
      socket.write(frameMllp(message));
    });
    socket.on('error', (error) => {
      if (connected) fail('HL7_CLOSED', `Le produit a coupé la connexion avant d’acquitter : ${messageOf(error)}.`);
      else fail('HL7_UNREACHABLE', `Le produit est injoignable en MLLP (${host}:${port}) : ${messageOf(error)}.`);
    });
    socket.on('close', () =>
      reader.pending ? unended() : fail('HL7_CLOSED', 'Le produit a fermé la connexion avant d’acquitter.'),
    );
    socket.on('data', (chunk: Buffer) => {
      const { messages, fault } = reader.push(chunk);
      const [answer] = messages;
      if (answer !== undefined) end({ answer, stray: nothing });
      else if (fault !== undefined) {
        fail('HL7_UNREADABLE', `La réponse du produit est illisible : ${fault.message}`, chunk.subarray(0, 4096));
      }
    });
  });
}

function judgeAnswer({ answer, failure }: Dialogue, ours: Hl7Message | undefined): Omit<Hl7Sent, 'exchange'> {
  if (answer === undefined) return failure === undefined ? {} : { failure };
  const reading = readHl7(answer, MAX_ACK_BYTES);
  const unreadable = (why: string): Omit<Hl7Sent, 'exchange'> => ({
    failure: { code: 'HL7_UNREADABLE', message: `L’acquittement du produit est illisible : ${why}` },
  });
  if (!reading.ok) return unreadable(reading.fault.message);
  const ack = readAck(reading.message);
  if (ack === undefined) return unreadable('il n’a pas de segment MSA.');
  if (ours === undefined || ack.controlId === controlIdOf(ours)) return { ack };
  const [wanted, received] = [controlIdOf(ours), ack.controlId].map((id) => id.slice(0, 40));
  return {
    ack,
    failure: {
      code: 'HL7_OTHER_MESSAGE',
      message: `L’acquittement nomme un autre message (MSA-2 « ${received} », attendu « ${wanted} »).`,
    },
  };
}

/** Unescaped, as that of an acknowledgement is. */
function controlIdOf(message: Hl7Message): string {
  return fieldText(message, message.segments[0], 10);
}

function outcomeOf({ ack, failure }: Omit<Hl7Sent, 'exchange'>): string {
  const error = ack?.error === undefined ? '' : ` ${ack.error.code}`;
  const said = ack === undefined ? 'envoyé par le banc' : `envoyé par le banc, acquitté ${ack.code}${error}`;
  return failure === undefined ? said : `${said} ; ${failure.message}`;
}
