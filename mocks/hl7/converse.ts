import { once } from 'node:events';
import type { DropArgument, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Peer } from '#formats/exchange/index.ts';
import { frameMllp, mllpReader, type Hl7Fault } from '#formats/hl7v2/index.ts';
import { readPeer } from '../network/index.ts';
import type { ServiceContext } from '../types.ts';
import { refuseUnread, receive, type Receiving, type Reception } from './receive.ts';

/** A started message that never ends, or an answer that nobody reads, holds the connection this long, no more. */
const STALLED_MS = 60_000;
/** How long a sender that is refused may go on before it reads why. */
const GRACE_MS = 5_000;
/** Messages that have begun, on all the connections together. */
const MAX_HELD_BYTES = 256 * 1024 * 1024;
const SHOWN_BYTES = 4096;

/** What a conversation needs: what the receiver reaches, where it is written, and what all of them hold together. */
export type Conversing = Receiving &
  Pick<ServiceContext, 'journal'> & {
    /** Bytes of the messages that have begun. */
    readonly held: { bytes: number };
  };

/** Bounds of a conversation; see `Hl7Options`. */
export interface ConversationLimits {
  readonly maxBytes?: number;
  readonly stalledMs?: number;
  readonly maxHeldBytes?: number;
}

interface Told {
  readonly reception: Reception;
  readonly received: Uint8Array;
  readonly started: Date;
  readonly tick: number;
}

/**
 * Holds one MLLP connection: each message is judged and answered in its order before more is read, so that a sender that
 * does not wait is held back. What breaks the framing, is too large or never ends is journaled, answered by AR or AE when its
 * MSH can be read, then the connection closes; the others go on. Never throws.
 */
export async function converse(
  socket: Socket,
  context: Conversing,
  limits: ConversationLimits,
  closing: AbortSignal,
): Promise<void> {
  const { held } = context;
  const stalledMs = limits.stalledMs ?? STALLED_MS;
  const reader = mllpReader(limits.maxBytes);
  const peer = readPeer(socket);
  let ours = 0;
  /** Set when we are the ones who end the conversation. */
  let over = false;
  const count = (bytes: number): void => {
    held.bytes += bytes - ours;
    ours = bytes;
  };
  const write = async (ack: Uint8Array): Promise<void> => {
    if (!socket.writable || socket.write(frameMllp(ack))) return;
    socket.setTimeout(stalledMs);
    const end = new AbortController();
    await Promise.race([once(socket, 'drain', end), once(socket, 'close', end)]).finally(() => end.abort());
  };
  const answer = async (raw: Uint8Array): Promise<void> => {
    if (over) return;
    const started = context.now();
    const tick = performance.now();
    const reception = receive(raw, context);
    if (reception.delayMs > 0) await wait(reception.delayMs, undefined, { signal: closing });
    note(context, peer, { reception, received: raw, started, tick });
    if (reception.cut) {
      over = true;
      socket.destroy();
    } else if (reception.ack !== undefined) await write(reception.ack);
  };
  const refuse = (fault: Hl7Fault, received: Uint8Array): void => {
    over = true;
    const ack = refuseUnread(received, fault, context);
    const reception = { ...UNREAD, outcome: `refusé : ${fault.message}`, ...(ack === undefined ? {} : { ack }) };
    note(context, peer, { reception, received, started: context.now(), tick: performance.now() });
    if (ack === undefined || !socket.writable) return void socket.destroy();
    socket.end(frameMllp(ack));
    // Closing on unread bytes would reset the connection, and the answer with it: what still comes is read and dropped.
    const grace = setTimeout(() => socket.destroy(), GRACE_MS);
    socket.once('close', () => clearTimeout(grace));
  };
  socket.on('timeout', () => {
    if (reader.pending && !over) refuse(UNFINISHED, reader.begun);
    else socket.destroy();
  });
  try {
    for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (over) continue;
      socket.setTimeout(0);
      const { messages, fault, givenUp, sound } = reader.push(chunk);
      count(reader.held);
      for (const raw of messages.slice(0, sound)) await answer(raw);
      if (over) continue;
      // Whatever comes next cannot be told apart: what was whole is answered, then the connection closes.
      if (fault !== undefined) refuse(fault, givenUp ?? copyOf(chunk));
      else if (held.bytes > (limits.maxHeldBytes ?? MAX_HELD_BYTES)) refuse(TOO_MUCH, reader.begun);
      else socket.setTimeout(reader.pending ? stalledMs : 0);
      if (over) count(0);
    }
    if (reader.pending && !over) refuse(UNFINISHED, reader.begun);
    else socket.end();
  } catch {
    // Cut by the sender, or by the bench that closes.
    if (reader.pending && !over && !closing.aborted) refuse(UNFINISHED, reader.begun);
    socket.destroy();
  } finally {
    count(0);
  }
}

/** Connections above the limit are closed at once: whoever opens one a message and closes none is told so. */
export function journalDrop({ remoteAddress, remotePort }: DropArgument, context: Conversing): void {
  const outcome = 'connexion refusée : trop de connexions MLLP ouvertes à la fois (le produit les ferme-t-il ?)';
  const peer = { address: remoteAddress ?? '', port: remotePort ?? 0 };
  const reception = { ...UNREAD, outcome };
  note(context, peer, { reception, received: new Uint8Array(), started: context.now(), tick: performance.now() });
}

const UNREAD = { operation: 'mllp-illisible', expected: false, attribution: {}, delayMs: 0, cut: true } as const;

const UNFINISHED: Hl7Fault = {
  code: 'MLLP_FRAMING',
  message: 'Un message commencé n’a jamais été terminé : <FS><CR> manque.',
};

const TOO_MUCH: Hl7Fault = {
  code: 'HL7_TOO_LARGE',
  message: 'Trop de messages commencés à la fois sur toutes les connexions.',
};

/** Only what is shown: the chunk itself may be large. */
function copyOf(chunk: Buffer): Uint8Array {
  return new Uint8Array(chunk.subarray(0, SHOWN_BYTES));
}

function note(context: Conversing, peer: Peer, { reception, received, started, tick }: Told): void {
  context.journal.record({
    id: context.uuid(),
    protocol: 'mllp',
    direction: 'incoming',
    service: 'hl7',
    startedAt: started.toISOString(),
    durationMs: Math.round(performance.now() - tick),
    peer,
    operation: reception.operation,
    attribution: reception.attribution,
    expected: reception.expected,
    outcome: reception.outcome,
    received,
    sent: reception.ack ?? new Uint8Array(),
  });
}
