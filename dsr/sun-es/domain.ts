import { cents, minus, part } from '../money/index.ts';
import type {
  AmountRange,
  DomainResult,
  IndicatorResult,
  ShareStatus,
  SunesDomain,
  SunesFigures,
  TargetStatus,
  WindowResult,
} from './types.ts';

export interface DomainFacts {
  readonly figures: SunesFigures;
  readonly domain: SunesDomain;
  /** Those of this domain only. */
  readonly indicators: readonly IndicatorResult[];
  readonly prerequisites: WindowResult['prerequisites'];
  /** Share of the lump sum that the window pays. */
  readonly share: number;
  /** Least and most whole euros. */
  readonly lumpSum: readonly [number, number] | undefined;
}

/** What a domain has reached and what it is worth, as far as the sources say. */
export function domainResult(facts: DomainFacts): DomainResult {
  const { domain, indicators, lumpSum, share, figures } = facts;
  const { status, reason } = reachedBy(facts);
  const amount = lumpSum === undefined ? undefined : ranged(lumpSum, (euros) => part(cents(euros * 100), share));
  const first = amount === undefined ? undefined : mapRange(amount, (each) => part(each, figures.prerequisites.share));
  const rest =
    amount === undefined || first === undefined
      ? undefined
      : { minCents: minus(amount.minCents, first.minCents), maxCents: minus(amount.maxCents, first.maxCents) };
  const counted = indicators.length > 0;
  // Nothing says that the establishment applied for a domain that it did not count.
  const prerequisites: ShareStatus = counted ? PREREQUISITES[facts.prerequisites.status] : 'unknown';
  return {
    domain: domain.id,
    title: domain.title,
    status,
    reason,
    counted,
    ...(amount === undefined ? {} : { lumpSum: amount }),
    prerequisitesShare: { status: prerequisites, ...(first === undefined ? {} : { amount: first }) },
    targetsShare: { status: targetsShare(status, prerequisites), ...(rest === undefined ? {} : { amount: rest }) },
  };
}

const PREREQUISITES = { validated: 'acquired', 'not-validated': 'not-acquired', unknown: 'unknown' } as const;

/** The source does not say whether the targets are paid without the prerequisites: it is then not said here. */
function targetsShare(status: TargetStatus, prerequisites: ShareStatus): ShareStatus {
  if (status === 'not-reached') return 'not-acquired';
  return status === 'reached' && prerequisites === 'acquired' ? 'acquired' : 'unknown';
}

/** How the indicators of a domain make its own verdict is not published: all but the bonus ones have to be reached. */
function reachedBy({ figures, domain, indicators }: DomainFacts): { status: TargetStatus; reason: string } {
  if (!domain.measured) {
    return { status: 'unknown', reason: domain.note ?? 'Les valeurs cibles de ce domaine n’ont pas été trouvées.' };
  }
  if (indicators.length === 0) return { status: 'unknown', reason: 'Aucun compte donné pour ce domaine.' };
  const due = figures.indicators.filter((one) => one.domain === domain.id && one.bonus !== true);
  const byId = new Map(indicators.map((one) => [one.indicator, one]));
  const named = (status: TargetStatus): string =>
    due
      .filter(({ id }) => byId.get(id)?.status === status)
      .map(({ title }) => lowerFirst(title))
      .join(', ');
  if (named('not-reached') !== '')
    return { status: 'not-reached', reason: `Cible non atteinte : ${named('not-reached')}.` };
  const absent = due.filter(({ id }) => !byId.has(id)).map(({ title }) => lowerFirst(title));
  if (absent.length > 0) return { status: 'unknown', reason: `Il manque : ${absent.join(', ')}.` };
  if (named('unknown') !== '') return { status: 'unknown', reason: `Taux ou cible inconnus : ${named('unknown')}.` };
  if (named('disputed') !== '') {
    return { status: 'disputed', reason: `Écart avec le contrôle national : ${named('disputed')}.` };
  }
  const without = figures.indicators.filter(
    (one) => one.domain === domain.id && one.bonus === true && byId.get(one.id)?.status !== 'reached',
  );
  const bonus = without.map(({ title }) => lowerFirst(title)).join(', ');
  return { status: 'reached', reason: bonus === '' ? '' : `Sans le bonus : ${bonus}.` };
}

function ranged(
  [least, most]: readonly [number, number],
  amount: (euros: number) => AmountRange['minCents'],
): AmountRange {
  return { minCents: amount(least), maxCents: amount(most) };
}

function mapRange(range: AmountRange, change: (each: AmountRange['minCents']) => AmountRange['minCents']): AmountRange {
  return { minCents: change(range.minCents), maxCents: change(range.maxCents) };
}

/** Within a sentence; what follows the first letter may be an acronym. */
function lowerFirst(title: string): string {
  return `${title.slice(0, 1).toLocaleLowerCase('fr')}${title.slice(1)}`;
}
