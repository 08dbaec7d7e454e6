import type { Rem, Requirement } from '../rem/types.ts';
import { foldText, sameText } from './fold.ts';
import { linkByFormerIds } from './links.ts';
import { matchInside, type RequirementPair } from './match-inside.ts';
import { ALIKE_IN_PLACE, NEARLY_THE_SAME } from './pair-up.ts';
import { samePlace } from './same-place.ts';
import { likelyPairs, likeness, shinglesOf } from './shingles.ts';
import type { Correspondence } from './types.ts';

/** Requirements that are the same ones before and after; several on a side when one was split or several merged. */
export interface Match {
  /** Places in the former REM; empty when all is new. */
  readonly before: readonly number[];
  /** Places in the new REM; empty when all is gone. */
  readonly after: readonly number[];
  readonly how: Correspondence | 'none';
  /** Each requirement after, with the one before that it is compared to. */
  readonly pairs: readonly RequirementPair[];
}

/** A shorter text names no requirement by itself. */
const TELLING = 20;
/** In a cluster wider than this, texts are not compared each one to each other. */
const MAX_COMPARED = 400;

/** Whether a REM holds the official text. */
export function isOfficial(rem: Rem): boolean {
  return rem.layout !== 'catalogue';
}

/**
 * Says of every requirement of two REMs what it became: every place of both stands in exactly one match.
 *
 * In this order: same number and same statement; same statement under another number where numbers slid; same number;
 * former numbers, many to many; same statement; nearly the same statement.
 */
