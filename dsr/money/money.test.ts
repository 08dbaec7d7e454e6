import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { briefEuros, cents, eurosText, exactEuros, minus, part, readEuros, sum, withVat } from './index.ts';

const amount = fc.integer({ min: -10_000_000_000, max: 10_000_000_000 }).map(cents);

describe('an amount typed', () => {
  it.each([
    ['22500', 2_250_000],
    ['22 500', 2_250_000],
    ['22\u202F500,50 €', 2_250_050],
    ['22\u00A0500.5', 2_250_050],
    ['-0,01', -1],
    ['-0', 0],
    ['1,50€', 150],
    ['10000000000', 1_000_000_000_000],
    ['-10000000000,00', -1_000_000_000_000],
  ])('%s is read', (text, expected) => expect(readEuros(text)).toBe(expected));

  it.each([
    '',
    '€',
    '12,345',
    '1.234.5',
    '1e3',
    'douze',
    '0x10',
    '10000000000,01',
    '9'.repeat(400),
    '--1',
    '1,',
    '€1',
    '1€0',
    '1 €€',
    'a1',
  ])('%j is not', (text) => expect(readEuros(text)).toBeUndefined());

  it('comes back as written', () => {
    expect([0, 5, -105, 2_250_000].map((each) => eurosText(cents(each)))).toEqual([
      '0.00',
      '0.05',
      '-1.05',
      '22500.00',
    ]);
    fc.assert(
      fc.property(amount, (each) => {
        expect(readEuros(eurosText(each))).toBe(each);
      }),
    );
  });
});

describe('a sum', () => {
  it('never loses a cent', () => {
    fc.assert(
      fc.property(fc.array(amount), (all) => {
        const exact = all.reduce((total, each) => total + BigInt(each), 0n);
        expect(BigInt(sum(all))).toBe(exact);
      }),
    );
    expect(minus(cents(3), cents(5))).toBe(-2);
  });

  it.each([0.5, Number.NaN, Infinity, 1_000_000_000_001, 2 ** 60])('refuses %s', (wrong) =>
    expect(() => cents(wrong)).toThrow(new RangeError(`${wrong} n'est pas un nombre entier de centimes`)),
  );

  it('holds ten thousand million euros', () => {
    expect([cents(1_000_000_000_000), cents(-1_000_000_000_000)]).toEqual([1_000_000_000_000, -1_000_000_000_000]);
  });

  it('holds no negative zero', () => expect(Object.is(cents(-0), 0)).toBe(true));
});

describe('a part', () => {
  it.each([
    [2_745_000, 3000, 823_500],
    [291_700, 2000, 58_340],
    [1, 5000, 1],
    [1, 4999, 0],
    [-1, 5000, -1],
    [3, -5000, -2],
    [-3, -5000, 2],
    [10_000_000_000, 3333, 3_333_000_000],
    [0, -5000, 0],
    // As floats, the product would already have lost its last cents.
    [999_999_995_001, 9_999, 999_899_995_001],
  ])('of %i at %i ten-thousandths is %i', (of, rate, expected) => expect(part(cents(of), rate)).toBe(expected));

  it('is never half a cent away from the exact one, and leaves a rest that completes it', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 10_000 }), (of, rate) => {
        const taken = part(of, rate);
        expect(Math.abs(taken * 10_000 - of * rate)).toBeLessThanOrEqual(5_000);
        expect(sum([taken, minus(of, taken)])).toBe(of);
      }),
    );
  });

  it('has a whole rate', () =>
    expect(() => part(cents(1), 0.3)).toThrow(new RangeError("0.3 n'est pas un taux en dix-millièmes")));
});

it('adds the tax to the pre-tax amount, not the other way', () => {
  // The LOINC ceiling: 2 917 HT is 3 500,40 TTC, above the printed all-in ceiling.
  expect(withVat(cents(291_700), 2000)).toEqual({ ht: 291_700, vatRate: 2000, ttc: 350_040 });
  expect(withVat(cents(3_074_400), 2000).ttc).toBe(3_689_280);
});

describe('an amount in French', () => {
  it.each([
    [0, '0,00_€', '0_€'],
    [5, '0,05_€', '0,05_€'],
    [100, '1,00_€', '1_€'],
    [99_999, '999,99_€', '999,99_€'],
    [100_000, '1_000,00_€', '1_000_€'],
    [8_235_050, '82_350,50_€', '82_350,50_€'],
    [123_456_789_00, '123_456_789,00_€', '123_456_789_€'],
    [-2_250_000, '-22_500,00_€', '-22_500_€'],
  ])('of %i cents', (value, exact, brief) => {
    const written = [exactEuros(cents(value)), briefEuros(cents(value))];
    expect(written.map((text) => text.replaceAll('\u00A0', '_'))).toEqual([exact, brief]);
  });
});
