import type { RequirementPair } from './match-inside.ts';

/**
 * Pairs of requirements that were split or merged, in which nothing is said to have left twice, nor to have left one heir
 * when another one took it over.
 *
 * A requirement that became two stands in two pairs, and what one heir does not have is often what the other has.
 */
export function eachOnce(pairs: readonly RequirementPair[]): readonly RequirementPair[] {
  if (pairs.length < 2) return pairs;
  const told = new Set<object>(
    pairs.flatMap(({ scenarios, slots }) => [
      ...scenarios.map(({ before }) => before),
      ...slots.map(({ before }) => before.slot),
    ]),
  );
  const isNews = (item: object): boolean => {
    if (told.has(item)) return false;
    told.add(item);
    return true;
  };
  return pairs.map((pair) => ({
    ...pair,
    removedScenarios: pair.removedScenarios.filter(isNews),
    removedSlots: pair.removedSlots.filter(({ slot }) => isNews(slot)),
  }));
}
