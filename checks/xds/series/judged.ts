import type { Report } from '../../report/index.ts';
import type { DmpCall } from './calls.ts';
import type { SeriesRule } from './rules.ts';

export interface SeriesOptions {
  /** The scenario asked for a search: those that follow a feeding are not automatic. */
  readonly searchAsked?: boolean;
  /** The product was given time enough to try again: a transient failure without a second try is told. */
  readonly ended?: boolean;
}

/** Judged together: the calls, in order of arrival, and where findings go. */
export interface JudgedSeries {
  readonly report: Report<SeriesRule>;
  readonly calls: readonly DmpCall[];
  readonly options: SeriesOptions;
}

/** Where a finding is, for who reads several exchanges. */
export function placeOf(call: DmpCall, where: string): string {
  return `échange ${call.id}, ${where}`;
}
