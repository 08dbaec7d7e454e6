import type { Exchange } from '#formats/exchange/index.ts';
import type { Bench } from '#mocks/index.ts';
import type { UnexpectedAt } from './protocol.ts';

/** What the journal of a bench says so far to whoever puts the parts of a run together. */
export function observed(mocks: { readonly journal: Pick<Bench['journal'], 'list'> }): {
  readonly exchanges: number;
  readonly unexpected: readonly UnexpectedAt[];
} {
  const exchanges = mocks.journal.list();
  return {
    exchanges: exchanges.length,
    unexpected: exchanges.flatMap((exchange, rank) => {
      const { service, operation, outcome, startedAt } = exchange;
      return isUnexpected(exchange) ? [{ service, operation, outcome, at: startedAt, rank }] : [];
    }),
  };
}

/** A handshake that failed under what the bench showed on purpose surprises nobody, whether the product had to refuse or not. */
function isUnexpected(exchange: Exchange): boolean {
  if (exchange.expected) return false;
  return exchange.protocol !== 'tls' || exchange.shown?.situation === undefined;
}
