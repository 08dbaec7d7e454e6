import type { Coverage } from './types.ts';

/** Modes that a scenario gives; the others follow from the catalogue alone. */
const PLAYED = ['automatic', 'recorded', 'guided'] as const;
type PlayedMode = (typeof PLAYED)[number];

/** `baseline.json`: for each embedded catalogue (`SGL va1`), the slots that a scenario fills, by mode. */
export type Baseline = Readonly<Record<string, Readonly<Record<PlayedMode, readonly string[]>>>>;

/** What the suite fills today; ids in alphabetical order, so that the file reads well in a review. */
export function baselineOf(coverages: readonly Coverage[]): Baseline {
  return Object.fromEntries(
    coverages.map((coverage) => {
      const filled = (mode: PlayedMode): readonly string[] =>
        coverage.slots
          .filter((slot) => slot.mode === mode)
          .map(({ id }) => id)
          .toSorted();
      return [
        `${coverage.category} ${coverage.wave}`,
        { automatic: filled('automatic'), recorded: filled('recorded'), guided: filled('guided') },
      ];
    }),
  );
}

/**
 * What changed since the baseline was reviewed, one French line per slot. A catalogue of which nothing is filled is the
 * same as an absent one.
 */
export function baselineChanges(before: Baseline, now: Baseline): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].flatMap((catalogue) => {
    const was = modesOf(before[catalogue]);
    const is = modesOf(now[catalogue]);
    return [...new Set([...was.keys(), ...is.keys()])].toSorted().flatMap((slot) => {
      const [old, fresh] = [was.get(slot), is.get(slot)];
      if (old === fresh) return [];
      if (old === undefined) return [`${catalogue} : ${slot} a gagné un scénario (${fresh})`];
      if (fresh === undefined) return [`${catalogue} : ${slot} a perdu son scénario (${old})`];
      return [`${catalogue} : ${slot} est passée de ${old} à ${fresh}`];
    });
  });
}

function modesOf(entry: Baseline[string] | undefined): ReadonlyMap<string, PlayedMode> {
  if (entry === undefined) return new Map();
  return new Map(PLAYED.flatMap((mode) => entry[mode].map((slot) => [slot, mode] as const)));
}
