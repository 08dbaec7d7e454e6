/** Names whose usual slug is not what the general rule gives. */
const IRREGULAR: ReadonlyMap<string, string> = new Map([['stockage-copies-titres-identite', 'stockage-copies-titres']]);

const LINK_WORDS = new Set(['a', 'au', 'aux', 'd', 'de', 'des', 'du', 'et', 'l', 'la', 'le', 'les', 'ou']);

/** The profile that applies to every product of a category. */
export const GENERAL_PROFILE = 'general';

/**
 * Slug of a profile, from its name in a REM or from a slug already.
 *
 * Case, accents, apostrophes, spaces and French link words do not count, so that `Référentiel d’identités`,
 * `REFERENTIEL D'IDENTITES` and `referentiel-identites` are one profile.
 *
 * @param name as written in a workbook or on the command line
 * @returns lower-case words joined by hyphens, empty when there is no letter or digit
 */
export function profileSlug(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .filter((word) => word !== '' && !LINK_WORDS.has(word));
  const slug = words.join('-');
  return IRREGULAR.get(slug) ?? slug;
}
