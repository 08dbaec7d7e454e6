import { checkTls } from '#checks/tls/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import type { Exchange, Service } from '#formats/exchange/index.ts';

/**
 * The last connection that a mock refused, for a service or for any, unless the same service was reached afterwards; its
 * outcome is a French sentence. An expired certificate is the vendor's configuration: it must be told, not counted against
 * the product. Where a service asks for no client certificate there is nothing to refuse.
 */
export function refusedConnection(exchanges: readonly Exchange[], service: Service | undefined): Exchange | undefined {
  const last = exchanges.findLastIndex(
    (exchange) => isRefusal(exchange) && (service === undefined || exchange.service === service),
  );
  const refused = exchanges[last];
  if (refused === undefined) return undefined;
  const reached = exchanges
    .slice(last + 1)
    .some((later) => !isRefusal(later) && later.service === refused.service && later.peer.tls !== undefined);
  return reached ? undefined : refused;
}

/** What the rules say of the certificate of a connection that was refused; nothing where no certificate was the reason. */
export function certificateFindings(refused: Exchange): readonly Finding[] {
  const { tls } = refused.peer;
  if (refused.protocol !== 'tls' || tls === undefined) return [];
  const shown = tls.refusal !== undefined || refused.error === 'peer did not return a certificate';
  // Version and suite are judged on sessions that were opened.
  return shown ? checkTls({ ...tls, protocol: '', cipher: '' }, { wave: 'va2' }) : [];
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
