import type { ProofKind } from '../rem/types.ts';
import table from './age-limits.json' with { type: 'json' };

/** How old a piece may be on the day when the file is deposited. */
export interface AgeLimit {
  readonly months: number;
  /** French: the rule, without capital nor full stop. */
  readonly why: string;
}

/**
 * The shortest limit on the pieces that a slot names; undefined when they hold as long as the version of the product.
 *
 * Source: `age-limits.json`.
 */
export function ageLimitOf(kinds: readonly ProofKind[]): AgeLimit | undefined {
  const named = new Set<string>(kinds);
  const [shortest] = table.limits
    .filter((limit) => limit.kinds.some((kind) => named.has(kind)))
    .toSorted((one, other) => one.months - other.months);
  return shortest && { months: shortest.months, why: shortest.why };
}
