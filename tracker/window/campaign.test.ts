import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, type CivilDate } from '#dsr/dates/index.ts';
import { sum } from '#dsr/money/index.ts';
import type { ReferencingDates } from '../orders/types.ts';
import {
  campaignWindow,
  completeOn,
  judgeWindow,
  productOf,
  slipBy,
  slipSentence,
  stepSentence,
  type CampaignWindow,
} from './index.ts';
import { day, orderOf, plain, productNamed } from './orders.fixture.ts';

const today = day('2022-06-01');
const advancePeriodEndsOn = day('2022-11-30');
/** Last days: 14 June (three), 31 May (passed), 29 September; one not signed, one after the advance. */
const ORDERS = [
  orderOf('BC-1', '2022-02-14'),
  orderOf('BC-2', '2022-02-14'),
  orderOf('BC-3', '2022-02-14', 2_745_000, { conditionalMention: false }),
  orderOf('BC-4', '2022-01-31', 2_250_000),
  orderOf('BC-5', '2022-06-01', 3_074_450),
  orderOf('BC-6', undefined, 100),
  orderOf('BC-7', '2022-12-01', 10_000),
];
const seen = (dates: ReferencingDates, plannedOn?: CivilDate): CampaignWindow =>
  campaignWindow({ orders: ORDERS, dates: { advancePeriodEndsOn, ...dates }, today, plannedOn });

describe('the campaign', () => {
  it('is seen from today as long as nothing is sent', () => {
    const campaign = seen({});
    expect(campaign.reference).toEqual({ on: today, basis: 'today' });
    expect(campaign.earliestSignatureCovered).toBe('2022-02-01');
    expect(campaign.eligible).toEqual({ count: 0, ht: 0 });
    expect(campaign.notEligible).toEqual({ count: 1, ht: 10_000 });
    expect(campaign.pending).toEqual({ count: 6, ht: 3 * 2_745_000 + 2_250_000 + 3_074_450 + 100 });
    expect(campaign.atStake).toEqual({ count: 4, ht: 3 * 2_745_000 + 3_074_450 });
    expect(campaign.alreadyOut).toEqual({ count: 1, ht: 2_250_000, orders: ['BC-4'] });
    expect(campaign.steps).toEqual([
      {
        lastDay: '2022-06-14',
        slipDays: 14,
        orders: ['BC-1', 'BC-2', 'BC-3'],
        lost: { count: 3, ht: 8_235_000 },
        total: { count: 3, ht: 8_235_000 },
      },
      {
        lastDay: '2022-09-29',
        slipDays: 121,
        orders: ['BC-5'],
        lost: { count: 1, ht: 3_074_450 },
        total: { count: 4, ht: 11_309_450 },
      },
    ]);
  });

  it('is seen from the best known date', () => {
    const sentOn = day('2022-06-05');
    const deemedCompleteOn = day('2022-06-14');
    const plannedOn = day('2022-06-20');
    expect(seen({ sentOn }).reference).toEqual({ on: sentOn, basis: 'sent' });
    expect(seen({ sentOn }, plannedOn).reference).toEqual({ on: plannedOn, basis: 'planned' });
    expect(seen({ sentOn, deemedCompleteOn }, plannedOn).reference).toEqual({
      on: deemedCompleteOn,
      basis: 'deemed-complete',
    });
    expect(seen({}, plannedOn).alreadyOut.orders).toEqual(['BC-1', 'BC-2', 'BC-3', 'BC-4']);
    expect(seen({ deemedCompleteOn }).alreadyOut.orders).toEqual(['BC-4']);
    expect(seen({ deemedCompleteOn }).eligible).toEqual({ count: 4, ht: 11_309_450 });
  });

  it('loses nothing more once the ANS has said from when the file is complete', () => {
    const complete = seen({ deemedCompleteOn: day('2022-06-14') });
    expect(complete.steps).toEqual([]);
    expect(slipBy(complete, 30)).toMatchObject({ count: 0, ht: 0, orders: [] });
    expect(seen({ sentOn: day('2022-06-14') }).steps[0]).toMatchObject({ lastDay: '2022-06-14', slipDays: 1 });
  });

  it('never funds an order of 0 €, which the file cannot save', () => {
    const campaign = campaignWindow({ orders: [orderOf('BC-0', '2022-02-14', 0)], dates: {}, today });
    expect(campaign.orders[0]?.judged).toMatchObject({ status: 'not-eligible', reasons: ['amount-zero'] });
    expect([campaign.notEligible.count, campaign.atStake.count, campaign.steps.length]).toEqual([1, 0, 0]);
  });

  it('leaves out of the slip what the file does not decide', () => {
    const campaign = seen({ referencedOn: day('2022-06-01') });
    expect(campaign.steps.flatMap(({ orders }) => orders)).toEqual(['BC-1', 'BC-2', 'BC-3']);
    expect(campaign.alreadyOut.orders).toEqual(['BC-4']);
  });

  it('says each order, its judgement and a missing mention', () => {
    const { orders } = seen({});
    expect(orders.map(({ number, mentionMissing }) => [number, mentionMissing])).toEqual([
      ['BC-1', false],
      ['BC-2', false],
      ['BC-3', true],
      ['BC-4', false],
      ['BC-5', false],
      ['BC-6', false],
      ['BC-7', false],
    ]);
    expect(orders[0]).toEqual({
      number: 'BC-1',
      client: 'Laboratoire Fictif BC-1',
      signedOn: '2022-02-14',
      ht: 2_745_000,
      judged: judgeWindow({ signedOn: day('2022-02-14'), advancePeriodEndsOn, today }),
      mentionMissing: false,
    });
    expect(orders[5]).not.toHaveProperty('signedOn');
    const unmentioned = orderOf('BC-8', '2022-07-02', 1, { conditionalMention: false });
    const after = campaignWindow({ orders: [unmentioned], dates: { referencedOn: day('2022-07-01') }, today });
    expect(after.orders[0]?.mentionMissing).toBe(false);
  });

  it('without orders has nothing at stake', () => {
    const empty = campaignWindow({ orders: [], dates: {}, today });
    expect(empty).toMatchObject({
      atStake: { count: 0, ht: 0 },
      alreadyOut: { count: 0, ht: 0, orders: [] },
      steps: [],
    });
    expect(slipBy(empty, 500)).toEqual({ completeOn: '2023-10-14', orders: [], count: 0, ht: 0 });
  });
});

