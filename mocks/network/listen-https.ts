import type { Socket } from 'node:net';
import type { Peer } from '#formats/exchange/index.ts';
import type { ServiceContext } from '../types.ts';
import { createTlsAcceptor } from './accept-tls.ts';
import { authority, listen, shut } from './listen.ts';
import { serveHttp } from './serve-http.ts';
import { readPeer } from './tls-peer.ts';
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
  announceTls(context.situations, definition.service);
  const peers = new WeakMap<object, Peer>();
  const closing = new AbortController();
  const sockets = new Set<Socket>();
  let origin = '';
  const server = serveHttp(
    {
      service: definition.service,
      handlers: definition.handlers,
      ...(definition.maxBodyBytes === undefined ? {} : { maxBodyBytes: definition.maxBodyBytes }),
      ...(definition.expected === undefined ? {} : { expected: definition.expected }),
      listener: definition.listener,
      wireSituations: claimWireSituations(context.situations, definition.service),
      situations: context.situations,
      scheme: 'https',
      origin: () => origin,
      peerOf: (request) => peers.get(request.socket) ?? readPeer(request.socket),
      closing: closing.signal,
    },
    context,
  );
  // The HTTP server keeps its own accounting of connections and timeouts; only the step before it is ours: raw socket
  // in, secured socket out.
  const serve = server.listeners('connection');
  server.removeAllListeners('connection');
  const accept = createTlsAcceptor(definition, context);
  server.on('connection', (raw) => {
    sockets.add(raw);
    raw.once('close', () => sockets.delete(raw));
    accept(raw, (socket, peer) => {
      peers.set(socket, peer);
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
