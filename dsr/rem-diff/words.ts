import { diffArrays, type ArrayChange } from 'diff';
import type { Segment } from './types.ts';

/** A word, a stretch of spaces, or any other character alone. */
const TOKEN = /[\p{L}\p{M}\p{N}]+|\s+|[^]/gu;
/** More words changed than this in one text and nobody reads them one by one. */
const MAX_EDITS = 400;
/** Steps of the search over a whole comparison, so that a hostile workbook ends in a few seconds. */
const BUDGET = 5_000_000;

export interface WordDiff {
  readonly segments: readonly Segment[];
  /** True when what changed is replaced whole between the common beginning and the common end. */
  readonly coarse: boolean;
}

export type WordDiffer = (before: string, after: string) => WordDiff;

/**
 * A word-level comparison of texts. The search is bounded, by text and over all the texts given to the same differ; past
 * the bound, what stands between the common beginning and end is replaced whole. No clock: same texts, same answer.
 *
 * Segments put end to end give back both texts exactly.
 */
export function createWordDiffer(budget: number = BUDGET): WordDiffer {
  let left = budget;
  return (before, after) => {
    const old = before.match(TOKEN) ?? [];
    const young = after.match(TOKEN) ?? [];
    let start = 0;
    while (start < old.length && start < young.length && old[start] === young[start]) start += 1;
    let end = 0;
    while (
      end < old.length - start &&
      end < young.length - start &&
      old[old.length - 1 - end] === young[young.length - 1 - end]
    ) {
      end += 1;
    }
    const oldMiddle = old.slice(start, old.length - end);
    const youngMiddle = young.slice(start, young.length - end);
    const edits = Math.min(MAX_EDITS, oldMiddle.length + youngMiddle.length, Math.floor(Math.sqrt(Math.max(0, left))));
    const changes =
      oldMiddle.length === 0 || youngMiddle.length === 0
        ? undefined
        : diffArrays(oldMiddle, youngMiddle, { maxEditLength: edits });
    left -= costOf(changes, edits) + oldMiddle.length + youngMiddle.length;
    const middle: Segment[] =
      changes === undefined
        ? [
            { kind: 'removed', text: oldMiddle.join('') },
            { kind: 'added', text: youngMiddle.join('') },
          ]
        : changes.map(({ value, added, removed }) => ({
            kind: added ? 'added' : removed ? 'removed' : 'same',
            text: value.join(''),
          }));
    const segments = tidy([
      { kind: 'same', text: old.slice(0, start).join('') },
      ...middle,
      { kind: 'same', text: old.slice(old.length - end).join('') },
    ]);
    return { segments, coarse: changes === undefined && oldMiddle.length > 0 && youngMiddle.length > 0 };
  };
}

/** The search takes about the square of the number of edits, whether it ends or gives up. */
function costOf(changes: readonly ArrayChange<string>[] | undefined, allowed: number): number {
  if (changes === undefined) return allowed ** 2;
  return changes.reduce((sum, { added, removed, count }) => (added || removed ? sum + count : sum), 0) ** 2;
}

/** Runs of changes read as one removal then one addition; a space alone between two changes belongs to both. */
function tidy(segments: readonly Segment[]): readonly Segment[] {
  const out: Segment[] = [];
  let removed = '';
  let added = '';
  const flush = (): void => {
    if (removed !== '') out.push({ kind: 'removed', text: removed });
    if (added !== '') out.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  segments.forEach((segment, index) => {
    if (segment.text === '') return;
    if (segment.kind === 'removed') removed += segment.text;
    else if (segment.kind === 'added') added += segment.text;
    else if (removed !== '' && added !== '' && /^\s+$/u.test(segment.text) && changesAfter(segments, index)) {
      removed += segment.text;
      added += segment.text;
    } else {
      flush();
      const last = out.at(-1);
      if (last?.kind === 'same') out[out.length - 1] = { kind: 'same', text: last.text + segment.text };
      else out.push(segment);
    }
  });
  flush();
  return out;
}

function changesAfter(segments: readonly Segment[], index: number): boolean {
  const next = segments[index + 1];
  return next !== undefined && next.kind !== 'same' && next.text !== '';
}
