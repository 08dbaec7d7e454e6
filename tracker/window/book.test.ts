import { describe, expect, it } from 'vitest';
import type { CivilDate } from '#dsr/dates/index.ts';
import { bookWindows, type BookInput, type ProductWindow } from './index.ts';
import { day, orderOf, productNamed } from './orders.fixture.ts';

const today = day('2022-06-01');
const official = day('2022-11-30');
const seen = (more: Partial<BookInput>): readonly ProductWindow[] =>
  bookWindows({ orders: [], products: [], given: {}, advanceEndOf: () => undefined, today, ...more });
const numbers = ({ window }: ProductWindow): readonly string[] => window.orders.map(({ number }) => number);

describe('the book', () => {
  const sgl = productNamed('Éprouvette', '1.0', { sentOn: day('2022-05-02'), advancePeriodEndsOn: day('2022-10-01') });
  const loinc = productNamed('Éprouvette', '1.0', { couloir: 'LOINC', deemedCompleteOn: day('2022-05-10') });
  const orders = [
    orderOf('BC-1', '2022-02-14'),
    orderOf('BC-2', '2022-02-14', 1, { couloir: 'LOINC' }),
    orderOf('BC-3', '2022-03-14'),
    orderOf('BC-4', '2022-03-14', 1, { couloir: 'RIS', wave: '2' }),
    orderOf('BC-5', '2022-03-14', 1, { couloir: 'RIS', wave: '1' }),
    orderOf('BC-6', '2022-03-14', 1, { couloir: 'RIS', wave: '2' }),
  ];

  it('is empty without orders', () => expect(seen({ products: [sgl] })).toEqual([]));

  it('puts each order under its product, with the dates of that product', () => {
    const [first, second, third, fourth, ...rest] = seen({ orders, products: [loinc, sgl] });
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ couloir: 'SGL', wave: '1', product: sgl, advanceEndSource: 'given' });
    expect(first?.dates).toStrictEqual({ sentOn: '2022-05-02', advancePeriodEndsOn: '2022-10-01' });
    expect(first?.window.reference).toEqual({ on: '2022-05-02', basis: 'sent' });
    expect(second).toMatchObject({ couloir: 'LOINC', product: loinc, advanceEndSource: 'unknown' });
    expect(second?.dates).toStrictEqual({ deemedCompleteOn: '2022-05-10' });
    expect(third).toMatchObject({ couloir: 'RIS', wave: '2', without: 'no-product', dates: {} });
    expect(third).not.toHaveProperty('product');
    expect(first).not.toHaveProperty('without');
    expect([first, second, third, fourth].map((group) => group && numbers(group))).toEqual([
      ['BC-1', 'BC-3'],
      ['BC-2'],
      ['BC-4', 'BC-6'],
      ['BC-5'],
    ]);
  });

  it('keeps two products of one couloir and wave apart', () => {
    const next = productNamed('Éprouvette', '2.0', { sentOn: day('2022-05-30') });
    const later = orderOf('BC-7', '2022-03-20', 1, { product: { name: 'Éprouvette', version: '2.0' } });
    const groups = seen({ orders: [...orders.slice(0, 1), later], products: [sgl, next] });
    expect(groups.map((group) => [group.product?.version, group.dates.sentOn, ...numbers(group)])).toEqual([
      ['1.0', '2022-05-02', 'BC-1'],
      ['2.0', '2022-05-30', 'BC-7'],
    ]);
  });

  it('does not choose between products', () => {
    const two = [productNamed('Éprouvette', '2.0'), productNamed('Éprouvette', '3.0')];
    expect(seen({ orders: orders.slice(0, 1), products: two })).toMatchObject([
      { without: 'several-products', dates: {} },
    ]);
  });

  it('hears the reader first, then the product, then the calendar', () => {
    const one = orders.slice(0, 1);
    const asked: (readonly [string, string])[] = [];
    const advanceEndOf = (couloir: string, wave: string): CivilDate => {
      asked.push([couloir, wave]);
      return official;
    };
    const given = {
      sentOn: day('2022-05-03'),
      deemedCompleteOn: day('2022-05-04'),
      referencedOn: day('2022-05-05'),
      advancePeriodEndsOn: day('2022-05-06'),
    };
    expect(seen({ orders: one, products: [sgl], given, advanceEndOf })[0]).toMatchObject({
      dates: given,
      advanceEndSource: 'given',
    });
    expect(seen({ orders: one, products: [sgl], advanceEndOf })[0]?.dates.advancePeriodEndsOn).toBe('2022-10-01');
    expect(seen({ orders: one, advanceEndOf })[0]).toMatchObject({
      dates: { advancePeriodEndsOn: official },
      advanceEndSource: 'calendar',
    });
    expect(asked).toContainEqual(['SGL', '1']);
    expect(seen({ orders: one })[0]).toMatchObject({ advanceEndSource: 'unknown' });
    expect(seen({ orders: one })[0]?.dates).toStrictEqual({});
  });

  it('may be seen from a planned day', () => {
    const plannedOn = day('2022-06-15');
    expect(seen({ orders: orders.slice(0, 1), plannedOn })[0]?.window).toMatchObject({
      reference: { on: plannedOn, basis: 'planned' },
      alreadyOut: { orders: ['BC-1'] },
    });
  });
});
