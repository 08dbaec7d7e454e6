import type { Category, ClassifiedBy, EvidenceClass, ProofKind, Wave } from '#dsr/rem/index.ts';
import type { ReadScenario } from '../suite/read-features.ts';

/** A scenario of the features, as far as coverage needs it. */
export type SuiteScenario = Pick<ReadScenario, 'id' | 'feature' | 'name' | 'tags'>;

/** How a proof slot gets its piece; exactly one per slot. */
export type CoverageMode =
  /** A scenario plays and judges it without a person; the bench makes the piece, or rehearses it. */
  | 'automatic'
  /** Such a scenario exists, but the official piece is human: it is made while the scenario plays. */
  | 'recorded'
  /** Only a `@guide` scenario: a tester acts, the bench waits and judges. */
  | 'guided'
  /** No scenario; only an attestation is asked for. */
  | 'attestation'
  /** No scenario; only papers are asked for. */
  | 'document'
  /** No scenario, though one would be possible, or the official piece is a film or a capture of the product. */
  | 'none';

export type ModeCounts = Readonly<Record<CoverageMode, number>>;

export interface SlotCoverage {
  readonly id: string;
  /** The first requirement that publishes the slot: it is counted there, once. */
  readonly requirement: string;
  /** Every requirement that publishes it. */
  readonly requirements: readonly string[];
  readonly section: string;
  readonly title: string;
  readonly class: EvidenceClass;
  readonly kinds: readonly ProofKind[];
  readonly condition?: string;
  /** Who classified it; absent in a Rem kept by an earlier version. */
  readonly classifiedBy?: ClassifiedBy;
  /** Why the user overruled the classification. */
  readonly classifiedReason?: string;
  readonly mode: CoverageMode;
  /** The scenario that fills it best, null without any. */
  readonly scenario: string | null;
  /** Every scenario that fills it, best first. */
  readonly scenarios: readonly string[];
  /** French, why it is in that mode: the same words for all slots in the same case. */
  readonly summary: string;
  /** French, `summary` and what is proper to the slot. Never empty. */
  readonly reason: string;
}

export interface SectionCoverage extends ModeCounts {
  readonly section: string;
  readonly title: string;
  readonly slots: number;
  readonly classes: Readonly<Record<EvidenceClass, number>>;
}

/** What the suite covers of a REM. Sums agree: sections, totals and classes count the slots of `slots`, each once. */
export interface Coverage {
  readonly category: Category;
  readonly wave: Wave;
  readonly source: string;
  /** In the published order (check C13). */
  readonly sections: readonly SectionCoverage[];
  readonly totals: ModeCounts & { readonly slots: number };
  readonly classes: Readonly<Record<EvidenceClass, ModeCounts & { readonly slots: number }>>;
  /** In the order of the sections, then of the REM. */
  readonly slots: readonly SlotCoverage[];
}
