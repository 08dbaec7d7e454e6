import { readFileSync } from 'node:fs';

import { DsrError } from '../errors/index.ts';
import type { Category, Wave } from '../rem/types.ts';
import { GENERAL_PROFILE, profileSlug } from './slug.ts';
import type { ProfileList, ProfileProblem } from './types.ts';

const FILES: ReadonlyMap<string, string> = new Map([
  ['SGL va1', './sgl-va1.json'],
  ['SGL va2', './sgl-va2.json'],
]);

/** Whether a list of profiles is embedded for that category and wave. */
export function hasProfiles(category: Category, wave: Wave): boolean {
  return FILES.has(`${category} ${wave}`);
}

/** Every embedded list, in the order of the waves: what a profile found elsewhere may be explained with. */
export function embeddedProfileLists(): readonly ProfileList[] {
  return Array.from(FILES.values(), readList);
}

/**
 * Profiles of a category and wave, in the order in which they are shown.
 *
 * @throws DsrError `PROFILES_UNKNOWN` when no list is embedded for them: `profilesOfRem` takes those of an imported REM
 */
export function loadProfiles(category: Category, wave: Wave): ProfileList {
  const file = FILES.get(`${category} ${wave}`);
  if (file === undefined) {
    throw new DsrError(
      'PROFILES_UNKNOWN',
      `Jalon ne connaît pas les profils du couloir ${category} en ${wave}.`,
      'Importez la REM du couloir : ses profils sont ceux de la colonne « Profil ».',
    );
  }
  return readList(file);
}

function readList(file: string): ProfileList {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as ProfileList;
}

/**
 * Judges a set of declared profiles: names nobody knows and pairs that exclude one another.
 *
 * @param list the profiles of the category
 * @param declared slugs or REM names; `general` may be given or not
 * @returns one problem per fault, empty when the set is right
 */
export function checkProfiles(list: ProfileList, declared: readonly string[]): readonly ProfileProblem[] {
  const slugs = new Set(declared.map(profileSlug));
  const known = new Map(list.profiles.map((profile) => [profile.slug, profile]));
  const problems: ProfileProblem[] = [];
  for (const name of declared) {
    const slug = profileSlug(name);
    if (slug === GENERAL_PROFILE || known.has(slug)) continue;
    problems.push({
      code: 'PROFILE_UNKNOWN',
      profiles: [name],
      message: `Le profil « ${name} » n'existe pas dans le couloir ${list.category} en ${list.wave}.`,
      remedy: `Choisissez parmi : ${[...known.keys()].join(', ')}.`,
    });
  }
  for (const profile of list.profiles) {
    for (const other of profile.excludes) {
      // Each pair is written on both sides in the data; it is reported once, in alphabetical order.
      if (profile.slug > other || !slugs.has(profile.slug) || !slugs.has(other)) continue;
      problems.push({
        code: 'PROFILES_EXCLUSIVE',
        profiles: [profile.slug, other],
        message: `Les profils « ${profile.slug} » et « ${other} » s'excluent.`,
        remedy:
          "Ne déclarez que celui qui décrit le produit : il crée les identités, ou il les reçoit d'un autre logiciel.",
      });
    }
  }
  return problems;
}