export function matchRems(before: Rem, after: Rem): readonly Match[] {
  const wording = isOfficial(before) && isOfficial(after);
  const sides = { before: before.requirements, after: after.requirements };
  const free = { before: new Set(sides.before.keys()), after: new Set(sides.after.keys()) };
  const pairs: { readonly before: number; readonly after: number; readonly how: Correspondence }[] = [];
  const text = (requirement: Requirement | undefined): string =>
    wording ? foldText(requirement?.statement ?? '') : '';
  const take = (one: number, other: number, how: Correspondence): void => {
    if (!free.before.has(one) || !free.after.has(other)) return;
    free.before.delete(one);
    free.after.delete(other);
    pairs.push({ before: one, after: other, how });
  };
  /** Pairs what carries the same label, in order; nothing where the label is empty. */
  const takeSame = (how: Correspondence, label: (requirement: Requirement) => string): void => {
    const waiting = placesBy(sides.after, free.after, label);
    for (const place of free.before) {
      const name = label(sides.before[place] as Requirement);
      const match = name === '' ? undefined : waiting.get(name)?.shift();
      if (match !== undefined) take(place, match, how);
    }
  };

  takeSame('id', (requirement) => JSON.stringify([requirement.id, text(requirement)]));
  if (wording) takeSlidNumbers();
  takeSame('id', ({ id }) => JSON.stringify(id));
  const clusters = linkByFormerIds(
    before,
    after,
    pairs.map((pair) => ({ ...pair, livesOn: livesOn(pair) })),
  );
  for (const cluster of clusters) {
    for (const place of cluster.before) free.before.delete(place);
    for (const place of cluster.after) free.after.delete(place);
  }
  if (wording) {
    takeSame('text', (requirement) => telling(text(requirement)));
    takeNear();
  }

  /** Whether a requirement goes on under its own number with its text, or nearly. */
  function livesOn(pair: { readonly before: number; readonly after: number; readonly how: Correspondence }): boolean {
    if (pair.how !== 'id') return false;
    const [old, young] = [sides.before[pair.before]?.statement ?? '', sides.after[pair.after]?.statement ?? ''];
    return !wording || sameText(old, young) || likeness(shinglesOf(old), shinglesOf(young)) >= NEARLY_THE_SAME;
  }

  function takeSlidNumbers(): void {
    const all = { before: new Set(sides.before.keys()), after: new Set(sides.after.keys()) };
    const label = (requirement: Requirement): string => telling(text(requirement));
    const old = placesBy(sides.before, all.before, label);
    const young = placesBy(sides.after, all.after, label);
    const ids = {
      before: new Set(sides.before.map(({ id }) => id)),
      after: new Set(sides.after.map(({ id }) => id)),
    };
    for (const [name, [place, ...more]] of old) {
      const [match, ...others] = young.get(name) ?? [];
      if (place === undefined || match === undefined || more.length > 0 || others.length > 0) continue;
      const slid = ids.after.has(sides.before[place]?.id ?? '') || ids.before.has(sides.after[match]?.id ?? '');
      if (slid) take(place, match, 'text');
    }
  }

  function takeNear(): void {
    const [old, young] = [[...free.before], [...free.after]];
    const statements = (side: 'before' | 'after', places: readonly number[]): readonly string[] =>
      places.map((place) => sides[side][place]?.statement ?? '');
    const tie = (pair: { readonly before: number; readonly after: number }): string =>
      [sides.before[old[pair.before] ?? -1]?.id ?? '', sides.after[young[pair.after] ?? -1]?.id ?? '']
        .toSorted()
        .join('\n');
    const inPlace = samePlace(sides.before, sides.after);
    const least = (one: number, other: number): number =>
      inPlace(old[one] ?? -1, young[other] ?? -1) ? ALIKE_IN_PLACE : NEARLY_THE_SAME;
    const likely = likelyPairs(statements('before', old), statements('after', young), least)
      .map((pair) => ({ ...pair, tie: tie(pair) }))
      .toSorted((one, other) => other.score - one.score || (one.tie < other.tie ? -1 : 1));
    for (const pair of likely) take(old[pair.before] ?? -1, young[pair.after] ?? -1, 'near-text');
  }

  const inCluster = new Set(clusters.flatMap((cluster) => cluster.after));
  const matches: Match[] = [
    ...pairs
      .filter((pair) => !inCluster.has(pair.after))
      .map((pair): Match => {
        const old = sides.before[pair.before] as Requirement;
        const young = sides.after[pair.after] as Requirement;
        return {
          before: [pair.before],
          after: [pair.after],
          how: pair.how,
          pairs: [matchInside(old, young, pair.how, wording)],
        };
      }),
    ...clusters.map((cluster): Match => {
      const olds = cluster.before.map((place) => sides.before[place] as Requirement);
      const youngs = cluster.after.map((place) => sides.after[place] as Requirement);
      return {
        ...cluster,
        how: 'previous-id',
        pairs: youngs.map((young) => matchInside(closest(young, olds, youngs.length), young, 'previous-id', wording)),
      };
    }),
    ...Array.from(free.after, (place): Match => ({ before: [], after: [place], how: 'none', pairs: [] })),
    ...Array.from(free.before, (place): Match => ({ before: [place], after: [], how: 'none', pairs: [] })),
  ];
  // In the order of the new REM, what is gone at the end in the order of the former one.
  const rank = (match: Match): number => match.after[0] ?? sides.after.length + (match.before[0] ?? 0);
  return matches.toSorted((left, right) => rank(left) - rank(right));

  function closest(young: Requirement, olds: readonly Requirement[], width: number): Requirement {
    const same = olds.find(({ id }) => id === young.id);
    const sameStatement = wording ? olds.find(({ statement }) => sameText(statement, young.statement)) : undefined;
    const [first] = olds;
    const known = same ?? sameStatement ?? (wording && olds.length * width <= MAX_COMPARED ? undefined : first);
    if (known !== undefined) return known;
    const shingles = shinglesOf(young.statement);
    return olds.reduce((best, old) =>
      likeness(shinglesOf(old.statement), shingles) > likeness(shinglesOf(best.statement), shingles) ? old : best,
    );
  }
}

function telling(folded: string): string {
  return folded.length >= TELLING ? folded : '';
}

function placesBy(
  requirements: readonly Requirement[],
  places: ReadonlySet<number>,
  label: (requirement: Requirement) => string,
): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const place of places) {
    const requirement = requirements[place];
    const name = requirement === undefined ? '' : label(requirement);
    if (name === '') continue;
    const queue = found.get(name) ?? [];
    queue.push(place);
    found.set(name, queue);
  }
  return found;
}
