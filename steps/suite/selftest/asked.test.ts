import { describe, expect, it } from 'vitest';
import { askedDuring, joinAsked, mayTouch } from './asked.ts';

const PLAYED = [
  { id: 'a#1', until: 1_100 },
  { id: 'a#2', until: 1_200 },
  { id: 'a#3', until: 1_300 },
];

describe('a fault asked about', () => {
  it('touches the scenarios during which it was', () => {
    const { atStart, during } = askedDuring(
      { une: [[1_120, 1_130]], deux: [[1_150, 1_250]], trois: [] },
      1_000,
      PLAYED,
    );
    expect(atStart).toEqual([]);
    expect(during).toEqual({ une: ['a#2'], deux: ['a#2', 'a#3'], trois: [] });
  });

  it('at the limit of two scenarios touches both', () => {
    expect(askedDuring({ une: [[1_101, 1_101]] }, 1_000, PLAYED).during).toEqual({ une: ['a#1', 'a#2'] });
  });

  it('after the last one touches none', () => {
    expect(askedDuring({ une: [[1_400, 1_400]] }, 1_000, PLAYED).during).toEqual({ une: [] });
  });

  it('before the first one may touch all of them', () => {
    const asked = askedDuring({ une: [[900, 901]] }, 1_000, PLAYED);
    expect(asked).toEqual({ atStart: ['une'], during: { une: [] } });
    expect(mayTouch(asked, 'une', 'a#3')).toBe(true);
    expect(mayTouch(asked, 'autre', 'a#3')).toBe(false);
  });

  it('with all the others touches like each of them', () => {
    const asked = askedDuring({ '*': [[1_220, 1_220]] }, 1_000, PLAYED);
    expect(mayTouch(asked, 'une', 'a#3')).toBe(true);
    expect(mayTouch(asked, 'une', 'a#1')).toBe(false);
  });
});

it('joins what several passes asked', () => {
  expect(
    joinAsked([
      { atStart: ['une'], during: { deux: ['a#1'] } },
      { atStart: ['une'], during: { deux: ['a#2', 'a#1'], trois: ['a#3'] } },
    ]),
  ).toEqual({ atStart: ['une'], during: { deux: ['a#1', 'a#2'], trois: ['a#3'] } });
});
