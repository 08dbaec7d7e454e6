import type { Category, Wave } from '#dsr/rem/index.ts';
import type { Finding, Verdict } from '#dsr/verdict/index.ts';
import type { Exhibit, Piece } from '#evidence/index.ts';

/** Where a run stands; its verdict is another matter (DESIGN §4.5). */
export type RunLifecycle =
  | 'created'
  /** The bench asked and waits for a call of the product. */
  | 'waiting-for-product'
  /** The bench waits for a person. */
  | 'waiting-for-tester'
  | 'judging'
  | 'finished'
  /** Stopped before the end; what was judged stays. */
  | 'interrupted';

/** Closed union of DESIGN §4.5. */
export type SlotState =
  | 'vide'
  /** The bench rehearsed it; the official proof is still to come. */
  | 'rejouee'
  | 'recueillie'
  /** The product version, the wording or a reference version changed since. */
  | 'perimee'
  | 'a-revoir'
  | 'validee-interne'
  | 'deposee'
  | 'complement-demande'
  | 'acceptee';

/** State of a REM section (DESIGN §4.5). */
export type ChapterState = 'incomplet' | 'complet' | 'depose' | 'a-completer' | 'valide';

/** Derived from the slots of the requirement. */
export type RequirementState = SlotState | 'non-applicable';

/** Why a scenario could not be judged: four different reds are never merged (DESIGN §4.1). */
export type UnverifiableCause =
  /** The driver or the product cannot do a gesture. */
  | 'produit'
  /** Product unreachable, certificate refused, address wrong. */
  | 'configuration'
  /** The bench itself failed. */
  | 'banc'
  /** The run was stopped before. */
  | 'interrompu';

export interface ScenarioResult {
  /** Stable: feature path without folder and extension, `#`, rank of the scenario, e.g. `ins/recherche-par-traits#1`. */
  readonly id: string;
  readonly feature: string;
  readonly name: string;
  readonly requirements: readonly string[];
  /** Numbers that its feature is tagged with, when the REM in use numbers them otherwise. */
  readonly writtenFor?: readonly string[];
  readonly slots: readonly string[];
  readonly verdict: Verdict;
  /** French sentence; empty when conforme. */
  readonly reason: string;
  readonly cause?: UnverifiableCause;
  readonly durationMs: number;
  /** Findings that decided, then those about other requirements. */
  readonly findings: readonly Finding[];
  readonly otherFindings: readonly Finding[];
  /** Rules that were applied for its requirements and found nothing: what a green verdict rests on. */
  readonly rulesHeld?: readonly { readonly id: string; readonly title: string }[];
  readonly steps: readonly StepResult[];
  readonly pieces: readonly Piece[];
  /** What a scenario that failed had captured: shown for diagnosis, never in a slot. */
  readonly exhibits?: readonly Exhibit[];
  /** What a person does and films, in the order of the steps; such a scenario is `a-verifier` at best. */
  readonly guide?: readonly GuideStep[];
  /** Test patients of a scenario that has a guide or fills slots: whom the person looks up, or types in. */
  readonly patients?: readonly GuidePatient[];
}

/** A step that the bench only shows: it touches nothing and judges nothing. */
export type GuideStep =
  /** What the person does in the product. */
  | { readonly kind: 'action'; readonly text: string }
  /** What the picture filed under `slot` must show, one line a shot. */
  | { readonly kind: 'prise-de-vue'; readonly slot: string; readonly shots: readonly string[] };

/** A fictitious patient of the bench's population, as a person needs it on screen. */
export interface GuidePatient {
  readonly birthName: string;
  readonly firstNames: readonly string[];
  readonly sex: 'M' | 'F';
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly birthPlace: string;
  readonly ins: string;
  readonly oid: string;
  /** Identifier in the product; absent when the person registers it. */
  readonly patientId?: string;
}

export interface StepResult {
  readonly text: string;
  readonly status: 'passed' | 'failed' | 'skipped' | 'pending' | 'undefined' | 'ambiguous' | 'unknown';
  readonly message?: string;
  /** Shown to a person, neither played nor judged. */
  readonly guided?: true;
}

/** One execution of the suite against one system under test, as kept on disk and in the tracker. */
export interface RunRecord {
  readonly id: string;
  readonly category: Category;
  readonly wave: Wave;
  readonly profiles: readonly string[];
  readonly rem: { readonly source: string; readonly sha256: string };
  readonly product: {
    readonly name: string;
    readonly version: string;
    readonly build?: string;
    readonly editor?: string;
  };
  readonly driver: string;
  readonly faults: readonly string[];
  readonly benchVersion: string;
  /** Files of lists of codes of the vendor, in the order in which they take each other's place; absent: none was given. */
  readonly codes?: readonly { readonly source: string; readonly sha256: string }[];
  /** What the documents of the product were held to, given by the vendor; absent: the rules of the bench alone judged them. */
  readonly references?: {
    /** Official CI-SIS pack of CDA: hash of what judges in it. */
    readonly pack?: { readonly sha256: string; readonly files: number };
    readonly mentions?: { readonly source: string; readonly sha256: string };
    readonly datamatrix?: { readonly source: string; readonly sha256: string };
  };
  /** How many processes played it, each with services and a product of its own; 1 when absent. */
  readonly jobs?: number;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly lifecycle: RunLifecycle;
  readonly verdict: Verdict;
  readonly durationMs: number;
  readonly scenarios: readonly ScenarioResult[];
  /** Scenarios that were not played since the REM in use does not have their requirements (numbers of the catalogue). */
  readonly leftOut?: readonly {
    readonly id: string;
    readonly name: string;
    readonly requirements: readonly string[];
  }[];
  /** Operations that no scenario expected, or that could not be attributed. */
  readonly unexpected: readonly {
    readonly service: string;
    readonly operation: string;
    readonly outcome: string;
    readonly at: string;
  }[];
}

/** A slot as the tracker knows it. */
export interface SlotStatus {
  readonly slot: string;
  readonly state: SlotState;
  /** Run that last touched it. */
  readonly run?: string;
  /** ISO 8601 UTC. */
  readonly updatedAt?: string;
  /** Why it is `perimee`, a French sentence. */
  readonly reason?: string;
  /** How many times it changed; absent for a slot that nothing touched. */
  readonly revision?: number;
}
