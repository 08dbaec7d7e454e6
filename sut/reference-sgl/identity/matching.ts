import type { Patient } from '../model/index.ts';
import type { IdentityFeed } from './feed.ts';
import { searchKey } from './names.ts';

/**
 * The identity that a message speaks of: by the identifier of its sender, else by INS, else by birth name, first name,
 * sex, birth date and birth place when exactly one identity carries them; a place that one of the two does not know tells
 * nobody apart. A doubt is nobody: two people must not be merged by a feed.
 *
 * @param domain our own domain, whose identifiers are our local ones
 */
export function matchFeed(
  feed: IdentityFeed,
  patients: readonly Patient[],
  domain: string,
  faults: ReadonlySet<string> = new Set(),
): Patient | undefined {
  const live = patients.filter((patient) => patient.mergedInto === undefined);
  return (
    live.find((patient) => isNumbered(patient, feed.identifier, domain)) ??
    (feed.ins && live.find(({ ins }) => ins?.matricule === feed.ins?.matricule && ins?.oid === feed.ins?.oid)) ??
    only(live.filter((patient) => sameTraits(patient, feed, faults)))
  );
}

/** Whether the identity carries this identifier, ours or another's. */
export function isNumbered(
  patient: Patient,
  identifier: { value: string; authority: string },
  domain: string,
): boolean {
  const { value, authority } = identifier;
  if (authority === domain && patient.localId === value) return true;
  return patient.identifiers.some((other) => other.value === value && other.authority === authority);
}

function sameTraits({ traits }: Patient, { traits: read }: IdentityFeed, faults: ReadonlySet<string>): boolean {
  const alike = searchKey(traits.birthName) === searchKey(read.birthName ?? '') && traits.birthDate === read.birthDate;
  if (!alike || faults.has('hl7-confond-jumeaux')) return alike;
  return (
    searchKey(traits.firstNames[0] ?? '') === searchKey(read.firstNames?.[0] ?? '') &&
    traits.sex === read.sex &&
    (samePlace(traits.birthPlace, read.birthPlace) || faults.has('hl7-confond-homonymes'))
  );
}

/** RNIV writes an unknown place 99999. */
function samePlace(one: string | undefined, other: string | undefined): boolean {
  return one === other || [one, other].some((place) => !place || place === '99999');
}

function only<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}
