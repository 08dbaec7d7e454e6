import type { Exchange, Service } from '#formats/exchange/index.ts';

/**
 * The French sentence of the last connection that a mock refused, for a service or for any.
 * An expired certificate is the vendor's configuration: it must be told, not counted against the product.
 */
export function refusedHandshake(exchanges: readonly Exchange[], service: Service | undefined): string | undefined {
  const refused = exchanges.findLast(
    (exchange) =>
      (service === undefined || exchange.service === service) &&
      (exchange.protocol === 'tls' || exchange.peer.tls?.authorized === false),
  );
  return refused?.outcome;
}
