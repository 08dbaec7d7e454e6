import { describe, expect, it } from 'vitest';
import { cents, withVat } from '#dsr/money/index.ts';
import { advanceOn, advancePaid, balanceAfter, expectedTtc } from './amounts.ts';

describe('advance and balance', () => {
  it.each([
    [2_745_000, 823_500, 988_200],
    [291_700, 87_510, 105_012],
    [5, 2, 2],
    [1, 0, 0],
  ])('of %i cents pre-tax: %i and %i all-in', (ht, advanceHt, advanceTtc) => {
    const total = withVat(cents(ht), 2000);
    expect(advanceOn(total)).toEqual({ share: 3000, ht: advanceHt, ttc: advanceTtc });
    expect(balanceAfter(total, advanceOn(total))).toEqual({
      share: 7000,
      ht: total.ht - advanceHt,
      ttc: total.ttc - advanceTtc,
    });
  });

  it('takes another share where the scale says so', () => {
    const total = withVat(cents(1_000), 0);
    expect(advanceOn(total, 5000).ht).toBe(500);
    expect(balanceAfter(total, advanceOn(total, 5000), 5000).share).toBe(5000);
  });

  it('never loses a cent over a million orders', () => {
    // A plain generator: a million cases of a property library would take minutes.
    let seed = 20_220_614;
    const next = (below: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed % below;
    };
    const rates = [0, 210, 550, 850, 1000, 2000];
    let lost = 0;
    let biased = 0;
    for (let round = 0; round < 1_000_000; round += 1) {
      const total = withVat(cents(1 + next(10_000_000)), rates[next(rates.length)] ?? 0);
      const advance = advanceOn(total);
      const balance = balanceAfter(total, advance);
      if (advance.ht + balance.ht !== total.ht || advance.ttc + balance.ttc !== total.ttc) lost += 1;
      // Never more than half a cent from the exact 30 %.
      if (Math.abs(advance.ttc * 10 - total.ttc * 3) > 5 || Math.abs(advance.ht * 10 - total.ht * 3) > 5) biased += 1;
    }
    expect([lost, biased]).toEqual([0, 0]);
  });

  it('finds the pre-tax part of an advance of which only the all-in amount was kept', () => {
    const total = withVat(cents(2_745_000), 2000);
    expect(advancePaid(cents(988_200), undefined, total)).toEqual({ ht: 823_500, ttc: 988_200 });
    expect(advancePaid(cents(120_000), undefined, total)).toEqual({ ht: 100_000, ttc: 120_000 });
    expect(advancePaid(cents(3), undefined, total).ht).toBe(3);
    expect(advancePaid(cents(120_000), cents(7), total).ht).toBe(7);
    // The usual advance of a small order: 2 cents of 5, not 2 / 1.2.
    expect(advancePaid(cents(2), undefined, withVat(cents(5), 2000)).ht).toBe(2);
  });

  it('starts from the pre-tax amount', () => {
    expect(expectedTtc({ ht: cents(3_074_400), ttc: cents(3_689_300), vatRate: 2000 })).toBe(3_689_280);
  });
});
