import { describe, expect, it } from 'vitest';
import { count, counted, duration, moment, size, SLOT_STATES, VERDICTS } from './index.ts';

/** Intl separates thousands with a narrow no-break space. */
const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F]/g, ' ');

describe('numbers', () => {
  it.each([
    [0, '0 pièce'],
    [1, '1 pièce'],
    [2, '2 pièces'],
    [1204, '1 204 pièces'],
  ])('counts %i', (value, expected) => expect(plain(count(value, 'pièce'))).toBe(expected));

  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1000, '1 s'],
    [41_200, '41,2 s'],
    [59_949, '59,9 s'],
    [59_950, '1 min 00 s'],
    [125_000, '2 min 05 s'],
    [3_599_600, '1 h 00 min'],
    [3_780_000, '1 h 03 min'],
    [-1, 'durée inconnue'],
    [Number.NaN, 'durée inconnue'],
  ])('says %d ms', (ms, expected) => expect(duration(ms)).toBe(expected));

  it.each([
    [1, '1 octet'],
    [999, '999 octets'],
    [4211, '4,2 Ko'],
    [999_950, '1 Mo'],
    [12_345_678, '12,3 Mo'],
  ])('says %i bytes', (bytes, expected) => expect(size(bytes)).toBe(expected));

  it.each([
    ['2026-11-22T01:49:13.000Z', '22/11/2026 à 02:49:13'],
    ['2026-07-14T22:30:00Z', '15/07/2026 à 00:30:00'],
    ['hier', 'hier'],
  ])('says %s in Paris time', (iso, expected) => expect(moment(iso)).toBe(expected));
});

describe('counted', () => {
  it('agrees in number, and leaves the words that do not change', () => {
    expect(counted(VERDICTS['non-conforme'], 1).label).toBe('1 non conforme');
    expect(counted(VERDICTS['non-conforme'], 2).label).toBe('2 non conformes');
    expect(counted(SLOT_STATES['a-revoir'], 3).label).toBe('3 à revoir');
  });
});
