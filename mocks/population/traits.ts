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
 * Makes the test that tells whether INSi would find a patient with these traits, compared with what the identity
 * document says and with what INSi holds: both find. One first name sent must be the first one; with several, each must
 * be known. A day or a month that INSi does not know (00) agrees with any. A birth place, when sent, must be a known one.
 * The tolerance of the real service is not published (protocols.md §1.6 A4 only gives the order of retries).
 */
export function searchedBy(traits: SearchTraits): (patient: TestPatient) => boolean {
  const sent = traits.firstNames.flatMap((name) => normalizeName(name).split(' ')).filter((name) => name !== '');
  const birthName = normalizeName(traits.birthName);
  const birthPlace = traits.birthPlace?.toUpperCase() ?? '';
  return (patient) => {
    const held = { ...patient, ...patient.insiTraits };
    return (
      patient.situation !== 'inconnu' &&
      (birthName === patient.birthName || birthName === held.birthName) &&
      (traits.sex === patient.sex || traits.sex === held.sex) &&
      (agrees(traits.birthDate, patient.birthDate) || agrees(traits.birthDate, held.birthDate)) &&
      isNamed(sent, patient.firstNames, held.firstNames) &&
      (birthPlace === '' || birthPlace === patient.birthPlace || birthPlace === held.birthPlace)
    );
  };
}

function isNamed(sent: readonly string[], typed: readonly string[], held: readonly string[]): boolean {
  const [first] = sent;
  if (first === undefined) return false;
  if (sent.length === 1) return first === typed[0] || first === held[0];
  return sent.every((name) => typed.includes(name) || held.includes(name));
}

/** Dates `YYYY-MM-DD`; parts of the known one that are 00 agree with anything. */
function agrees(sent: string, known: string): boolean {
  const parts = sent.split('-');
  return known.split('-').every((part, index) => part === parts[index] || (index > 0 && part === '00'));
}
