import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  isBefore,
  isMissed,
  missedFrom,
  parisDay,
  parseCivilDate,
  readCivilDate,
} from './index.ts';
import type { CivilDate } from './index.ts';

const day = (text: string): CivilDate => parseCivilDate(text)!;
const anyDay = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => day(date.toISOString().slice(0, 10)));

describe('a civil date', () => {
  it.each(['2024-02-29', '2022-12-31'])('reads %s', (text) => expect(parseCivilDate(text)).toBe(text));

  it.each([
    '2023-02-29',
    '2022-13-01',
    '22-01-01',
    '2022-1-1',
    '2022-01-01T00:00',
    '',
    '20220101',
    '+002022-01-01',
    '2022-00-10',
    '2022-10-00',
    '2022-01-011',
    'x2022-01-01',
  ])('does not read %j', (text) => expect(parseCivilDate(text)).toBeUndefined());

  it('reads what people type', () => {
    expect(readCivilDate(' 1/02/2022 ')).toBe('2022-02-01');
    expect(readCivilDate('11/2/2022')).toBe('2022-02-11');
    expect(readCivilDate('2022-02-01')).toBe('2022-02-01');
    expect(readCivilDate('111/02/2022')).toBeUndefined();
    expect(readCivilDate('01/02/20222')).toBeUndefined();
    expect(readCivilDate('29/02/2023')).toBeUndefined();
    expect(readCivilDate('01.02.2022')).toBeUndefined();
  });

  it('counts days through leap years and clock changes', () => {
    expect(daysBetween(day('2023-11-02'), day('2024-03-01'))).toBe(120);
    expect(daysBetween(day('2022-03-01'), day('2022-06-29'))).toBe(120);
    expect(daysBetween(day('2022-06-20'), day('2022-06-01'))).toBe(-19);
    expect(addDays(day('9999-12-30'), 1)).toBe('9999-12-31');
    expect(() => addDays(day('9999-12-31'), 1)).toThrow('9999-12-31 + 1 jours sort du calendrier');
    expect(() => addDays(day('0000-01-01'), -1)).toThrow(RangeError);
  });

  it('adds and counts as inverse of each other, and keeps the order', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (from, days) => {
        const to = addDays(from, days);
        expect(daysBetween(from, to)).toBe(days);
        expect(isBefore(from, to)).toBe(days > 0);
        expect(isBefore(from, from)).toBe(false);
      }),
    );
  });
});

describe('in Paris', () => {
  it('a day begins at its own midnight', () => {
    expect(parisDay(new Date('2022-06-14T22:00:00Z'))).toBe('2022-06-15');
    expect(parisDay(new Date('2022-12-14T22:59:59Z'))).toBe('2022-12-14');
  });

  it('a deadline with an hour is missed at that hour, in summer as in winter', () => {
    expect(missedFrom({ date: day('2023-12-14'), time: '14:00' }).toISOString()).toBe('2023-12-14T13:00:00.000Z');
    expect(missedFrom({ date: day('2025-09-17'), time: '12:00' }).toISOString()).toBe('2025-09-17T10:00:00.000Z');
    const deadline = { date: day('2023-12-14'), time: '14:00' };
    expect(isMissed(deadline, new Date('2023-12-14T12:59:59.999Z'))).toBe(false);
    expect(isMissed(deadline, new Date('2023-12-14T13:00:00.000Z'))).toBe(true);
  });

  it('a deadline without hour lasts the whole day', () => {
    expect(missedFrom({ date: day('2022-11-30') }).toISOString()).toBe('2022-11-30T23:00:00.000Z');
    // The night of the clock change: the day has 23 hours.
    expect(missedFrom({ date: day('2022-03-27') }).toISOString()).toBe('2022-03-27T22:00:00.000Z');
  });
});
