import type { TestPatient } from './types.ts';

/** Traits of a search, as they crossed the wire. */
export interface SearchTraits {
  readonly birthName: string;
  readonly firstNames: readonly string[];
  readonly sex: string;
  readonly birthDate: string;
  readonly birthPlace?: string;
}

/** Upper case, no accents, single spaces; hyphen and apostrophe kept (RNIV form of strict traits). */
export function normalizeName(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[’ʼ]/g, "'")
    .replaceAll('Œ', 'OE')
    .replaceAll('œ', 'oe')
    .toUpperCase()
    .trim()
    .replaceAll(/\s+/g, ' ');
}

/**
 * True when INSi would find this patient with these traits. One first name sent must be the patient's first one; with
 * several, each must be among the patient's. A birth place, when sent, must be the one INSi holds.
 * The tolerance of the real service is not published (protocols.md §1.6 A4 only gives the order of retries).
 */
export function answersTo(patient: TestPatient, traits: SearchTraits): boolean {
  if (patient.situation === 'inconnu') return false;
  const sent = traits.firstNames.flatMap((name) => normalizeName(name).split(' ')).filter((name) => name !== '');
  const held = patient.firstNames.map(normalizeName);
  const heldPlaces = [patient.birthPlace, patient.insiTraits?.birthPlace];
  return (
    normalizeName(traits.birthName) === patient.birthName &&
    traits.sex === patient.sex &&
    traits.birthDate === patient.birthDate &&
    (sent.length > 1 ? sent.every((name) => held.includes(name)) : sent[0] === held[0]) &&
    (traits.birthPlace === undefined ||
      traits.birthPlace === '' ||
      heldPlaces.includes(traits.birthPlace.toUpperCase()))
  );
}
