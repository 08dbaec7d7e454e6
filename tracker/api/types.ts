import type { EvidenceView } from './evidence-types.ts';
import type { Category, EvidenceClass, Nature, Observable, ProofKind, Wave } from '#dsr/rem/index.ts';
import type { Finding, Verdict } from '#dsr/verdict/index.ts';
import type { Permission, Role } from '../access/index.ts';
import type { Remark, RunLine, SlotMove } from '../domain/index.ts';
import type { ChapterState, RequirementState, SlotState, StepResult, UnverifiableCause } from '../types.ts';
import type { ComplementView, ExternalReferenceView, RequirementFileView } from './people-types.ts';

export type { ChapterState };

/** How many of each; states that nothing is in are left out. */
export type StateCounts = Readonly<Partial<Record<SlotState, number>>>;
export type VerdictCounts = Readonly<Record<Verdict, number>>;

export interface CurrentCampaignView {
  readonly benchVersion: string;
  /** Null before the first run. */
  readonly campaign: CampaignView | null;
}

export interface CampaignView {
  readonly id: string;
  readonly product: { readonly name: string; readonly version: string };
  readonly category: Category;
  readonly wave: Wave;
  readonly rem: RemView;
  /** Names as the REM writes them, the declared ones only. */
  readonly profiles: readonly string[];
  /** ISO 8601 UTC. */
  readonly updatedAt: string;
  readonly requirements: { readonly total: number; readonly exercised: number; readonly runs: number };
  readonly slots: SlotCounts;
  readonly sections: readonly SectionView[];
  readonly lastRun: RunLineView | null;
  /** Requirements whose latest scenarios are not conforming, worst first; `total` counts those left out too. */
  readonly blocking: { readonly total: number; readonly first: readonly BlockingView[] };
  /** Requirements of declared profiles that somebody said do not apply. */
  readonly notApplicable: number;
  readonly openQuestions: number;
  /** Requests of the authority that are not answered. */
  readonly openComplements: number;
  /** Whoever filed a piece may not validate it. */
  readonly fourEyes: boolean;
  /** Campaign that it succeeds. */
  readonly follows: string | null;
}

export interface RemView {
  /** File name, or `catalogue embarqué`. */
  readonly source: string;
  readonly sha256: string;
  /** True when the vendor imported its REM: wording is then the official one. */
  readonly official: boolean;
}

export interface SlotCounts {
  readonly total: number;
  /** Nothing more to do on our side: `recueillie` and what follows it. */
  readonly done: number;
  readonly byState: StateCounts;
}

export interface SectionView {
  readonly id: string;
  readonly title: string;
  readonly requirements: number;
  readonly slots: SlotCounts;
  /** Null when the section asks for no proof. */
  readonly state: ChapterState | null;
  /** Requirements whose latest scenarios are not conforming. */
  readonly nonConforming: number;
}

export interface BlockingView {
  readonly requirement: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly cause: UnverifiableCause | null;
  readonly reason: string;
}

export interface RequirementLineView {
  readonly id: string;
  /** Our short title, or the official statement when the catalogue does not know the requirement. */
  readonly title: string;
  readonly section: string;
  readonly sectionTitle: string;
  readonly profile: string;
  readonly nature: Nature;
  /** Null when no proof is asked. */
  readonly state: RequirementState | null;
  /** Worst of the latest result of each scenario; null when none played it. */
  readonly verdict: Verdict | null;
  readonly slots: SlotCounts;
  readonly classes: readonly EvidenceClass[];
  /** False when somebody said why it does not apply, or its profile is not declared. */
  readonly applicable: boolean;
  readonly owner: string | null;
  /** `YYYY-MM-DD`. */
  readonly due: string | null;
  readonly halfDays: number | null;
  /** `produit`, or the partner product and its reference. */
  readonly carrier: string;
  readonly openQuestions: number;
}

export interface RequirementListView {
  /** Before any filter. */
  readonly total: number;
  /** After the filters. */
  readonly shown: number;
  /** For the next page; null on the last one. */
  readonly next: string | null;
  readonly sections: readonly { readonly id: string; readonly title: string }[];
  readonly requirements: readonly RequirementLineView[];
}

export interface RequirementView extends RequirementLineView {
  /** Official wording; empty when the REM was not imported. */
  readonly statement: string;
  readonly rawId: string;
  readonly previousIds: readonly string[];
  readonly block: string;
  readonly function: string;
  readonly observable: readonly Observable[];
  /** What exactly is seen there, French; empty when nothing of it crosses a wire or the catalogue does not say. */
  readonly observation: string;
  /** Reference documents and the version that applies, ready to be shown. */
  readonly references: readonly string[];
  /** What people decided about it. */
  readonly file: RequirementFileView;
  readonly remarks: readonly Remark[];
  /** Requests of the authority about it, its slots or its chapter. */
  readonly complements: readonly ComplementView[];
  readonly scenarios: readonly ConformityScenarioView[];
  /** Latest result of each scenario of the suite that exercises it. */
  readonly played: readonly PlayedView[];
  readonly findings: readonly FindingView[];
  readonly previous: string | null;
  readonly next: string | null;
}

