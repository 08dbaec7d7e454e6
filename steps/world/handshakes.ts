import type { Exchange, Service } from '#formats/exchange/index.ts';

/**
 * The French sentence of the last connection that a mock refused, for a service or for any, unless the same service was
 * reached afterwards. An expired certificate is the vendor's configuration: it must be told, not counted against the
 * product. Where a service asks for no client certificate there is nothing to refuse.
 */
export function refusedHandshake(exchanges: readonly Exchange[], service: Service | undefined): string | undefined {
  const last = exchanges.findLastIndex(
    (exchange) => isRefusal(exchange) && (service === undefined || exchange.service === service),
  );
  const refused = exchanges[last];
  if (refused === undefined) return undefined;
  const reached = exchanges
    .slice(last + 1)
    .some((later) => !isRefusal(later) && later.service === refused.service && later.peer.tls !== undefined);
  return reached ? undefined : refused.outcome;
}

/**
 * A failed handshake; or, where a signed message may stand for the certificate (INSi), a message that came with neither:
 * the mock had to read it before it cut the connection.
 */
function isRefusal(exchange: Exchange): boolean {
  // A product that refuses a bad server, as the situation asks, is not refused itself.
  if (exchange.protocol === 'tls') return !exchange.expected;
  return (
    exchange.protocol === 'http' &&
    exchange.response === undefined &&
    exchange.outcome.startsWith('connexion TLS refusée')
  );
}
