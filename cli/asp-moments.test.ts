import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { instantOf, parisText, parseMoment } from './asp-moments.ts';

const iso = (value: string): string => parseMoment(value).at.toISOString();
const settled = (value: string, now: string, last?: string): string =>
  instantOf(parseMoment(value), new Date(now), ...(last === undefined ? [] : [new Date(last)])).toISOString();

describe('a moment', () => {
  it('is one of Paris, winter and summer', () => {
    expect(parseMoment('2022-11-29')).toEqual({ at: new Date('2022-11-29T11:00:00Z'), wholeDay: true });
    expect(parseMoment('2022-07-01T10:30')).toEqual({ at: new Date('2022-07-01T08:30:00Z'), wholeDay: false });
    expect(iso('2022-07-01 10:30')).toBe('2022-07-01T08:30:00.000Z');
    // This hour comes twice.
    expect(iso('2022-10-30T02:30')).toBe('2022-10-30T00:30:00.000Z');
  });

  it.each(['2022-02-30', '2022-11-29T24:00', '2022-11-29T10', '29/11/2022', 'demain', '', '2022-11-29T10:00Z'])(
    'is not %j',
    (value) => {
      expect(() => parseMoment(value)).toThrow(/Moment invalide/u);
    },
  );

  it('is not an hour that summer time skips', () => {
    expect(() => parseMoment('2022-03-27T02:30')).toThrow(InvalidArgumentError);
    expect(() => parseMoment('2022-03-27T02:00')).toThrow(/n’existe pas à Paris/u);
    expect(iso('2022-03-27T01:59')).toBe('2022-03-27T00:59:00.000Z');
    expect(iso('2022-03-27T03:00')).toBe('2022-03-27T01:00:00.000Z');
  });
});

describe('what is kept of a moment', () => {
  it('is the minute that was given', () => {
    expect(settled('2022-11-29T10:00', '2022-11-29T08:00:00Z', '2022-11-29T15:00:00Z')).toBe(
      '2022-11-29T09:00:00.000Z',
    );
  });

  it('is noon of a day, or what is nearest of that day', () => {
    expect(settled('2022-11-29', '2022-12-05T08:00:00Z')).toBe('2022-11-29T11:00:00.000Z');
    expect(settled('2022-11-29', '2022-11-29T08:00:00Z')).toBe('2022-11-29T08:00:00.000Z');
    expect(settled('2022-11-29', '2022-11-29T16:00:00Z')).toBe('2022-11-29T11:00:00.000Z');
    expect(settled('2022-11-29', '2022-12-05T08:00:00Z', '2022-11-29T15:00:00Z')).toBe('2022-11-29T15:00:00.000Z');
    expect(settled('2022-11-29', '2022-11-29T08:00:00Z', '2022-11-29T07:00:00Z')).toBe('2022-11-29T08:00:00.000Z');
  });

  it('stays another day than that of now, or of the step before', () => {
    expect(settled('2022-11-30', '2022-11-29T08:00:00Z')).toBe('2022-11-30T11:00:00.000Z');
    expect(settled('2022-11-28', '2022-12-05T08:00:00Z', '2022-11-29T07:00:00Z')).toBe('2022-11-28T11:00:00.000Z');
    // 23:30 in Paris is the same day there.
    expect(settled('2022-11-29', '2022-12-05T08:00:00Z', '2022-11-29T22:30:00Z')).toBe('2022-11-29T22:30:00.000Z');
    expect(settled('2022-11-29', '2022-12-05T08:00:00Z', '2022-11-29T23:30:00Z')).toBe('2022-11-29T11:00:00.000Z');
  });
});

it('an instant is told as Paris reads it', () => {
  expect(parisText('2022-11-29T09:00:59.999Z')).toBe('29/11/2022 à 10:00');
  expect(parisText('2022-07-01T22:05:00Z')).toBe('02/07/2022 à 00:05');
});
