import type { Rem } from '../rem/types.ts';
import { embeddedProfileLists, hasProfiles, loadProfiles } from './profiles.ts';
import { GENERAL_PROFILE, profileSlug } from './slug.ts';
import type { Profile, ProfileList } from './types.ts';

/**
 * The profiles that can be declared for a REM, whatever its category: what makes `checkProfiles` usable with any
 * imported workbook.
 *
 * `general` comes first; then the embedded list of the category and wave when there is one, in its order; then what the
 * requirements carry beyond it, in the order of the REM and named as it names them first. Two writings of one name
 * (`profileSlug`) are one profile. A name that an embedded list of another category explains keeps that description and
 * those exclusions: an identity repository is never an identity slave, in any category.
 *
 * @param rem imported or embedded; requirements without profile (message C1) add nothing
 */
export function profilesOfRem(rem: Rem): ProfileList {
  const embedded = hasProfiles(rem.category, rem.wave) ? loadProfiles(rem.category, rem.wave) : undefined;
  const lists = embeddedProfileLists();
  const found = new Map<string, Profile>();
  const add = (profile: Profile): void => {
    if (!found.has(profile.slug)) found.set(profile.slug, profile);
  };
  const general = lists.flatMap((list) => list.profiles).find(({ slug }) => slug === GENERAL_PROFILE);
  if (general !== undefined) add(general);
  for (const profile of embedded?.profiles ?? []) add(profile);
  for (const [slug, { name, count }] of carriedProfiles(rem)) add(describe(slug, name, count, lists));
  return {
    category: rem.category,
    wave: rem.wave,
    source: embedded?.source ?? { mark: 'S', document: rem.source, date: '' },
    profiles: Array.from(found.values(), (profile) => ({
      ...profile,
      excludes: profile.excludes.filter((other) => found.has(other)),
    })),
  };
}

/** Names of the requirements in force with how many carry them, by slug. */
function carriedProfiles(rem: Rem): ReadonlyMap<string, { readonly name: string; readonly count: number }> {
  const carried = new Map<string, { name: string; count: number }>();
  for (const { profile } of rem.requirements) {
    const slug = profileSlug(profile);
    if (slug === '') continue;
    const known = carried.get(slug);
    if (known === undefined) carried.set(slug, { name: profile.replace(/\s+/gu, ' ').trim(), count: 1 });
    else known.count += 1;
  }
  return carried;
}

function describe(slug: string, name: string, count: number, lists: readonly ProfileList[]): Profile {
  const same = lists.flatMap((list) => list.profiles).find((profile) => profile.slug === slug);
  if (same !== undefined) return { ...same, name };
  return {
    slug,
    name,
    description:
      count === 1 ? 'Profil que porte une exigence de la REM' : `Profil que portent ${count} exigences de la REM`,
    excludes: [],
  };
}
