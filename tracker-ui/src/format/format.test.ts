import { describe, expect, it } from 'vitest';
import { count, day, duration, moment, number, size, wave } from './format.ts';

describe('numbers and dates in French', () => {
  it('writes instants in Paris time, summer and winter', () => {
    expect(moment('2026-01-12T14:30:00.000Z')).toBe('12/01/2026 à 15:30');
    expect(moment('2026-07-12T22:30:00.000Z')).toBe('13/07/2026 à 00:30');
    expect(day('2025-12-31T23:30:00.000Z')).toBe('1 janvier 2026');
    expect(moment('hier')).toBe('hier');
  });

  it('counts', () => {
    expect(count(0, 'preuve')).toBe('0 preuve');
    expect(count(2, 'preuve')).toBe('2 preuves');
    expect(count(2, 'n° de preuve', 'n° de preuve')).toBe('2 n° de preuve');
    expect(number(1234.56)).toBe('1\u202f234,6');
  });

  it('writes durations, sizes and waves', () => {
    expect([12, 999, 41_250, 59_960, 125_000].map(duration)).toEqual([
      '12 ms',
      '999 ms',
      '41,3 s',
      '1 min 00 s',
      '2 min 05 s',
    ]);
    expect([1, 512, 3400, 1_200_000].map(size)).toEqual(['1 octet', '512 octets', '3,4 Ko', '1,2 Mo']);
    expect([wave('va1'), wave('va2'), wave('autre')]).toEqual(['vague 1', 'vague 2', 'autre']);
  });
});
