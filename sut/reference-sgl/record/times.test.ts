import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utcTime } from '../documents/index.ts';
import { dayBounds, localDateTime } from './times.ts';

describe('times of the registry', () => {
  it.each([
    ['20260105100000', '2026-01-05T11:00:00+01:00'],
    ['20260701223000', '2026-07-02T00:30:00+02:00'],
    ['20260105', '2026-01-05T01:00:00+01:00'],
    ['hier', 'hier'],
    ['', ''],
    ['20261399999999', '20261399999999'],
  ])('shows %s as %s', (utc, local) => {
    expect(localDateTime(utc)).toBe(local);
  });

  it('names the same instant, whatever the season', () => {
    const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, (at) => {
        expect(new Date(localDateTime(utcTime(at))).getTime()).toBe(Math.floor(at.getTime() / 1_000) * 1_000);
      }),
    );
  });

  it.each([
    ['2026-01-05', '2026-01-04T23:00:00.000Z', '2026-01-05T22:59:59.000Z'],
    ['2026-07-05', '2026-07-04T22:00:00.000Z', '2026-07-05T21:59:59.000Z'],
    ['2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.000Z'],
    ['2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.000Z'],
  ])('bounds the day %s', (day, first, last) => {
    const bounds = dayBounds(day);
    expect([bounds.first.toISOString(), bounds.last.toISOString()]).toEqual([first, last]);
  });
});
