import type { Cents } from '../money/index.ts';
import type { Confidence, DataVersion } from '../official-data/index.ts';

/** A half-year in which an establishment may reach the targets; later ones pay less. */
export interface SunesWindow {
  /** `F1`. */
  readonly id: string;
  /** `S1 2022`. */
  readonly semester: string;
  readonly title: string;
  /** Share of the lump sum that is paid, in ten-thousandths. */
  readonly share: number;
  readonly note?: string;
}

export interface SunesDomain {
  /** `D1`, `D2`, `D3`, `V2`. */
  readonly id: string;
  readonly title: string;
  /** Whether its targets are known. */
  readonly measured: boolean;
  readonly note?: string;
}

export interface SunesIndicator {
  readonly id: string;
  readonly domain: string;
  readonly title: string;
  /** Whole percents, by window. */
  readonly targets: Readonly<Record<string, number>>;
  /** Gives more when it is reached; the domain does not wait for it. */
  readonly bonus?: boolean;
  /** Whether the formula of its rate was read, or is that of another indicator. */
  readonly formula: Confidence;
  readonly note?: string;
  readonly source: string;
}

export interface SunesCategory {
  readonly id: string;
  /** Combined activity of 2019, bounds included on both sides: the source does not say to which category a bound belongs. */
  readonly activityMin: number;
  readonly activityMax: number;
  /** Whole euros, least and most, by domain. */
  readonly lumpSums: Readonly<Record<string, readonly [number, number]>>;
  readonly source: string;
}

/** Figures of SUN-ES, as published. */
export interface SunesFigures {
  readonly data: DataVersion;
  readonly windows: readonly SunesWindow[];
  readonly domains: readonly SunesDomain[];
  readonly indicators: readonly SunesIndicator[];
  readonly categories: readonly SunesCategory[];
  readonly prerequisites: {
    /** Share of the lump sum paid for them, in ten-thousandths. */
    readonly share: number;
    readonly themes: readonly { readonly id: string; readonly title: string; readonly count: number }[];
    readonly note?: string;
    readonly source: string;
  };
  readonly process: readonly string[];
  /** French: what the sources do not say. */
  readonly unknown: readonly string[];
}

/** What an establishment counted for one indicator in one window. */
export interface SunesCount {
  /** 9 characters, of the establishment that applies (PMSI). */
  readonly finess: string;
  readonly name?: string;
  /** Combined activity of 2019. */
  readonly activity?: number;
  /** Prerequisites validated in this window. */
  readonly prerequisites?: number;
  /** Id of the window. */
  readonly window: string;
  /** Id of the indicator. */
  readonly indicator: string;
  /** Denominator: documents produced for the patients concerned. */
  readonly produced: number;
  /** Numerator of the establishment: documents sent. */
  readonly sent: number;
  /** Numerator of the national check: documents counted where they arrive. */
  readonly received?: number;
}

/** `disputed`: reached by the count of the establishment, not by the national one. */
export type TargetStatus = 'reached' | 'not-reached' | 'disputed' | 'unknown';

export interface IndicatorResult {
  readonly indicator: string;
  readonly title: string;
  readonly domain: string;
  readonly produced: number;
  readonly sent: number;
  readonly received?: number;
  /** Percent, cut (never rounded up) to two decimals; absent when nothing was produced. */
  readonly rate?: number;
  readonly nationalRate?: number;
  /** Whole percent; absent when unknown. */
  readonly target?: number;
  readonly status: TargetStatus;
  /** Documents that were still to be sent to reach the target; 0 when it is reached. */
  readonly missing: number;
  readonly formula: Confidence;
  readonly bonus: boolean;
  /** French. */
  readonly notes: readonly string[];
}

export interface AmountRange {
  readonly minCents: Cents;
  readonly maxCents: Cents;
}

export type ShareStatus = 'acquired' | 'not-acquired' | 'unknown';

export interface DomainResult {
  readonly domain: string;
  readonly title: string;
  readonly status: TargetStatus;
  /** French: why, or what is not known. */
  readonly reason: string;
  /** Whether counts were given for it. */
  readonly counted: boolean;
  /** After the degression of the window; absent when the category or the amounts are unknown. */
  readonly lumpSum?: AmountRange;
  readonly prerequisitesShare: { readonly status: ShareStatus; readonly amount?: AmountRange };
  readonly targetsShare: { readonly status: ShareStatus; readonly amount?: AmountRange };
}

export interface WindowResult {
  readonly window: string;
  readonly title: string;
  /** Share of the lump sum paid in this window, in ten-thousandths. */
  readonly share: number;
  readonly prerequisites: {
    readonly status: 'validated' | 'not-validated' | 'unknown';
    readonly validated?: number;
    readonly of: number;
  };
  readonly indicators: readonly IndicatorResult[];
  readonly domains: readonly DomainResult[];
  /** Shares acquired of the domains that were counted; absent when no amount is known. */
  readonly acquired?: AmountRange;
}

export type CategoryAnswer =
  /** Two ids on a bound that both categories hold. */
  | { readonly status: 'known'; readonly ids: readonly string[]; readonly note?: string }
  | { readonly status: 'unknown'; readonly reason: string };

export interface EstablishmentResult {
  readonly finess: string;
  readonly name?: string;
  readonly activity?: number;
  readonly category: CategoryAnswer;
  readonly windows: readonly WindowResult[];
}

export interface SunesReport {
  readonly data: DataVersion;
  readonly establishments: readonly EstablishmentResult[];
  /** French: what the sources do not say, and was therefore not computed. */
  readonly unknown: readonly string[];
}
