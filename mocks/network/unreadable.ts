import { type DropArgument, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ServiceContext } from '../types.ts';
import { readPeer } from './tls-peer.ts';
import type { HttpAnswering } from './serve-http.ts';
import { textResponse } from './wire-response.ts';

type ClientError = Error & { readonly code?: string; readonly rawPacket?: Buffer };

/** How long, and for how many bytes, what a refused client still sends is read: closing on it would lose it the answer. */
const LINGER_MS = 5_000;
const LINGER_BYTES = 8 * 1024 * 1024;
/** Connections whose refusal is written: whatever they still send comes here again, as another error. */
const refused = new WeakMap<Duplex, { bytes: number }>();

/** Largest header block of a request, start line included. */
export const MAX_HEADERS = 64 * 1024;

/** What Node could not read as HTTP: journaled with its bytes, then refused by the usual status. */
export function recordUnreadable(
  error: ClientError,
  socket: Duplex,
  answering: Pick<HttpAnswering, 'service' | 'scheme'>,
  context: Pick<ServiceContext, 'journal' | 'now' | 'uuid'>,
): void {
  const lingering = refused.get(socket);
  if (lingering !== undefined) {
    lingering.bytes += error.rawPacket?.length ?? 0;
    if (error.code === 'ECONNRESET' || lingering.bytes > LINGER_BYTES) socket.destroy();
    return;
  }
  // A connection that died says nothing about what was sent; it is seen where the request was being read.
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  refused.set(socket, { bytes: 0 });
  const [status, text] = judge(error.code);
  const at = context.now();
  const response = textResponse(status, text, at);
  context.journal.record({
    id: context.uuid(),
    protocol: 'http',
    service: answering.service,
    startedAt: at.toISOString(),
    durationMs: 0,
    peer: socket instanceof Socket ? readPeer(socket) : { address: '', port: 0 },
    operation: 'http-illisible',
    attribution: {},
    expected: false,
    outcome: `refusé : ${text.replace(/\.$/, '')} (${error.code ?? error.message})`,
    request: { method: '', url: '', headers: [], body: new Uint8Array(error.rawPacket ?? []) },
    response,
  });
  const head = response.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(
    Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Refused\r\n${head}Connection: close\r\n\r\n`), response.body]),
  );
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  timer.unref();
  socket.once('close', () => clearTimeout(timer));
  socket.resume();
}

/** A connection that the listener did not take: journaled, so that a product that saw it closed finds out why. */
export function recordDrop(
  dropped: DropArgument | undefined,
  most: number,
  answering: Pick<HttpAnswering, 'service'>,
  context: Pick<ServiceContext, 'journal' | 'now' | 'uuid'>,
): void {
  context.journal.record({
    id: context.uuid(),
    protocol: 'http',
    service: answering.service,
    startedAt: context.now().toISOString(),
    durationMs: 0,
    peer: readPeer(dropped ?? {}),
    operation: 'connexion-refusee',
    attribution: {},
    expected: false,
    outcome: `connexion refusée par le banc, le produit n'est pas en cause : ${most} connexions sont déjà ouvertes sur cet écouteur`,
    request: { method: '', url: '', headers: [], body: new Uint8Array() },
  });
}

function judge(code: string | undefined): readonly [status: number, text: string] {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'Requête jamais terminée.'];
  if (code === 'HPE_HEADER_OVERFLOW') {
    return [431, `En-têtes HTTP trop grands : le banc en lit ${MAX_HEADERS} octets au plus. À faire : réduisez-les.`];
  }
  return [400, 'Requête HTTP illisible.'];
}
