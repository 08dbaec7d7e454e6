const APOSTROPHES = /['`´‘’‚‛′ʼʻˈ＇]/gu;
const HYPHENS = /[‐‑‒–—−]/gu;
const MARKS = /\p{M}/gu;

/** Text as it is searched: no case, no accents, one apostrophe, one hyphen, single spaces. */
export function fold(text: string): string {
  return text
    .replaceAll(APOSTROPHES, "'")
    .replaceAll(HYPHENS, '-')
    .normalize('NFKD')
    .replaceAll(MARKS, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

export interface Negations {
  readonly before: RegExp;
  readonly after: RegExp;
}

/**
 * The first words of a text that one of the patterns knows and that the clause does not deny (« hors boîtes aux lettres »).
 *
 * @param patterns global, made for folded text
 * @returns the words, folded; undefined when there are none
 */
export function findWords(text: string, patterns: readonly RegExp[], negations?: Negations): string | undefined {
  const folded = fold(text);
  const found = patterns
    .flatMap((pattern) => [...folded.matchAll(pattern)])
    .filter(({ 0: words, index }) => {
      if (negations === undefined) return true;
      const before = folded.slice(0, index);
      const after = folded.slice(index + words.length);
      return !negations.before.test(before) && !negations.after.test(after);
    })
    .toSorted((one, other) => one.index - other.index);
  return found[0]?.[0];
}
