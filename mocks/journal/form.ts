import { readFileSync } from 'node:fs';
import type { Exchange, TlsPeer } from '#formats/exchange/index.ts';

/** Bodies of an exchange by the name of their file. */
export function bodies(exchange: Exchange): Readonly<Record<string, Uint8Array>> {
  switch (exchange.protocol) {
    case 'http':
      return {
        request: exchange.request.body,
        ...(exchange.response === undefined ? {} : { response: exchange.response.body }),
      };
    case 'smtp':
      return { source: exchange.source };
    case 'imap':
    case 'mllp':
      return { received: exchange.received, sent: exchange.sent };
    case 'tls':
      return {};
  }
}

/** The exchange with each body replaced by the name of its file, and the peer certificate in base64. */
export function describe(exchange: Exchange, files: Readonly<Record<string, string>>): unknown {
  const peer =
    exchange.peer.tls === undefined ? exchange.peer : { ...exchange.peer, tls: describePeer(exchange.peer.tls) };
  switch (exchange.protocol) {
    case 'http':
      return {
        ...exchange,
        peer,
        request: { ...exchange.request, body: files['request'] ?? null },
        ...(exchange.response === undefined
          ? {}
          : { response: { ...exchange.response, body: files['response'] ?? null } }),
      };
    case 'smtp':
      return { ...exchange, peer, source: files['source'] ?? null };
    case 'imap':
    case 'mllp':
      return { ...exchange, peer, received: files['received'] ?? null, sent: files['sent'] ?? null };
    case 'tls':
      return { ...exchange, peer };
  }
}

function describePeer(tls: TlsPeer): unknown {
  return tls.certificate === undefined ? tls : { ...tls, certificate: Buffer.from(tls.certificate).toString('base64') };
}

/** Gives `holder` a property that is read from its file each time it is asked. */
export function readLater<Holder extends object>(holder: Holder, key: keyof Holder & string, path: string): Holder {
  return Object.defineProperty(holder, key, { enumerable: true, get: () => new Uint8Array(readFileSync(path)) });
}

/**
 * The same exchange whose bodies above `limit` bytes are read from their file each time they are asked.
 * @param away names of the bodies that are on disk only, whatever the exchange holds
 */
export function lighten(
  exchange: Exchange,
  paths: Readonly<Record<string, string>>,
  limit: number,
  away: readonly string[] = [],
): Exchange {
  const large = Object.entries(bodies(exchange)).filter(([name, bytes]) => bytes.length > limit || away.includes(name));
  if (large.length === 0) return exchange;
  const copy =
    exchange.protocol === 'http'
      ? {
          ...exchange,
          request: { ...exchange.request },
          ...(exchange.response === undefined ? {} : { response: { ...exchange.response } }),
        }
      : { ...exchange };
  for (const [name] of large) {
    const path = paths[name] ?? '';
    if (copy.protocol === 'http' && name === 'request') readLater(copy.request, 'body', path);
    else if (copy.protocol === 'http' && copy.response !== undefined) readLater(copy.response, 'body', path);
    else if (copy.protocol === 'smtp') readLater(copy, 'source', path);
    else if (copy.protocol === 'imap' || copy.protocol === 'mllp') {
      readLater(copy, name === 'received' ? 'received' : 'sent', path);
    }
  }
  return copy;
}
