import { ownWords } from './content-words.ts';
import { foldText } from './fold.ts';

/** Words in a shingle: three tell templates of the programme apart ("le système doit permettre…"). */
const WIDTH = 3;
/** A text is known by its first words: a cell that holds a book is not read whole. */
const MAX_WORDS = 600;
/** A shingle that so many texts hold tells nothing. */
const MAX_HOLDERS = 40;

export type Shingles = ReadonlySet<string>;

/** Every run of three words of a text, typography and case aside; empty for a text of fewer words. */
export function shinglesOf(text: string): Shingles {
  const words = (text.slice(0, MAX_WORDS * 12).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
    .slice(0, MAX_WORDS)
    .map((word) => foldText(word).toLowerCase());
  const shingles = new Set<string>();
  for (let start = 0; start + WIDTH <= words.length; start += 1) {
    shingles.add(words.slice(start, start + WIDTH).join(' '));
  }
  return shingles;
}

/** Share of the shingles, or words, that two texts have in common (Dice), from 0 to 1. */
export function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  if (left.size === 0 || right.size === 0) return 0;
  const [small, large] = left.size <= right.size ? [left, right] : [right, left];
  let shared = 0;
  for (const shingle of small) if (large.has(shingle)) shared += 1;
  return (2 * shared) / (left.size + right.size);
}

/** Fewer words than this are a template ("le système doit permettre d'importer …") more than a text of its own. */
const LEAST_WORDS = 8;

/** Figures of a text in order: "message 12" and "message 13" look alike and are two things. */
function figuresOf(text: string): string {
  return (text.slice(0, MAX_WORDS * 12).match(/\d+/gu) ?? []).join(' ');
}

export interface Likely {
  readonly before: number;
  readonly after: number;
  readonly score: number;
}

/**
 * Pairs of texts that look alike, without comparing each one to each other: only texts that share a rare shingle are, and
 * that hold the same figures. In two short texts one word more or less breaks too many runs of three: the words that are
 * their own are then compared.
 *
 * @param least likeness from which a pair is kept
 */
export function likelyPairs(
  before: readonly string[],
  after: readonly string[],
  least: (before: number, after: number) => number,
): readonly Likely[] {
  const own = { left: before.map(ownWords), right: after.map(ownWords) };
  const left = before.map(tellingShingles);
  const right = after.map(tellingShingles);
  const figures = { left: before.map(figuresOf), right: after.map(figuresOf) };
  const holders = new Map<string, { readonly left: number[]; readonly right: number[] }>();
  const note = (side: 'left' | 'right', texts: readonly Shingles[]): void =>
    texts.forEach((shingles, index) => {
      for (const shingle of shingles) {
        const entry = holders.get(shingle) ?? { left: [], right: [] };
        entry[side].push(index);
        holders.set(shingle, entry);
      }
    });
  note('left', left);
  note('right', right);
  const seen = new Set<number>();
  const pairs: Likely[] = [];
  for (const entry of holders.values()) {
    if (entry.left.length + entry.right.length > MAX_HOLDERS) continue;
    for (const old of entry.left) {
      for (const young of entry.right) {
        const key = old * after.length + young;
        if (seen.has(key)) continue;
        seen.add(key);
        if (figures.left[old] !== figures.right[young]) continue;
        const [words, otherWords] = [own.left[old], own.right[young]];
        const score = Math.max(
          likeness(left[old] ?? new Set(), right[young] ?? new Set()),
          words === undefined || otherWords === undefined ? 0 : likeness(words, otherWords),
        );
        if (score >= least(old, young)) pairs.push({ before: old, after: young, score });
      }
    }
  }
  return pairs;
}

function tellingShingles(text: string): Shingles {
  const shingles = shinglesOf(text);
  return shingles.size > LEAST_WORDS - WIDTH ? shingles : new Set();
}
