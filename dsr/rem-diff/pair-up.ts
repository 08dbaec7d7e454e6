import { foldText } from './fold.ts';
import { likeness, shinglesOf } from './shingles.ts';
import type { Correspondence } from './types.ts';

/** From which likeness two texts without common number are said to be one, reworded. */
export const NEARLY_THE_SAME = 0.75;
/** The same where their place in the list says so too. */
export const ALIKE_IN_PLACE = 0.6;
/** Inside one requirement lists are short; beyond this they are not compared each one to each other. */
const MAX_COMPARED = 2_500;

export interface Paired<T> {
  readonly before: T;
  readonly after: T;
  readonly how: Correspondence;
}

export interface PairedUp<T> {
  readonly pairs: readonly Paired<T>[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/**
 * Pairs two short lists of numbered texts: same number and same text, then same text under another number, then same
 * number with another text, then nearly the same text. Text comes before number, since inserting one row shifts the
 * numbers of all the next ones.
 *
 * @param key number within the parent
 * @param text empty when texts are not compared
 */
export function pairUp<T>(
  before: readonly T[],
  after: readonly T[],
  by: { readonly key: (item: T, side: 'before' | 'after') => string; readonly text: (item: T) => string },
): PairedUp<T> {
  const pairs: Paired<T>[] = [];
  let old = [...before];
  let young = [...after];
  const take = (how: Correspondence, label: (item: T, side: 'before' | 'after') => string | undefined): void => {
    const waiting = new Map<string, T[]>();
    for (const item of young) {
      const name = label(item, 'after');
      if (name === undefined) continue;
      const queue = waiting.get(name) ?? [];
      queue.push(item);
      waiting.set(name, queue);
    }
    const taken = new Set<T>();
    old = old.filter((item) => {
      const name = label(item, 'before');
      const match = name === undefined ? undefined : waiting.get(name)?.shift();
      if (match === undefined) return true;
      taken.add(match);
      pairs.push({ before: item, after: match, how });
      return false;
    });
    young = young.filter((item) => !taken.has(item));
  };
  take('id', (item, side) => JSON.stringify([by.key(item, side), foldText(by.text(item))]));
  take('text', (item) => foldText(by.text(item)) || undefined);
  take('id', (item, side) => by.key(item, side));
  takeNear();
  const order = new Map(after.map((item, index) => [item, index]));
  return {
    pairs: pairs.toSorted((left, right) => (order.get(left.after) ?? 0) - (order.get(right.after) ?? 0)),
    removed: old,
    added: young,
  };

  function takeNear(): void {
    if (old.length * young.length > MAX_COMPARED) return;
    const right = young.map((item) => ({ item, shingles: shinglesOf(by.text(item)) }));
    const candidates = old
      .flatMap((item) => {
        const left = shinglesOf(by.text(item));
        return right.map((other) => ({
          before: item,
          after: other.item,
          score: likeness(left, other.shingles),
          tie: [by.key(item, 'before'), by.key(other.item, 'after')].toSorted().join('\n'),
        }));
      })
      .filter(({ score }) => score >= NEARLY_THE_SAME)
      .toSorted((one, other) => other.score - one.score || (one.tie < other.tie ? -1 : 1));
    for (const { before: item, after: match } of candidates) {
      if (!old.includes(item) || !young.includes(match)) continue;
      pairs.push({ before: item, after: match, how: 'near-text' });
      old = old.filter((each) => each !== item);
      young = young.filter((each) => each !== match);
    }
  }
}
