import type { Rem } from '../rem/types.ts';
import { hasProfiles, loadProfiles } from './profiles.ts';
import { GENERAL_PROFILE, profileSlug } from './slug.ts';

/** Names of declared profiles: as the REM writes them, else as our list does, else the slug itself. */
export function profileNames(rem: Rem, declared: readonly string[]): readonly string[] {
  const { category, wave } = rem;
  const names = new Map<string, string>(
    hasProfiles(category, wave)
      ? loadProfiles(category, wave).profiles.map(({ slug, name }) => [slug, name] as const)
      : [],
  );
  for (const { profile } of rem.requirements) if (profile !== '') names.set(profileSlug(profile), profile);
  const slugs = new Set([GENERAL_PROFILE, ...declared.map(profileSlug)]);
  return [...slugs].map((slug) => names.get(slug) ?? slug);
}
