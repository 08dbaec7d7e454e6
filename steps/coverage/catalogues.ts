import { hasCatalogue, loadCatalogue } from '#dsr/catalogue/index.ts';
import { GENERAL_PROFILE, hasProfiles, loadProfiles, profileSlug } from '#dsr/profiles/index.ts';
import { loadCategories, type Rem, type Wave } from '#dsr/rem/index.ts';
import type { CheckedCatalogue } from './tag-problems.ts';

const WAVES: readonly Wave[] = ['va1', 'va2'];

/** Every embedded catalogue, with the profiles of its category: its own list where there is one, and its REM's. */
export function embeddedCatalogues(): readonly CheckedCatalogue[] {
  return loadCategories().flatMap(({ code }) =>
    WAVES.filter((wave) => hasCatalogue(code, wave)).map((wave) => {
      const rem = loadCatalogue(code, wave);
      return { rem, profiles: profilesOf(rem) };
    }),
  );
}

function profilesOf(rem: Rem): readonly string[] {
  const listed = hasProfiles(rem.category, rem.wave) ? loadProfiles(rem.category, rem.wave).profiles : [];
  return [
    ...new Set([
      GENERAL_PROFILE,
      ...listed.map(({ slug }) => slug),
      ...rem.requirements.map(({ profile }) => profileSlug(profile)),
    ]),
  ];
}