export interface ConformityScenarioView {
  readonly id: string;
  readonly title: string;
  /** Official wording; empty when the REM was not imported. */
  readonly text: string;
  readonly slots: readonly SlotView[];
}

export interface SlotView {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly kinds: readonly ProofKind[];
  /** Sets of kinds of which one is enough; empty when everything named is asked for. */
  readonly alternatives: readonly (readonly ProofKind[])[];
  /** French, when the slot is due only in a case. */
  readonly condition: string | null;
  readonly evidenceClass: EvidenceClass;
  /** Why the vendor overruled the classification of the slot. */
  readonly classifiedReason: string | null;
  readonly state: SlotState;
  /** Why it is `perimee`, a French sentence; null otherwise. */
  readonly reason: string | null;
  readonly updatedAt: string | null;
  readonly run: string | null;
  readonly pieces: readonly PieceView[];
  /** Sent back with `If-Match` by whoever changes it; 0 for a slot that nothing touched. */
  readonly revision: number;
  /** What may be done to it from its state. */
  readonly moves: readonly SlotMove[];
  /** What official tools gave for it, the last one first. */
  readonly externals: readonly ExternalReferenceView[];
  /** What people brought for it, the last filed first. */
  readonly evidence: readonly EvidenceView[];
}

export interface PieceView {
  readonly id: number;
  readonly slot: string;
  readonly caption: string;
  readonly file: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly originalSha256: string;
  readonly masked: boolean;
  /** ISO 8601 UTC. */
  readonly collectedAt: string;
  readonly product: { readonly name: string; readonly version: string; readonly build?: string };
  readonly evidenceClass: EvidenceClass;
  readonly verdict: Verdict;
  readonly run: string;
  readonly scenario: string;
  /** Whether a browser shows it as text; anything else is an image, a film or a download. */
  readonly text: boolean;
  /** Path on this server. */
  readonly url: string;
  readonly provenanceUrl: string;
}

export interface PieceListView {
  readonly next: string | null;
  readonly pieces: readonly PieceView[];
}

/** A finding with the scenario and run that it comes from. */
export interface FindingView extends Finding {
  readonly scenario: string;
  readonly scenarioName: string;
  readonly run: string;
}

export interface PlayedView {
  readonly id: string;
  readonly name: string;
  readonly run: string;
  /** ISO 8601 UTC, of the run. */
  readonly startedAt: string;
  readonly verdict: Verdict;
  readonly cause: UnverifiableCause | null;
  readonly reason: string;
}

export type RunLineView = RunLine;

export interface RunListView {
  readonly total: number;
  readonly next: string | null;
  readonly runs: readonly RunLineView[];
}

export interface RunView extends RunLineView {
  readonly rem: RemView;
  readonly profiles: readonly string[];
  readonly benchVersion: string;
  readonly build: string | null;
  readonly editor: string | null;
  /** Absolute path of the run folder on this machine; null for a team, which is on others. */
  readonly dir: string | null;
  /** How many scenarios could not be judged, by cause. */
  readonly causes: Readonly<Partial<Record<UnverifiableCause, number>>>;
  /** Worst first, then in the order of the suite. */
  readonly results: readonly ScenarioResultView[];
  readonly unexpectedOperations: readonly {
    readonly service: string;
    readonly operation: string;
    readonly outcome: string;
    readonly at: string;
  }[];
}

export interface ScenarioResultView {
  readonly id: string;
  readonly feature: string;
  readonly name: string;
  readonly requirements: readonly string[];
  readonly slots: readonly string[];
  readonly verdict: Verdict;
  readonly cause: UnverifiableCause | null;
  readonly reason: string;
  readonly durationMs: number;
  readonly steps: readonly StepResult[];
  readonly findings: readonly Finding[];
  readonly otherFindings: readonly Finding[];
  readonly pieces: readonly PieceView[];
}

/** Who is there, and how one comes in. */
export interface SessionView {
  /** False alone on a machine: nobody logs in. */
  readonly team: boolean;
  /** Whether an identity provider opens sessions. */
  readonly provider: boolean;
  /** Whether the account has a password of its own. */
  readonly local: boolean;
  /** Null when nobody is logged in. */
  readonly name: string | null;
  readonly role: Role | null;
  readonly permissions: readonly Permission[];
  /** Goes with each change; null without a session. */
  readonly csrf: string | null;
  readonly via: 'poste' | 'session' | 'jeton' | null;
}
