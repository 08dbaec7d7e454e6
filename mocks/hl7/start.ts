import { createServer, type Socket } from 'node:net';
import { listen, shut } from '../network/index.ts';
import type { Hl7Addresses, HostPort, RunningService, ServiceContext } from '../types.ts';
import { createAttributions } from './attribution.ts';
import { writeBusinessAck, type BusinessAckOrder } from './business-ack.ts';
import { converse, journalDrop, type Conversing } from './converse.ts';
import type { FeedOrder } from './feed-types.ts';
import { writeFeed } from './make-feed.ts';
import { createMemory } from './memory.ts';
import { createShelf } from './shelf.ts';
import { newControlId } from './receive.ts';
import { sendHl7, type Hl7Sent, type SendOptions } from './send.ts';
import { checkHl7Situation, HL7_SITUATIONS } from './situations.ts';

export interface Hl7Options {
  /** Largest message in bytes; 32 MiB when absent. */
  readonly maxBytes?: number;
  /** Connections at once; 256 when absent. */
  readonly maxConnections?: number;
  /** Messages that have begun, on all the connections together; 256 MiB when absent. */
  readonly maxHeldBytes?: number;
  /** Longest silence in the middle of a message, in milliseconds; a minute when absent. */
  readonly stalledMs?: number;
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

const MAX_CONNECTIONS = 256;

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
  const needs: Conversing = { journal, situations, profile, now, uuid, attributions, memory, desk, held: { bytes: 0 } };
  const sockets = new Set<Socket>();
  const closing = new AbortController();
  // A sender that ends its side after its last message still waits for the answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    void converse(socket, needs, options, closing.signal);
  });
  server.maxConnections = options.maxConnections ?? MAX_CONNECTIONS;
  server.on('drop', (peer) => journalDrop(peer ?? {}, needs));
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
