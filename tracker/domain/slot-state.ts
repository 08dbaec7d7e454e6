import type { EvidenceClass } from '#dsr/rem/index.ts';
import type { Verdict } from '#dsr/verdict/index.ts';
import type { SlotState } from '../types.ts';

/** What a run brings to one slot. */
export interface SlotContribution {
  readonly verdict: Verdict;
  readonly evidenceClass: EvidenceClass;
  readonly pieces: number;
}

/** A person or the authority already spoke: a run may not overrule them, and a green run never accepts (DESIGN §4.5). */
const SPOKEN: ReadonlySet<SlotState> = new Set(['validee-interne', 'deposee', 'complement-demande', 'acceptee']);

/**
 * State of a slot after a run touched it.
 *
 * - a conforming scenario with a piece: `recueillie` when the bench makes the proof, `rejouee` when the official proof
 *   is external or human;
 * - a piece that a human has to look at: `a-revoir`;
 * - a scenario that failed or could not be judged fills nothing; what an earlier run collected is then `a-revoir`,
 *   since the product no longer shows it.
 */
export function slotStateAfter(previous: SlotState, contribution: SlotContribution): SlotState {
  if (SPOKEN.has(previous)) return previous;
  const { verdict, evidenceClass, pieces } = contribution;
  if (pieces > 0 && verdict === 'conforme') return evidenceClass === 'bench' ? 'recueillie' : 'rejouee';
  if (pieces > 0 && verdict === 'a-verifier') return 'a-revoir';
  return verdict === 'non-conforme' && previous !== 'vide' ? 'a-revoir' : previous;
}

/** What several scenarios of one run bring to the same slot: the worst verdict speaks, the pieces add up. */
export function mergeContributions(contributions: readonly SlotContribution[]): SlotContribution | undefined {
  const [first] = contributions;
  if (!first) return undefined;
  const order: readonly Verdict[] = ['non-conforme', 'non-verifiable', 'a-verifier', 'conforme'];
  const verdict = order.find((candidate) => contributions.some((each) => each.verdict === candidate)) ?? first.verdict;
  return {
    verdict,
    evidenceClass: first.evidenceClass,
    pieces: contributions.reduce((sum, each) => sum + each.pieces, 0),
  };
}
