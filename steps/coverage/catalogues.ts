import { hasCatalogue, loadCatalogue } from '#dsr/catalogue/index.ts';
import { loadCategories, type Wave } from '#dsr/rem/index.ts';
import { profilesFor } from './profiles.ts';
import type { CheckedCatalogue } from './tag-problems.ts';

const WAVES: readonly Wave[] = ['va1', 'va2'];

/** Every embedded catalogue, with the profiles that a product may declare. */
export function embeddedCatalogues(): readonly CheckedCatalogue[] {
  return loadCategories().flatMap(({ code }) =>
    WAVES.filter((wave) => hasCatalogue(code, wave)).map((wave) => {
      const rem = loadCatalogue(code, wave);
      return { rem, profiles: profilesFor(rem) };
    }),
  );
}
