import { luhnKey, luhnSum } from './luhn.ts';
import { readTyped, shown, wrongKey } from './typed.ts';
import type { IdentifierReading } from './types.ts';

const NAME = 'Le FINESS';
const SHAPE = /^(?:\d\d|\d[AB])\d*$/u;

/**
 * Reads a FINESS number, of a legal entity (EJ) or of a geographic one (ET): 9 characters, of which 2 for the department
 * (`2A`, `2B` in Corsica, `97` and `98` overseas, `99` for what is in none, `0A` and `0B` for the test structures of the
 * ANS), 6 of order, 1 of key.
 *
 * The key is that of Luhn, the letter of the department counting as its place in the alphabet (A 1, B 2): the rule is
 * deduced from published numbers, among them the test structures `0B0127189` and `0B0193488` (protocols.md §0.1).
 *
 * @param text as typed, with or without spaces, letters in either case
 */
export function readFiness(text: string): IdentifierReading {
  const made = '9 caractères, le département (2A et 2B pour la Corse) puis 7 chiffres';
  const typed = readTyped(text, { name: NAME, length: 9, characters: SHAPE, made });
  if (!typed.ok) return typed;
  const { value } = typed;
  if (!isDepartment(value.slice(0, 2))) {
    return {
      ok: false,
      fault: 'department',
      message: `${NAME} « ${shown(value)} » commence par ${value.slice(0, 2)}, qui n'est pas un département.`,
      remedy: `Corrigez-le : ${made}.`,
    };
  }
  return luhnSum(digitsOf(value)) % 10 === 0 ? typed : wrongKey(NAME, value);
}

/** Key of the 8 first characters of a FINESS number; undefined when they are of another shape. */
export function finessKey(eight: string): string | undefined {
  return eight.length === 8 && SHAPE.test(eight) ? luhnKey(digitsOf(eight)) : undefined;
}

function isDepartment(code: string): boolean {
  return code !== '00' && /^(?:\d\d|[02][AB])$/u.test(code);
}

function digitsOf(value: string): string {
  return value.replace('A', '1').replace('B', '2');
}
