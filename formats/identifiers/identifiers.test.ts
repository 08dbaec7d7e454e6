import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { finessKey, luhnKey, readFiness, readRpps, readSiret } from './index.ts';
import type { IdentifierReading } from './index.ts';

const faultOf = (reading: IdentifierReading): string => (reading.ok ? 'none' : reading.fault);
const digits = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

/** A number of which one digit is changed is never right, whatever the digit and its place. */
function catchesEveryChange(number: fc.Arbitrary<string>, read: (text: string) => IdentifierReading): void {
  fc.assert(
    fc.property(number, fc.nat(), fc.integer({ min: 1, max: 9 }), (good, place, shift) => {
      const at = 2 + (place % (good.length - 2));
      const changed = `${good.slice(0, at)}${(Number(good[at]) + shift) % 10}${good.slice(at + 1)}`;
      expect(read(good)).toEqual({ ok: true, value: good });
      expect(faultOf(read(changed))).toBe('key');
    }),
  );
}

describe('luhnKey', () => {
  it.each([
    ['7992739871', '3'],
    ['0', '0'],
    ['5', '9'],
    ['50', '5'],
  ])('of %s is %s', (number, key) => expect(luhnKey(number)).toBe(key));
});

describe('readSiret', () => {
  it.each([
    // A test structure of the ANS (protocols.md §0.1).
    ['391 722 881 00052', '39172288100052'],
    ['39172288100052', '39172288100052'],
    ['\u00A0391\u202F722\u202F881.00052\u200B', '39172288100052'],
    ['00000000000018', '00000000000018'],
  ])('reads %j', (text, value) => expect(readSiret(text)).toEqual({ ok: true, value }));

  it.each([
    ['', 'empty'],
    ['  \u00A0', 'empty'],
    ['39172288100053', 'key'],
    ['3917228810005', 'length'],
    ['391722881000520', 'length'],
    ['3.91722881E+13', 'scientific'],
    ['3,9e13', 'scientific'],
    ['3917228810005A', 'characters'],
    ['٣9172288100052', 'characters'],
  ])('refuses %j: %s', (text, fault) => expect(faultOf(readSiret(text))).toBe(fault));

  it('tells of the zero that a sheet takes away, only when one is missing', () => {
    expect(readSiret('1234567890123')).toMatchObject({ remedy: expect.stringContaining('zéro de tête') as string });
    expect(readSiret('123456789012')).toEqual({
      ok: false,
      fault: 'length',
      message: 'Le SIRET « 123456789012 » a 12 caractères au lieu de 14.',
      remedy: 'Corrigez-le : 14 chiffres.',
    });
  });

  it('cuts what it shows of a page', () => {
    const reading = readSiret('x'.repeat(10_000));
    expect(reading.ok ? '' : reading.message).toBe(
      `Le SIRET « ${'x'.repeat(39)}… » contient autre chose que ce qui le compose.`,
    );
  });

  it('takes an establishment of La Poste by the sum of its digits, its head office by its key', () => {
    expect(readSiret('35600000000048').ok).toBe(true);
    // 3 + 5 + 6 + 1 = 15, and no key of Luhn.
    expect(readSiret('35600000000001').ok).toBe(true);
    expect(faultOf(readSiret('35600000000002'))).toBe('key');
    // The same sum in another company is nothing.
    expect(faultOf(readSiret('35600010000000'))).toBe('key');
    fc.assert(
      fc.property(digits(4), (four) => {
        const sum = Array.from(`35600000${four}`).reduce((total, one) => total + Number(one), 0);
        const last = String((5 - (sum % 5)) % 5);
        expect(readSiret(`356000000${four}${last}`).ok).toBe(true);
      }),
    );
  });

  it('catches every change of one digit', () =>
    catchesEveryChange(
      digits(10).map((ten) => `999${ten}${luhnKey(`999${ten}`)}`),
      readSiret,
    ));
});

describe('readFiness', () => {
  it.each([
    // Test structures of the ANS (protocols.md §0.1, §6).
    ['0B0127189', '0B0127189'],
    ['0b0193488', '0B0193488'],
    ['99 000 000 9', '990000009'],
    ['97000000 9', '970000009'],
    ['98000000 8', '980000008'],
  ])('reads %j', (text, value) =>
    expect(readFiness(`${text.slice(0, -1)}${finessKey(value.slice(0, 8))}`)).toEqual({
      ok: true,
      value: `${value.slice(0, 8)}${finessKey(value.slice(0, 8))}`,
    }),
  );

  it('agrees with the published test structures', () => {
    expect(finessKey('0B012718')).toBe('9');
    expect(finessKey('0B019348')).toBe('8');
    expect(readFiness('0b0193488')).toEqual({ ok: true, value: '0B0193488' });
  });

  it.each([
    ['', 'empty'],
    ['990000001', 'key'],
    ['0B0127188', 'key'],
    ['99000000', 'length'],
    ['9900000090', 'length'],
    ['00000000 0', 'department'],
    ['3A0000009', 'department'],
    ['2C0000009', 'characters'],
    ['A20000009', 'characters'],
    ['9,9e8', 'scientific'],
  ])('refuses %j: %s', (text, fault) => expect(faultOf(readFiness(text))).toBe(fault));

  it('has no key for another shape', () => {
    for (const text of ['', '9900000', '990000000', '2C000000', 'AA000000']) expect(finessKey(text)).toBeUndefined();
  });

  it('counts A as 1 and B as 2', () => {
    fc.assert(
      fc.property(digits(6), (order) => {
        expect(finessKey(`2A${order}`)).toBe(finessKey(`21${order}`));
        expect(finessKey(`2B${order}`)).toBe(finessKey(`22${order}`));
      }),
    );
  });

  it('catches every change of one digit, in Corsica and overseas too', () =>
    catchesEveryChange(
      fc
        .tuple(fc.constantFrom('01', '2A', '2B', '75', '97', '98', '99'), digits(6))
        .map(([department, order]) => `${department}${order}${finessKey(`${department}${order}`)}`),
      readFiness,
    ));
});

describe('readRpps', () => {
  // RPPS of a test professional of the ANS (protocols.md §0.1).
  it('reads a number', () => expect(readRpps(' 999 0006 3480 ')).toEqual({ ok: true, value: '99900063480' }));

  it.each([
    ['', 'empty'],
    ['99900063481', 'key'],
    ['9990006348', 'length'],
    ['999000634800', 'length'],
    ['9990006348X', 'characters'],
    ['9.99E+10', 'scientific'],
  ])('refuses %j: %s', (text, fault) => expect(faultOf(readRpps(text))).toBe(fault));

  it('says what to take away from a national identifier, and only from one', () => {
    expect(readRpps('899900063480')).toEqual({
      ok: false,
      fault: 'length',
      message: '« 899900063480 » est un identifiant national (8 puis le RPPS).',
      remedy: 'Retirez le 8 de tête : 99900063480.',
    });
    expect(readRpps('899900063481')).toMatchObject({ message: expect.stringContaining('au lieu de 11') as string });
    expect(readRpps('799900063480')).toMatchObject({ message: expect.stringContaining('au lieu de 11') as string });
  });

  it('catches every change of one digit', () =>
    catchesEveryChange(
      digits(10).map((ten) => `${ten}${luhnKey(ten)}`),
      readRpps,
    ));
});

it('no text makes a reader fail', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const read of [readSiret, readFiness, readRpps]) expect(typeof read(text).ok).toBe('boolean');
    }),
  );
});
