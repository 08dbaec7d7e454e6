import type { CategoryAnswer, SunesCategory, SunesFigures } from './types.ts';

/** Category of an activity; both of them on a bound, since the source does not say to which it belongs. */
export function categoryOf(activity: number | undefined, { categories }: SunesFigures): CategoryAnswer {
  if (activity === undefined) {
    return {
      status: 'unknown',
      reason: 'Activité combinée 2019 non donnée : la fourchette du forfait n’est pas connue.',
    };
  }
  const ids = holding(activity, categories).map(({ id }) => id);
  if (ids.length === 0) {
    return { status: 'unknown', reason: `Aucune catégorie publiée ne prend une activité de ${activity}.` };
  }
  const note = `Activité égale à une borne : la source ne dit pas laquelle des catégories ${ids.join(' et ')} la prend.`;
  return { status: 'known', ids, ...(ids.length > 1 ? { note } : {}) };
}

/** Least and most whole euros of a domain for an activity; absent when the source gives none. */
export function lumpSumOf(
  activity: number | undefined,
  domain: string,
  { categories }: SunesFigures,
): readonly [number, number] | undefined {
  const ranges = holding(activity, categories).flatMap(({ lumpSums }) => {
    const range = lumpSums[domain];
    return range === undefined ? [] : [range];
  });
  return ranges.length === 0
    ? undefined
    : [Math.min(...ranges.map(([least]) => least)), Math.max(...ranges.map(([, most]) => most))];
}

function holding(activity: number | undefined, categories: readonly SunesCategory[]): readonly SunesCategory[] {
  if (activity === undefined) return [];
  return categories.filter(({ activityMin, activityMax }) => activityMin <= activity && activity <= activityMax);
}
