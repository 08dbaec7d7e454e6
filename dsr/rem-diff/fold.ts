/** Spaces of every kind, and characters without any width. */
const BLANK = /[\s\p{Z}\p{Cc}\p{Cf}]+/gu;

const remembered = new Map<string, string>();
/** Texts come back many times during one comparison; a hostile workbook must not fill the memory for good. */
const REMEMBERED = 20_000;

/**
 * Text without its typography: spaces and line breaks of every kind, apostrophes, quotes, dashes, bullets, ligatures.
 * Case, accents and punctuation stay, since they may change what is asked. A space between two figures stays too.
 *
 * Spaces are dropped rather than folded: official exports lose the line break between two steps of a scenario.
 */
export function foldText(text: string): string {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const folded = text
    .normalize('NFKC')
    .replace(/[‘’‚‛ʹʼˈ′´`]/gu, "'")
    .replace(/[«»“”„‟″]|''/gu, '"')
    .replace(/[‐‑‒–—―−•‣◦▪·]/gu, '-')
    .replace(BLANK, ' ')
    .replace(/(?<!\d) | (?!\d)/gu, '');
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(text, folded);
  return folded;
}

/** Whether two texts say the same, typography aside. */
export function sameText(before: string, after: string): boolean {
  return before === after || foldText(before) === foldText(after);
}
