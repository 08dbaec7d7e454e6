import type { EvidenceClass, Requirement } from '#dsr/rem/index.ts';
import type { SlotState, SlotStatus } from '../types.ts';

/** A slot that the file of a campaign asks for. */
export interface DueSlot {
  readonly slot: string;
  readonly requirement: string;
  readonly section: string;
  /** French. */
  readonly title: string;
  readonly evidenceClass: EvidenceClass;
  readonly state: SlotState;
  /** French: why it is not ready; empty when its state says it all. */
  readonly reason: string;
  /** French, when the slot is due only in a case. */
  readonly condition?: string;
}

/** What a dossier has and lacks. */
export interface Readiness {
  readonly complete: boolean;
  readonly total: number;
  readonly ready: readonly DueSlot[];
  /** Nothing there, or the authority asks for more than what is there. */
  readonly missing: readonly DueSlot[];
  readonly stale: readonly DueSlot[];
  /** The bench rehearsed it; the official proof is an external reference or the piece of a person. */
  readonly rehearsalOnly: readonly DueSlot[];
  /** Somebody must look at it again. */
  readonly toReview: readonly DueSlot[];
}

type Lack = 'ready' | 'missing' | 'stale' | 'rehearsalOnly' | 'toReview';

/** What each state means for the file; nothing more is asked of a slot that is ready. */
const MEANS: Readonly<Record<SlotState, Lack>> = {
  vide: 'missing',
  rejouee: 'rehearsalOnly',
  recueillie: 'ready',
  perimee: 'stale',
  'a-revoir': 'toReview',
  'validee-interne': 'ready',
  deposee: 'ready',
  'complement-demande': 'missing',
  acceptee: 'ready',
};

/** Whether nothing more is asked of a slot in that state. */
export function isReady(state: SlotState): boolean {
  return MEANS[state] === 'ready';
}

/**
 * Requirements whose proofs are due: mandatory, and left out by nobody.
 *
 * @param applicable of the declared profiles
 */
export function dueRequirements(
  applicable: readonly Requirement[],
  leftOut: (requirement: string) => boolean,
): readonly Requirement[] {
  return applicable.filter(({ id, nature }) => nature === 'DOIT' && !leftOut(id));
}

/**
 * What the dossier of a campaign has and lacks, in the order of the list (domain facts §2.1: a chapter is submitted once all its proofs are
 * there).
 *
 * @param due see {@link dueRequirements}
 */
export function readinessOf(due: readonly Requirement[], statusOf: (slot: string) => SlotStatus): Readiness {
  const lists: Record<Lack, DueSlot[]> = { ready: [], missing: [], stale: [], rehearsalOnly: [], toReview: [] };
  for (const { id, section, scenarios } of due) {
    for (const proof of scenarios.flatMap(({ proofs }) => proofs)) {
      const { state, reason = '' } = statusOf(proof.id);
      lists[MEANS[state]].push({
        slot: proof.id,
        requirement: id,
        section,
        title: proof.title ?? proof.text,
        evidenceClass: proof.evidenceClass,
        state,
        reason,
        ...(proof.condition === undefined ? {} : { condition: proof.condition }),
      });
    }
  }
  const lacking = lists.missing.length + lists.stale.length + lists.rehearsalOnly.length + lists.toReview.length;
  return { complete: lacking === 0, total: lists.ready.length + lacking, ...lists };
}
