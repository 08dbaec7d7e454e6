import type { Bench } from '#mocks/index.ts';
import type { UnexpectedAt } from './protocol.ts';

/** What the journal of a bench says so far to whoever puts the parts of a run together. */
export function observed(mocks: Bench): {
  readonly exchanges: number;
  readonly unexpected: readonly UnexpectedAt[];
} {
  const exchanges = mocks.journal.list();
  return {
    exchanges: exchanges.length,
    unexpected: exchanges.flatMap(({ expected, service, operation, outcome, startedAt }, rank) =>
      expected ? [] : [{ service, operation, outcome, at: startedAt, rank }],
    ),
  };
}