describe('a slip', () => {
  it('loses what its day is past', () => {
    const campaign = seen({});
    expect(slipBy(campaign, 13)).toEqual({ completeOn: '2022-06-14', orders: [], count: 0, ht: 0 });
    expect(slipBy(campaign, 14)).toEqual({
      completeOn: '2022-06-15',
      orders: ['BC-1', 'BC-2', 'BC-3'],
      count: 3,
      ht: 8_235_000,
    });
    expect(slipBy(campaign, 121)).toMatchObject({ orders: ['BC-1', 'BC-2', 'BC-3', 'BC-5'], count: 4, ht: 11_309_450 });
    expect(slipBy(campaign, 0).count).toBe(0);
    expect(completeOn(campaign, day('2022-01-01'))).toEqual({ completeOn: '2022-01-01', orders: [], count: 0, ht: 0 });
  });

  it.each([-1, 1.5, Number.NaN, Infinity])('is not of %s days', (days) => {
    expect(() => slipBy(seen({}), days)).toThrow(`${days} n'est pas un nombre de jours de glissement`);
  });

  it('is told', () => {
    const campaign = seen({});
    const sentences = campaign.steps.map((step) => plain(stepSentence(step, today)));
    expect(sentences).toEqual([
      'Si le dossier complet part après le 14 juin, 3 commandes et 82 350 € HT sortent de la fenêtre.',
      'Si le dossier complet part après le 29 septembre, 4 commandes et 113 094,50 € HT sortent de la fenêtre.',
    ]);
    expect(plain(slipSentence(slipBy(campaign, 13)))).toBe(
      'Si le dossier complet part le 14 juin 2022, aucune commande ne sort de la fenêtre.',
    );
    expect(plain(slipSentence(slipBy(campaign, 14), today))).toBe(
      'Si le dossier complet part le 15 juin, 3 commandes et 82 350 € HT sortent de la fenêtre.',
    );
  });

  const EPOCH = day('2021-08-11');
  const anyDay = fc.nat({ max: 900 }).map((days) => addDays(EPOCH, days));
  const anyOrders = fc
    .array(fc.record({ signed: fc.option(anyDay, { nil: undefined }), ht: fc.nat({ max: 10_000_000 }) }), {
      maxLength: 30,
    })
    .map((rows) => rows.map(({ signed, ht }, index) => orderOf(`BC-${index}`, signed, ht)));
  const anyCampaign = fc
    .record({ orders: anyOrders, today: anyDay, end: anyDay, referencedOn: anyDay })
    .map(({ orders, today, end, referencedOn }) => ({
      orders,
      today,
      dates: { advancePeriodEndsOn: end, referencedOn },
    }));

  it('loses exactly the orders that the rule loses on that day', () => {
    fc.assert(
      fc.property(anyCampaign, fc.nat({ max: 400 }), (input, days) => {
        const campaign = campaignWindow(input);
        const lost = new Set([...campaign.alreadyOut.orders, ...slipBy(campaign, days).orders]);
        const deemedCompleteOn = addDays(input.today, days);
        for (const { number, signedOn, amounts } of input.orders) {
          const { reasons } = judgeWindow({ ...input.dates, signedOn, deemedCompleteOn, ht: amounts.ht });
          expect(lost.has(number)).toBe(reasons.join() === 'signed-more-than-120-days-before-complete-file');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never gives back, loses no cent, and all at stake in the end', () => {
    fc.assert(
      fc.property(anyCampaign, (input) => {
        const campaign = campaignWindow(input);
        const { steps, atStake } = campaign;
        expect(steps.at(-1)?.total ?? { count: 0, ht: 0 }).toEqual(atStake);
        expect(sum(steps.map(({ lost }) => lost.ht))).toBe(atStake.ht);
        for (const [index, { lastDay, slipDays, total, lost }] of steps.entries()) {
          const before = steps[index - 1];
          expect(slipDays).toBe(daysBetween(input.today, lastDay) + 1);
          expect(slipDays).toBeGreaterThan(before?.slipDays ?? 0);
          expect(total.count).toBe((before?.total.count ?? 0) + lost.count);
          expect(slipBy(campaign, slipDays).count).toBe(total.count);
          expect(slipBy(campaign, slipDays - 1).count).toBe(before?.total.count ?? 0);
        }
        const { eligible, pending, notEligible } = campaign;
        expect(eligible.count + pending.count + notEligible.count).toBe(input.orders.length);
        expect(sum([eligible.ht, pending.ht, notEligible.ht])).toBe(sum(input.orders.map(({ amounts }) => amounts.ht)));
      }),
    );
  });
});

describe('the product of an order', () => {
  const order = orderOf('BC-1', '2022-02-14');
  const own = productNamed('Éprouvette', '1.0');
  const next = productNamed('Éprouvette', '2.0');
  const other = productNamed('Paillasse', '1.0');

  it('is of the same couloir and wave', () => {
    expect(productOf(order, [])).toBe('no-product');
    expect(
      productOf(order, [
        { ...own, couloir: 'LOINC' },
        { ...own, wave: '2' },
      ]),
    ).toBe('no-product');
    expect(productOf(order, [{ ...own, couloir: 'LOINC' }, other, { ...own, wave: '2' }])).toBe(other);
  });

  it('has its name, then its version', () => {
    expect(productOf(order, [other, next])).toBe(next);
    expect(productOf(order, [next, other, own])).toBe(own);
    expect(productOf(order, [other, { ...next, name: ' éPROUVETTE ' }])).toMatchObject({ version: '2.0' });
    expect(productOf(order, [next, { ...own, version: ' 1.0 ' }])).toMatchObject({ version: ' 1.0 ' });
  });

  it('is not chosen between several', () => {
    expect(productOf(order, [next, productNamed('Éprouvette', '3.0')])).toBe('several-products');
    expect(productOf(order, [other, productNamed('Pipette', '2.0')])).toBe(other);
    expect(productOf(order, [productNamed('Flacon', '3.0'), productNamed('Pipette', '2.0')])).toBe('several-products');
  });
});
