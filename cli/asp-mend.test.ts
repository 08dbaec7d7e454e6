import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepWrong } from './asp-inputs.ts';
import { isOwn, mendOrder } from './asp-mend.ts';

const ORDER = {
  number: 'BC-1',
  client: { name: 'Laboratoire Mirabelle', siret: '00000000000109' },
  couloir: 'SGL',
  wave: '1',
  instance: 'INST-1',
  sites: ['990000028'],
  product: { name: 'LaboExemple', version: '7.2' },
  amounts: { ht: '22500', vatRate: '20', ttc: '27000' },
  signedOn: '2022-02-01',
  signature: 'manuscrite',
  conditionalMention: true,
  stateMention: true,
};
const mended = (changes: object) => mendOrder({ ...ORDER, ...changes }, 'ligne 1', keepWrong);

describe('an order that cannot be read whole', () => {
  it.each([
    ['a TTC that does not follow', { amounts: { ht: '22500', vatRate: '20 %', ttc: 1 } }, ['amounts.ttc']],
    ['negative amounts', { amounts: { ht: -22_500, vatRate: 20, ttc: '-27000' } }, ['amounts.ht', 'amounts.ttc']],
    [
      'a negative amount of which the other does not follow',
      { amounts: { ht: '-22500', vatRate: 20, ttc: '5' } },
      ['amounts.ht', 'amounts.ttc'],
    ],
    ['no amount at all', { amounts: {} }, ['amounts.ht', 'amounts.vatRate', 'amounts.ttc']],
    [
      'a client that is none, no mention, no number',
      { client: 0, number: null, stateMention: null, conditionalMention: null },
      ['client', 'client.name', 'client.siret', 'conditionalMention', 'number', 'stateMention'],
    ],
    ['a field of another', { '__proto__/x': 1, signature: 'croix' }, ['__proto__/x', 'signature']],
    ['a day that is none', { signedOn: '2022-02-30' }, ['signedOn']],
    [
      'half an invoice, half an acceptance',
      { invoice: { number: 'F-1' }, acceptance: { signedOn: '2023-01-05' } },
      ['acceptance', 'invoice'],
    ],
    [
      'an invoice of another amount',
      { invoice: { number: 'F-1', ht: '100', ttc: '100', stateMention: true } },
      ['invoice.amounts'],
    ],
    ['half an amendment', { amendments: [{ number: 'AV-1' }] }, ['amendments']],
    ['a file of which nobody says whether it is signed', { files: { order: 'bon.pdf' } }, ['attachments']],
  ])('is judged all the same: %s', (_, changes, places) => {
    const found = mended(changes);
    expect([...(found?.places ?? [])].toSorted()).toEqual(places.toSorted());
    expect(found?.order).toMatchObject({ couloir: 'SGL', sites: [{ finess: '990000028' }], product: ORDER.product });
  });

  it('keeps what was read: sizes of amounts, the HT, wrong identifiers', () => {
    expect(mended({ amounts: { ht: '-22500', vatRate: '20', ttc: '1' } })?.order.amounts).toEqual({
      ht: 2_250_000,
      vatRate: 2000,
      ttc: 2_700_000,
    });
    expect(mended({ client: { siret: ' 123 ' } })?.order.client).toEqual({ name: '?', siret: '123' });
    expect(mended({ number: '' })?.order.number).toBe('ligne 1');
    expect(
      mended({ invoice: { number: 'F-1', ht: '100', ttc: '100', stateMention: true } })?.order.invoice?.amounts.ttc,
    ).toBe(12_000);
  });

  it.each([
    ['no couloir', { couloir: 'aucun !' }],
    ['no product', { product: {} }],
    ['no sites', { sites: [] }],
    ['no instance', { instance: '' }],
  ])('says nothing without %s', (_, changes) => {
    expect(mended(changes)).toBeUndefined();
  });

  it('stays as it is', () => {
    const given = { ...ORDER, amounts: { ht: '-1', vatRate: '20', ttc: '-1' } };
    const before = JSON.stringify(given);
    expect(mendOrder(given, 'ligne 1', keepWrong)?.order.amounts.ht).toBe(100);
    expect(JSON.stringify(given)).toBe(before);
  });

  it('never throws nor turns forever, whatever it is', () => {
    const some = fc.oneof(fc.jsonValue(), fc.constantFrom('-5', 'x', '', null, -1, [], {}, '2022-02-30'));
    const names = Object.keys(ORDER).concat(
      'invoice',
      'acceptance',
      'amendments',
      'amendment',
      'files',
      'firmServiceDate',
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), some), (changes) => {
        const found = mended(changes);
        expect(found === undefined || typeof found.order.number === 'string').toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(mendOrder(5, 'ligne 1', keepWrong)).toBeUndefined();
    expect(mendOrder([], 'ligne 1', keepWrong)).toBeUndefined();
  });

  it('tells what is about the words of the user', () => {
    const places = new Set(['amounts.ttc', 'attachments', 'amendments']);
    expect(
      ['amounts.ttc', 'attachments[0].signed', 'amendments[0].status', 'attachments'].some((one) => isOwn(one, places)),
    ).toBe(false);
    expect(['amounts', 'amounts.ht', 'amounts.ttcx', 'signedOn', ''].every((one) => isOwn(one, places))).toBe(true);
  });
});
