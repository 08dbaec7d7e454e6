const APOSTROPHES = /['`´‘’‚‛′ʼʻˈ＇]/gu;
const HYPHENS = /[‐‑‒–—−]/gu;
const MARKS = /\p{M}/gu;

/** Text as it is searched: no case, no accents, one apostrophe, one hyphen, single spaces. */
export function fold(text: string): string {
  return bare(text).replaceAll(/\s+/gu, ' ').trim();
}

/** All of {@link fold} that is done character by character, hence of a part of a text as of the whole. */
function bare(text: string): string {
  return text
    .replaceAll(APOSTROPHES, "'")
    .replaceAll(HYPHENS, '-')
    .normalize('NFKD')
    .replaceAll(MARKS, '')
    .toLowerCase()
    .replaceAll('œ', 'oe');
}

/**
 * The user's own words behind a part of the folded text.
 *
 * @param from first character in `fold(text)`
 * @param to the one after the last
 */
export function ownWords(text: string, from: number, to: number): string {
  let start = 0;
  let folded = 0;
  let blank = true;
  let at = 0;
  for (const character of text) {
    const part = bare(character);
    const isBlank = part.trim() === '';
    // A run of blanks is one space, and none at the beginning; a mark alone folds to nothing.
    const length = part === '' || (isBlank && blank) ? 0 : isBlank ? 1 : part.length;
    if (length > 0 && folded <= from) start = at;
    if (length > 0 && folded >= to) break;
    if (part !== '') blank = isBlank;
    folded += length;
    at += character.length;
  }
  return text.slice(start, at).trim();
}

export interface Negations {
  readonly before: RegExp;
  readonly after: RegExp;
}

/**
 * All the words of a text that one of the patterns knows and that the clause does not deny (« hors boîtes aux lettres »).
 *
 * @param patterns global, made for folded text
 * @returns the words as the text writes them, in its order; of words that overlap, the first, and the longest
 */
export function findAllWords(
  text: string,
  patterns: readonly RegExp[],
  negations?: Partial<Negations>,
): readonly string[] {
  const folded = fold(text);
  const found = patterns
    .flatMap((pattern) => [...folded.matchAll(pattern)].map(({ 0: { length }, index }) => ({ index, length })))
    .filter(({ index, length }) => {
      const before = folded.slice(0, index);
      const after = folded.slice(index + length);
      return negations?.before?.test(before) !== true && negations?.after?.test(after) !== true;
    })
    .toSorted((one, other) => one.index - other.index || other.length - one.length);
  let end = 0;
  return found.flatMap(({ index, length }) => {
    if (index < end) return [];
    end = index + length;
    return [ownWords(text, index, end)];
  });
}

/** Whether {@link findAllWords} finds something. */
export function hasWords(text: string, patterns: readonly RegExp[], negations?: Partial<Negations>): boolean {
  return findAllWords(text, patterns, negations).length > 0;
}

/** `« formation », « maintenance »`. */
export function quotedWords(words: readonly string[]): string {
  return words.map((one) => `« ${one} »`).join(', ');
}
