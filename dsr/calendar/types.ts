import type { CivilDate, Deadline } from '../dates/index.ts';
import type { Confidence, DataVersion } from '../official-data/index.ts';

export type MilestoneKind =
  | 'orders-published'
  | 'rem-published'
  | 'enrolment'
  | 'enrolment-opens'
  | 'administrative-file'
  | 'proof-file'
  | 'ans-exchanges'
  | 'order-signed'
  | 'advance-opens'
  | 'advance-request'
  | 'firm-date-announced'
  | 'service-done'
  | 'balance-opens'
  | 'balance-request'
  | 'dmp-v1-off';

/** What a date means: the last moment of a right, its first, a fact, or one of the first two without the source saying which. */
export type MilestoneSense = 'deadline' | 'opening' | 'event' | 'uncertain';

export interface KindData {
  readonly kind: MilestoneKind;
  /** French. */
  readonly title: string;
  readonly sense: MilestoneSense;
}

/** One edition of one date. Dates of this programme moved up to three times: each edition is kept. */
export interface Milestone extends Deadline {
  /** `SGL`, `LOINC`…; `*` for all. */
  readonly couloir: string;
  /** `1`, `2`. */
  readonly wave: string;
  readonly kind: MilestoneKind;
  /** Order of the editions: 0 for the initial calendar, then one by revision. */
  readonly rank: number;
  /** French: « initiale », « révision 2 », or « rang non précisé ». */
  readonly rankLabel: string;
  /** Day from which it holds, when it is known. */
  readonly publishedOn?: CivilDate;
  /** Day of the document that shows it, when the day of publication is not known. */
  readonly knownBy?: CivilDate;
  readonly note?: string;
  readonly source: string;
  readonly confidence: Confidence;
  /** Edition of the table that holds it. */
  readonly data: DataVersion;
}

/** A couloir and wave of which the sources say nothing, and why. */
export interface UnknownDates {
  readonly couloir: string;
  readonly wave: string;
  readonly note: string;
  readonly source: string;
  readonly data: DataVersion;
}

/** The calendar in use: what is shipped, and the editions that the user added. */
export interface Calendar {
  /** Most recent edition first. */
  readonly versions: readonly DataVersion[];
  readonly milestones: readonly Milestone[];
  readonly unknown: readonly UnknownDates[];
}

export interface MilestoneAnswer {
  readonly couloir: string;
  readonly wave: string;
  readonly kind: MilestoneKind;
  /**
   * `unsure`: on the day asked for, another edition may already have been in force, its day of publication not being
   * known. `unknown`: no date in the table.
   */
  readonly status: 'known' | 'unsure' | 'unknown';
  /** The edition in force; the last one known unless a day was asked for. */
  readonly milestone?: Milestone;
  /** Editions that it replaced, the latest first. */
  readonly replaced: readonly Milestone[];
  /** Later editions that may already have been in force on the day asked for. */
  readonly maybe: readonly Milestone[];
  /** French: why it is unsure or unknown; empty when it is known. */
  readonly reason: string;
  /** Edition of the table that the answer comes from. */
  readonly data: DataVersion;
}
