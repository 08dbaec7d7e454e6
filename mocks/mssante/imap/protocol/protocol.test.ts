import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arguments } from './arguments.ts';
import { dayOfDate, dayOfField, formatDateTime, parseDateTime, parseDay } from './dates.ts';
import { formatSet, setHolds, setWithin, takeSet } from './sets.ts';
import { wireAstring, wireNstring, wireString } from './strings.ts';
import { decodeUtf7, encodeUtf7 } from './utf7.ts';

const set = (text: string) => takeSet(new Arguments([{ text }]));

describe('sets', () => {
  it('holds what its ranges say, in any order, * being the last', () => {
    const numbers = (text: string, last: number): number[] =>
      Array.from({ length: 10 }, (_, index) => index + 1).filter((number) => setHolds(set(text), number, last));
    expect(numbers('2,4:6,9:8', 10)).toEqual([2, 4, 5, 6, 8, 9]);
    expect(numbers('3:*', 5)).toEqual([3, 4, 5]);
    expect(numbers('9:*', 5)).toEqual([5, 6, 7, 8, 9]);
    expect(numbers('*', 4)).toEqual([4]);
    expect(setWithin(set('1:3'), 3)).toBe(true);
    expect(setWithin(set('1:*'), 0)).toBe(false);
    expect(setWithin(set('4'), 3)).toBe(false);
    expect(() => set('0')).toThrow();
    expect(() => set('1,'.repeat(3000).slice(0, -1))).toThrow();
  });

  it('writes any numbers so that they read the same', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (numbers) => {
        const sorted = numbers.sort((one, other) => one - other);
        const read = set(formatSet(sorted));
        expect(Array.from({ length: 60 }, (_, at) => at + 1).filter((one) => setHolds(read, one, 60))).toEqual(sorted);
      }),
    );
  });
});

describe('dates', () => {
  it('writes and reads INTERNALDATE', () => {
    expect(formatDateTime(new Date('2026-01-05T10:00:00Z'))).toBe(' 5-Jan-2026 10:00:00 +0000');
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
        date.setMilliseconds(0);
        expect(parseDateTime(formatDateTime(date))?.toISOString()).toBe(date.toISOString());
        expect(parseDay(formatDateTime(date).trim().split(' ')[0] ?? '')).toBe(dayOfDate(date));
      }),
    );
    expect(parseDateTime('05-Jan-2026 23:30:00 -0130')?.toISOString()).toBe('2026-01-06T01:00:00.000Z');
    for (const wrong of ['31-Feb-2026 10:00:00 +0000', '05-Jan-2026 24:00:00 +0000', '5-Jan-2026', '']) {
      expect(parseDateTime(wrong)).toBeUndefined();
    }
  });

  it('reads the day of a Date field as written', () => {
    expect(dayOfField('Mon, 5 Jan 2026 23:50:00 -0800')).toBe(20_260_105);
    expect(dayOfField('05 Jan 2026 00:00 +0100')).toBe(20_260_105);
    expect(dayOfField('hier')).toBeUndefined();
  });
});

describe('modified UTF-7', () => {
  it('is that of RFC 3501', () => {
    expect(encodeUtf7('~peter/mail/台北/日本語')).toBe('~peter/mail/&U,BTFw-/&ZeVnLIqe-');
    expect(encodeUtf7('A & B')).toBe('A &- B');
    for (const wrong of ['é', '&', '&AOk', '&AGE-', '&!!!-', '&AOk-&AOk-']) expect(decodeUtf7(wrong)).toBeUndefined();
  });

  it('gives back any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(decodeUtf7(encodeUtf7(name))).toBe(name);
      }),
    );
  });
});

describe('strings', () => {
  it('are quoted when quotes can hold them, literals otherwise', () => {
    expect(wireString('a "b" \\')).toBe(String.raw`"a \"b\" \\"`);
    expect(wireString('é')).toBe('{1}\r\né');
    expect(wireNstring(undefined)).toBe('NIL');
    expect([wireAstring('Sent'), wireAstring('A B'), wireAstring('nil'), wireAstring('')]).toEqual([
      'Sent',
      '"A B"',
      '"nil"',
      '""',
    ]);
  });
});
