/** From how many words in a row a title is no longer ours but the one of the official list. */
export const BORROWED_RUN = 8;

/** Words of a text, in lower case and without punctuation: "L'INS, qualifiée" gives `l`, `ins`, `qualifiée`. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/**
 * Every run of words of some texts, to be looked up by {@link borrowedRun}. A run never spans two texts.
 *
 * @param length how many words a run has
 */
export function runsOf(texts: Iterable<string>, length: number = BORROWED_RUN): ReadonlySet<string> {
  const runs = new Set<string>();
  for (const text of texts) {
    for (const run of slide(wordsOf(text), length)) runs.add(run);
  }
  return runs;
}

/**
 * The first run of words that a text shares with others, undefined when it is in its own words. A text shorter than a
 * run shares none.
 *
 * @param runs what {@link runsOf} gave for the same length
 */
export function borrowedRun(
  text: string,
  runs: ReadonlySet<string>,
  length: number = BORROWED_RUN,
): string | undefined {
  return slide(wordsOf(text), length).find((run) => runs.has(run));
}

function slide(words: readonly string[], length: number): readonly string[] {
  return Array.from({ length: Math.max(0, words.length - length + 1) }, (_, start) =>
    words.slice(start, start + length).join(' '),
  );
}
