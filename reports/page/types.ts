import type { ConformityScenario, ProofSlot, Rem, Requirement } from '#dsr/rem/index.ts';
import type { Finding, Severity, Verdict } from '#dsr/verdict/index.ts';
import type { Piece } from '#evidence/index.ts';
import type { RequirementState, RunRecord, ScenarioResult, SlotState } from '#tracker/types.ts';
import type { ToFilm } from './to-film.ts';

/** The run, arranged as the page shows it. */
export interface ReportModel {
  readonly run: RunRecord;
  readonly rem: Rem;
  /** Names of the declared profiles as the REM writes them. */
  readonly profiles: readonly string[];
  readonly sections: readonly SectionView[];
  readonly red: readonly ScenarioResult[];
  readonly toReview: readonly ScenarioResult[];
  /** Nothing broke, and a person has to act or to film. */
  readonly toFilm: readonly ScenarioResult[];
  /** Proofs that want a picture, guided or not. */
  readonly filming: ToFilm;
  /** Findings that a scenario made about requirements which are not its own, one entry a rule. */
  readonly elsewhere: readonly ElsewhereView[];
  /** Scenarios none of whose requirements applies to the declared profiles. */
  readonly apart: readonly ScenarioResult[];
  readonly figures: Figures;
  readonly places: Places;
}

/** What the page holds, so that no link leads nowhere. */
export interface Places {
  readonly requirements: ReadonlySet<string>;
  readonly scenarios: ReadonlySet<string>;
}

export interface Figures {
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly applicable: number;
  readonly exercised: number;
  readonly slots: number;
  readonly states: ReadonlyMap<SlotState, number>;
  readonly pieces: number;
  readonly findings: Readonly<Record<Severity, number>>;
}

export interface SectionView {
  readonly id: string;
  readonly title: string;
  readonly exercised: readonly RequirementView[];
  readonly idle: readonly RequirementView[];
  readonly states: ReadonlyMap<SlotState, number>;
  readonly slots: number;
}

export interface RequirementView {
  readonly requirement: Requirement;
  /** Reference documents and the version that applies, ready to be shown. */
  readonly references: readonly string[];
  /** Scenarios of this run that answer for it. */
  readonly scenarios: readonly ScenarioResult[];
  /** Worst of its scenarios; absent when none was played. */
  readonly verdict?: Verdict;
  /** State in the campaign, from all its slots. */
  readonly state: RequirementState;
  readonly conformity: readonly ConformityView[];
  /** Seen while another scenario was played. */
  readonly noticed: readonly NoticedFinding[];
}

export interface ConformityView {
  readonly scenario: ConformityScenario;
  readonly slots: readonly SlotView[];
}

export interface SlotView {
  readonly slot: ProofSlot;
  readonly state: SlotState;
  /** Earlier run that gave the state, when it is not this one. */
  readonly from?: string;
  readonly pieces: readonly Piece[];
}

export interface NoticedFinding {
  readonly finding: Finding;
  readonly scenario: ScenarioResult;
}

export interface ElsewhereView {
  readonly rule: string;
  readonly severity: Severity;
  /** First of them, shown in full. */
  readonly example: Finding;
  readonly times: number;
  readonly scenarios: readonly ScenarioResult[];
}
