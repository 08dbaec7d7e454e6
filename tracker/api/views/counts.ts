import type { Verdict } from '#dsr/verdict/index.ts';
import { isReady } from '../../domain/index.ts';
import type { SlotState } from '../../types.ts';
import type { SlotCounts, VerdictCounts } from '../types.ts';

export const WORST_FIRST: readonly Verdict[] = ['non-conforme', 'non-verifiable', 'a-verifier', 'conforme'];

export function countSlots(states: readonly SlotState[]): SlotCounts {
  const byState: Partial<Record<SlotState, number>> = {};
  for (const state of states) byState[state] = (byState[state] ?? 0) + 1;
  return {
    total: states.length,
    done: states.filter(isReady).length,
    byState,
  };
}

export function countVerdicts(results: readonly { readonly verdict: Verdict }[]): VerdictCounts {
  const counts: Record<Verdict, number> = { conforme: 0, 'non-conforme': 0, 'a-verifier': 0, 'non-verifiable': 0 };
  for (const { verdict } of results) counts[verdict] += 1;
  return counts;
}

/** The verdict that decides; null when there is none. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict | null {
  return WORST_FIRST.find((verdict) => verdicts.includes(verdict)) ?? null;
}
