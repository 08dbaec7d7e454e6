import type { RequestHandler } from 'msw';
import type { Service } from '#formats/exchange/index.ts';
import type { ServiceContext } from '../types.ts';
import { authority, listen, shut } from './listen.ts';
import { serveHttp } from './serve-http.ts';
import { readPeer } from './tls-peer.ts';
import type { Listener } from './types.ts';
import { claimWireSituations } from './wire-situations.ts';

/**
 * Opens a plain HTTP listener (CRL and OCSP are published over HTTP); journaled as `listenHttps` does.
 * @throws {BenchError} `PORT_IN_USE`, `PORT_FORBIDDEN`, `LISTEN_FAILED`
 */
export async function listenHttp(
  definition: { readonly service: Service; readonly listener: string; readonly handlers: readonly RequestHandler[] },
  context: Pick<ServiceContext, 'journal' | 'now' | 'uuid' | 'host' | 'port' | 'situations'>,
): Promise<Listener> {
  const closing = new AbortController();
  let origin = '';
  const server = serveHttp(
    {
      ...definition,
      wireSituations: claimWireSituations(context.situations, definition.service),
      situations: context.situations,
      maxBodyBytes: 1024 * 1024,
      scheme: 'http',
      origin: () => origin,
      peerOf: (request) => readPeer(request.socket),
      closing: closing.signal,
    },
    context,
  );
  const port = await listen(server, definition.listener, context.host, context.port(definition.listener));
  origin = `http://${authority(context.host, port)}`;
  return {
    origin,
    port,
    close: () => {
      closing.abort();
      return shut(server, () => server.closeAllConnections());
    },
  };
}
