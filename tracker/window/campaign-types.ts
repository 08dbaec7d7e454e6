import type { CivilDate } from '#dsr/dates/index.ts';
import type { Cents } from '#dsr/money/index.ts';
import type { WindowJudgement } from './types.ts';

/** One order in the window of its product. */
export interface OrderWindow {
  readonly number: string;
  readonly client: string;
  readonly signedOn?: CivilDate;
  /** Pre-tax amount. */
  readonly ht: Cents;
  readonly judged: WindowJudgement;
  /** Signed before the referencing without saying that it is firm only if the file follows: to be settled with the client. */
  readonly mentionMissing: boolean;
}

/** Orders and their pre-tax amount. */
export interface Amount {
  readonly count: number;
  readonly ht: Cents;
}

/** Which date the campaign is seen from, best known first. */
export type ReferenceBasis =
  /** The ANS deems the file complete since then. */
  | 'deemed-complete'
  /** The reader asks « what if ». */
  | 'planned'
  | 'sent'
  | 'today';

/** Orders whose last day is the same: they leave the window together. */
export interface SlipStep {
  /** Last day that still keeps them. */
  readonly lastDay: CivilDate;
  /** Fewest days of slip, from the reference, that lose them. */
  readonly slipDays: number;
  readonly orders: readonly string[];
  /** Those of this step alone. */
  readonly lost: Amount;
  /** Those of this step and of all the ones before. */
  readonly total: Amount;
}

export interface CampaignWindow {
  readonly orders: readonly OrderWindow[];
  readonly reference: { readonly on: CivilDate; readonly basis: ReferenceBasis };
  /** Earliest signature that a file complete at the reference still covers. */
  readonly earliestSignatureCovered: CivilDate;
  readonly eligible: Amount;
  readonly notEligible: Amount;
  readonly pending: Amount;
  /** Signed orders, bound by the 120 days, that a file complete at the reference keeps. */
  readonly atStake: Amount;
  /** Bound orders that a file complete at the reference does not keep any more. */
  readonly alreadyOut: Amount & { readonly orders: readonly string[] };
  /** By last day; empty when nothing can be lost, or the ANS has said from when the file is complete. */
  readonly steps: readonly SlipStep[];
}

/** What a file complete on a given day costs. */
export interface Slip extends Amount {
  readonly completeOn: CivilDate;
  /** Numbers of the orders that it loses, beyond those that are already out. */
  readonly orders: readonly string[];
}
