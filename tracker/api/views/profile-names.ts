import { GENERAL_PROFILE, loadProfiles, profileSlug } from '#dsr/profiles/index.ts';
import type { Rem } from '#dsr/rem/index.ts';

/** Names of declared profiles: as the REM writes them, else as our list does, else the slug itself. */
export function profileNames(rem: Rem, declared: readonly string[]): readonly string[] {
  const names = new Map<string, string>(embedded(rem));
  for (const { profile } of rem.requirements) if (profile !== '') names.set(profileSlug(profile), profile);
  const slugs = new Set([GENERAL_PROFILE, ...declared.map(profileSlug)]);
  return [...slugs].map((slug) => names.get(slug) ?? slug);
}

function embedded(rem: Rem): readonly (readonly [string, string])[] {
  try {
    return loadProfiles(rem.category, rem.wave).profiles.map(({ slug, name }) => [slug, name] as const);
  } catch {
    // Most categories have no embedded list: the REM's own names are then all there is.
    return [];
  }
}
