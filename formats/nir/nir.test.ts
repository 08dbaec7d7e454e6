import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isValidIns, nirKey } from './index.ts';

describe('nirKey', () => {
  it.each([
    ['1090763220834', '89'],
    ['2090663220123', '55'],
    ['2360663220836', '56'],
    ['297022A020778', '78'],
    ['180032B020401', '23'],
    ['2790351215189', '89'],
    ['1810363220456', '76'],
  ])('gives the key of %s', (number, key) => {
    expect(nirKey(number)).toBe(key);
  });

  it.each([['279035121518'], ['27903512151899'], ['279032C151899'], ['2A79035121518'], ['297022a020778'], ['']])(
    'knows no key for %j',
    (text) => {
      expect(nirKey(text)).toBeUndefined();
    },
  );

  it('counts 2A as 19 and 2B as 18', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{5}$/), fc.stringMatching(/^\d{6}$/), (head, tail) => {
        expect(nirKey(`${head}2A${tail}`)).toBe(nirKey(`${head}19${tail}`));
        expect(nirKey(`${head}2B${tail}`)).toBe(nirKey(`${head}18${tail}`));
      }),
    );
  });
});

describe('isValidIns', () => {
  it('refuses the published identity whose key is wrong on purpose', () => {
    expect(isValidIns('181036322045660')).toBe(false);
    expect(isValidIns('181036322045676')).toBe(true);
  });

  it('detects every change of one digit', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{13}$/),
        fc.nat({ max: 14 }),
        fc.integer({ min: 1, max: 9 }),
        (number, position, shift) => {
          const good = `${number}${nirKey(number)}`;
          const digit = (Number(good[position]) + shift) % 10;
          const bad = `${good.slice(0, position)}${digit}${good.slice(position + 1)}`;
          expect(isValidIns(good)).toBe(true);
          expect(isValidIns(bad)).toBe(false);
        },
      ),
    );
  });
});
