import { sum } from '../money/index.ts';
import { categoryOf, lumpSumOf } from './category.ts';
import { domainResult } from './domain.ts';
import { indicatorResult } from './indicator.ts';
import { loadSunesFigures } from './load.ts';
import type {
  AmountRange,
  DomainResult,
  EstablishmentResult,
  SunesCount,
  SunesFigures,
  SunesReport,
  SunesWindow,
  WindowResult,
} from './types.ts';

/**
 * Indicators, targets and lump sums of SUN-ES from what establishments counted. What the sources do not say is answered
 * `unknown` with its reason, never estimated: the lump sum is a range, and stays absent without activity.
 *
 * @param counts as `readSunesCounts` gives them: known windows and indicators, each once an establishment
 * @example computeSunes([{ finess: '990000005', window: 'F1', indicator: 'biologie', produced: 100, sent: 45 }])
 */
export function computeSunes(counts: readonly SunesCount[], figures: SunesFigures = loadSunesFigures()): SunesReport {
  const byFiness = Map.groupBy(counts, ({ finess }) => finess);
  return {
    data: figures.data,
    establishments: [...byFiness].map(([finess, own]) => establishment(finess, own, figures)),
    unknown: figures.unknown,
  };
}

function establishment(finess: string, counts: readonly SunesCount[], figures: SunesFigures): EstablishmentResult {
  const name = counts.find((one) => one.name !== undefined)?.name;
  const activity = counts.find((one) => one.activity !== undefined)?.activity;
  return {
    finess,
    ...(name === undefined ? {} : { name }),
    ...(activity === undefined ? {} : { activity }),
    category: categoryOf(activity, figures),
    windows: figures.windows.flatMap((window) => {
      const own = counts.filter((one) => one.window === window.id);
      return own.length === 0 ? [] : [windowResult(window, own, activity, figures)];
    }),
  };
}

function windowResult(
  { id, title, share }: SunesWindow,
  counts: readonly SunesCount[],
  activity: number | undefined,
  figures: SunesFigures,
): WindowResult {
  const indicators = figures.indicators.flatMap((indicator) =>
    counts.filter((one) => one.indicator === indicator.id).map((one) => indicatorResult(one, indicator)),
  );
  const prerequisites = prerequisitesOf(counts, figures);
  const domains = figures.domains.map((domain) =>
    domainResult({
      figures,
      domain,
      indicators: indicators.filter((one) => one.domain === domain.id),
      prerequisites,
      share,
      lumpSum: lumpSumOf(activity, domain.id, figures),
    }),
  );
  const acquired = acquiredBy(domains);
  return {
    window: id,
    title,
    share,
    prerequisites,
    indicators,
    domains,
    ...(acquired === undefined ? {} : { acquired }),
  };
}

function prerequisitesOf(
  counts: readonly SunesCount[],
  { prerequisites }: SunesFigures,
): WindowResult['prerequisites'] {
  const of = prerequisites.themes.reduce((total, { count }) => total + count, 0);
  const validated = counts.find((one) => one.prerequisites !== undefined)?.prerequisites;
  if (validated === undefined) return { status: 'unknown', of };
  return { status: validated >= of ? 'validated' : 'not-validated', validated, of };
}

/** Of the domains that were counted: nothing says that an establishment applies for the others. */
function acquiredBy(domains: readonly DomainResult[]): AmountRange | undefined {
  const counted = domains.filter((one) => one.counted && one.lumpSum !== undefined);
  if (counted.length === 0) return undefined;
  const amounts = counted.flatMap(({ prerequisitesShare, targetsShare }) =>
    [prerequisitesShare, targetsShare].flatMap(({ status, amount }) =>
      status === 'acquired' && amount !== undefined ? [amount] : [],
    ),
  );
  return { minCents: sum(amounts.map((one) => one.minCents)), maxCents: sum(amounts.map((one) => one.maxCents)) };
}
