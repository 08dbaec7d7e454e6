import type { Socket } from 'node:net';
import type { Peer } from '#formats/exchange/index.ts';
import type { ServiceContext } from '../types.ts';
import { createTlsAcceptor } from './accept-tls.ts';
import { authority, listen, shut } from './listen.ts';
import { serveHttp } from './serve-http.ts';
import { readPeer } from './tls-peer.ts';
import { acceptedUnder } from './tls-situation-outcome.ts';
import { announceTls } from './tls-situations.ts';
import type { HttpServiceDefinition, Listener } from './types.ts';
import { claimWireSituations } from './wire-situations.ts';

/**
 * Opens an HTTPS listener of a mock: msw handlers behind a real TLS socket, every exchange and every failed handshake
 * journaled raw. Handlers may use paths (`/lps`), `*` patterns or whole URLs; they reach the raw exchange, the peer and
 * its certificate through `currentExchange()`.
 *
 * @throws {BenchError} `PORT_IN_USE`, `PORT_FORBIDDEN`, `LISTEN_FAILED`
 */
export async function listenHttps(definition: HttpServiceDefinition, context: ServiceContext): Promise<Listener> {
  announceTls(context.situations, definition.service, definition.listener);
  const peers = new WeakMap<object, Peer>();
  const situations = new WeakMap<object, string>();
  const used = new WeakSet();
  const closing = new AbortController();
  const sockets = new Set<Socket>();
  let origin = '';
  const server = serveHttp(
    {
      service: definition.service,
      handlers: definition.handlers,
      ...(definition.maxBodyBytes === undefined ? {} : { maxBodyBytes: definition.maxBodyBytes }),
      ...(definition.tooLarge === undefined ? {} : { tooLarge: definition.tooLarge }),
      ...(definition.expected === undefined ? {} : { expected: definition.expected }),
      listener: definition.listener,
      wireSituations: claimWireSituations(context.situations, definition.service),
      situations: context.situations,
      scheme: 'https',
      origin: () => origin,
      peerOf: (request) => peers.get(request.socket) ?? readPeer(request.socket),
      noteOf: (request) => {
        const situation = situations.get(request.socket);
        return situation === undefined ? undefined : acceptedUnder(situation);
      },
      closing: closing.signal,
    },
    context,
  );
  // The HTTP server keeps its own accounting of connections and timeouts; only the step before it is ours: raw socket
  // in, secured socket out.
  const serve = server.listeners('connection');
  server.removeAllListeners('connection');
  server.prependListener('request', ({ socket }) => void used.add(socket));
  server.prependListener('clientError', (error: NodeJS.ErrnoException, socket) => {
    // A client that resets right after the handshake asked for nothing: its refusal is told.
    if (error.code !== 'ECONNRESET') used.add(socket);
  });
  const accept = createTlsAcceptor(definition, context);
  server.on('connection', (raw) => {
    sockets.add(raw);
    raw.once('close', () => sockets.delete(raw));
    accept(raw, (socket, peer, played) => {
      peers.set(socket, peer);
      if (played !== undefined) {
        situations.set(socket, played.situation);
        socket.once('close', () => {
          if (!used.has(socket) && !closing.signal.aborted) played.unused();
        });
      }
      for (const listener of serve) listener.call(server, socket);
    });
  });
  const port = await listen(server, definition.listener, context.host, context.port(definition.listener));
  origin = `https://${authority(context.host, port)}`;
  return {
    origin,
    port,
    close: () => {
      closing.abort();
      return shut(server, () => {
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}
