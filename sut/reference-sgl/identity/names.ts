const LIGATURES: Readonly<Record<string, string>> = { Œ: 'OE', Æ: 'AE', ẞ: 'SS', Ø: 'O', Ł: 'L', Đ: 'D' };

/**
 * A name as the identity rules want it on entry and as INSi reads it: A to Z, space, apostrophe, hyphen.
 * Accents go, other signs become spaces. A double hyphen is meaningful (two birth names) and stays.
 * Source: INS implementation guide, naming rules; INSi calls by traits.
 */
export function strictName(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[ŒÆẞØŁĐ]/g, (letter) => LIGATURES[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[’‘ʼ`´]/g, "'")
    .replaceAll(/[‐‑‒–—−]/g, '-')
    .replaceAll(/[^A-Z' -]/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
}

/** For comparing and searching: apostrophes, hyphens and spaces do not count (rule 17). */
export function searchKey(text: string): string {
  return strictName(text).replaceAll(/[' -]/g, '');
}

/** Whether a list of first names begins with this one; whole words, hyphen and space alike. */
export function beginsWithName(list: string, name: string): boolean {
  return words(list).startsWith(words(name));
}

/** Whether this first name is somewhere in the list. */
export function holdsName(list: string, name: string): boolean {
  return words(list).includes(words(name));
}

function words(text: string): string {
  return ` ${strictName(text).replaceAll(/[ -]+/g, ' ').trim()} `;
}
