import { luhnSum } from './luhn.ts';
import { readTyped, shown, wrongKey } from './typed.ts';
import type { IdentifierReading } from './types.ts';

const NAME = 'Le RPPS';

/**
 * Reads a number of the shared directory of health professionals: 11 digits, the last of which is the key of Luhn.
 *
 * A national identifier (PS_IdNat, 12 digits) is `8` then the RPPS: it is refused, with what to take away.
 *
 * Source: ANS, RPPS (number without meaning, 10 digits and a key); prefix `8` of PS_IdNat: protocols.md §0.1.
 *
 * @param text as typed, with or without spaces
 */
export function readRpps(text: string): IdentifierReading {
  const typed = readTyped(text, { name: NAME, length: 11, characters: /^\d+$/u, made: '11 chiffres' });
  if (!typed.ok) return typed.fault === 'length' ? (prefixed(text) ?? typed) : typed;
  return luhnSum(typed.value) % 10 === 0 ? typed : wrongKey(NAME, typed.value);
}

function prefixed(text: string): IdentifierReading | undefined {
  const twelve = readTyped(text, { name: NAME, length: 12, characters: /^8\d+$/u, made: '' });
  if (!twelve.ok || luhnSum(twelve.value.slice(1)) % 10 !== 0) return undefined;
  return {
    ok: false,
    fault: 'length',
    message: `« ${shown(twelve.value)} » est un identifiant national (8 puis le RPPS).`,
    remedy: `Retirez le 8 de tête : ${twelve.value.slice(1)}.`,
  };
}
