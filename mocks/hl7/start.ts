import { createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { frameMllp, mllpReader, type Hl7Fault } from '#formats/hl7v2/index.ts';
import { listen, readPeer, shut } from '../network/index.ts';
import type { Hl7Addresses, HostPort, RunningService, ServiceContext } from '../types.ts';
import { createAttributions } from './attribution.ts';
import { writeBusinessAck, type BusinessAckOrder } from './business-ack.ts';
import type { FeedOrder } from './feed-types.ts';
import { writeFeed } from './make-feed.ts';
import { createMemory } from './memory.ts';
import { createShelf } from './shelf.ts';
import { newControlId, receive, type Receiving, type Reception } from './receive.ts';
import { sendHl7, type Hl7Sent, type SendOptions } from './send.ts';
import { checkHl7Situation, HL7_SITUATIONS } from './situations.ts';

export interface Hl7Options {
  /** Largest message in bytes; 32 MiB when absent. */
  readonly maxBytes?: number;
}

/** The HL7 v2 partner of the product: it receives, and it sends. */
export interface Hl7Service extends RunningService<Hl7Addresses> {
  /**
   * Sends a message to the product and waits for its acknowledgement; see `Hl7Sent` for what may come of it.
   * @param address what the gesture `receiveIdentityFeed` gave
   */
  send(address: HostPort, message: Uint8Array | string, options?: SendOptions): Promise<Hl7Sent>;
  /** Writes an identity message of a partner, ready to be sent; see `writeFeed`. */
  makeFeed(order: FeedOrder): Uint8Array;
  /** Writes what a platform tells of a document that it was given, ready to be sent; see `writeBusinessAck`. */
  makeBusinessAck(order: BusinessAckOrder): Uint8Array;
}

/** A started message that never ends holds the connection this long, no more. */
const STALLED_MS = 60_000;
const MAX_CONNECTIONS = 256;

/** What a conversation needs: what the receiver reaches, and where it is written. */
type Conversing = Receiving & Pick<ServiceContext, 'journal'>;

/**
 * Starts the HL7 v2 partner (the DPI or the platform behind the laboratory, and the identity repositories around it):
 * MLLP on plain TCP, one technical acknowledgement a message. `received` and `sent` of the journal are the messages
 * without their framing.
 * Source: protocols.md §7.1, §7.5.
 * @throws {BenchError} `PORT_IN_USE`, `PORT_FORBIDDEN`, `LISTEN_FAILED`
 */
export async function startHl7(context: ServiceContext, options: Hl7Options = {}): Promise<Hl7Service> {
  context.situations.announce('hl7', HL7_SITUATIONS, checkHl7Situation);
  const { journal, situations, profile, now, uuid } = context;
  const attributions = createAttributions(context.population);
  const memory = createMemory();
  const shelf = createShelf();
  const desk = { population: context.population, shelf };
  const receiving: Conversing = { journal, situations, profile, now, uuid, attributions, memory, desk };
  const sockets = new Set<Socket>();
  const closing = new AbortController();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    converse(socket, receiving, options, closing.signal);
  });
  server.maxConnections = MAX_CONNECTIONS;
  const port = await listen(server, 'hl7', context.host, context.port('hl7'));
  return {
    addresses: { mllp: { host: context.host, port } },
    send: (address, message, sending = {}) =>
      sendHl7(address, message, sending, { journal, now, uuid, attributions, closing: closing.signal }),
    makeFeed: (order) => writeFeed(order, { at: now(), controlId: order.overrides?.controlId ?? newControlId(uuid) }),
    makeBusinessAck: (order) => writeBusinessAck(order, { at: now(), controlId: newControlId(uuid) }),
    reset: () => {
      attributions.forget();
      memory.forget();
      shelf.forget();
    },
    close: () => {
      closing.abort();
      return shut(server, () => {
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}

function converse(socket: Socket, context: Conversing, options: Hl7Options, closing: AbortSignal): void {
  const reader = mllpReader(options.maxBytes);
  const peer = readPeer(socket);
  // Messages of one connection are answered in their order, even when one of them must wait.
  let queue = Promise.resolve();
  const note = (reception: Reception, received: Uint8Array, started: Date, tick: number) => {
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
  };
  const noteFault = (fault: Hl7Fault, received: Uint8Array) => {
    const reception = { operation: 'mllp-illisible', expected: false, attribution: {}, delayMs: 0, cut: true };
    note({ ...reception, outcome: `refusé : ${fault.message}` }, received, context.now(), performance.now());
  };
  const answer = async (raw: Uint8Array) => {
    const started = context.now();
    const tick = performance.now();
    const reception = receive(raw, context);
    if (reception.delayMs > 0) await wait(reception.delayMs, undefined, { signal: closing });
    note(reception, raw, started, tick);
    if (reception.cut) socket.destroy();
    else if (reception.ack !== undefined && socket.writable) socket.write(frameMllp(reception.ack));
  };
  socket.on('data', (chunk: Buffer) => {
    const { messages, fault } = reader.push(chunk);
    for (const raw of messages) queue = queue.then(() => answer(raw)).catch(() => void socket.destroy());
    socket.setTimeout(reader.pending ? STALLED_MS : 0);
    if (fault === undefined) return;
    // Whatever comes next cannot be told apart: what was whole is answered, then the connection closes.
    const rest = messages.length === 0 ? new Uint8Array(chunk.subarray(0, 4096)) : new Uint8Array();
    const refuse = () => {
      if (!socket.destroyed) noteFault(fault, rest);
      socket.destroy();
    };
    queue = queue.then(refuse);
  });
  socket.on('timeout', () => {
    noteFault({ code: 'MLLP_FRAMING', message: 'Un message commencé n’a jamais été terminé.' }, new Uint8Array());
    socket.destroy();
  });
}
