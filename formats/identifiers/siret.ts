import { luhnSum } from './luhn.ts';
import { readTyped, wrongKey } from './typed.ts';
import type { IdentifierReading } from './types.ts';

const LA_POSTE = '356000000';
const NAME = 'Le SIRET';

/**
 * Reads a SIRET: 14 digits, SIREN of 9 and number of establishment of 5, the last of which is the key.
 *
 * The key is that of Luhn over the 14 digits. La Poste (SIREN 356 000 000) has more establishments than that rule leaves
 * numbers for: theirs are right when the plain sum of the digits is a multiple of 5, which its head office, older, need
 * not follow.
 *
 * Source: INSEE, documentation of the SIRENE repertory (SIRET number, control key and exception of La Poste).
 *
 * @param text as typed, with or without spaces between groups
 */
export function readSiret(text: string): IdentifierReading {
  const typed = readTyped(text, { name: NAME, length: 14, characters: /^\d+$/u, made: '14 chiffres' });
  if (!typed.ok) return typed;
  const { value } = typed;
  const ofLaPoste = value.startsWith(LA_POSTE) && digitSum(value) % 5 === 0;
  return luhnSum(value) % 10 === 0 || ofLaPoste ? typed : wrongKey(NAME, value);
}

function digitSum(digits: string): number {
  return Array.from(digits).reduce((total, digit) => total + Number(digit), 0);
}
