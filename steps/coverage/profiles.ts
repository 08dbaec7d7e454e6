import { GENERAL_PROFILE, hasProfiles, loadProfiles, profileSlug } from '#dsr/profiles/index.ts';
import type { Rem } from '#dsr/rem/index.ts';

/** Slugs that a run of a REM may declare: the general one, those of its category where we have the list, its own. */
export function profilesFor({ category, wave, requirements }: Rem): readonly string[] {
  const listed = hasProfiles(category, wave) ? loadProfiles(category, wave).profiles : [];
  return [
    ...new Set([
      GENERAL_PROFILE,
      ...listed.map(({ slug }) => slug),
      ...requirements.map(({ profile }) => profileSlug(profile)).filter((slug) => slug !== ''),
    ]),
  ];
}
