import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settleBook, type Order, type ReadOrder } from './index.ts';
import { orderOf, PLACES } from './orders.fixture.ts';

const read = (...orders: readonly Order[]): readonly ReadOrder[] =>
  orders.map((order, index) => ({ order, row: index + 2, column: 'A', header: 'N°', places: PLACES }));
const sites = (...finess: readonly string[]): Order['sites'] => finess.map((one) => ({ finess: one }));

describe('orders put together', () => {
  const first = orderOf();
  const apart = orderOf({ number: 'BC-2', instance: 'INST-2', sites: sites('990000044') });

  it('are kept when nothing stands against them', () => {
    expect(settleBook(read(first, apart))).toEqual({ orders: [first, apart], messages: [] });
  });

  it('have a number each: the later one is left out, an exact repetition is only said', () => {
    const { orders, messages } = settleBook(read(first, { ...apart, number: 'BC-1' }, first));
    expect(orders).toEqual([first]);
    expect(messages).toMatchObject([
      { code: 'ORDER_NUMBER_TAKEN', row: 3, severity: 'error', order: 'BC-1' },
      { code: 'ORDER_REPEATED', row: 4, severity: 'warning' },
    ]);
    expect(messages[0]?.message).toContain('(ligne 2)');
    expect(messages[1]?.message).toContain('ligne 2');
  });

  it('have an instance for one DSR, and all reasons are told', () => {
    const again = orderOf({ number: 'BC-2', sites: sites('990000044') });
    expect(settleBook(read(first, again)).messages).toMatchObject([{ code: 'ORDER_INSTANCE_TAKEN', row: 3 }]);
    const moved = orderOf({ number: 'BC-2', instance: 'INST-2' });
    const { messages } = settleBook(read(first, moved));
    expect(messages.map(({ code, value }) => [code, value])).toEqual([
      ['ORDER_SITE_TAKEN', '990000028'],
      ['ORDER_SITE_TAKEN', '990000036'],
    ]);
    expect(messages[0]?.message).toContain('INST-1');
  });

  it('are told at the column of what they claim, with its value', () => {
    const { messages } = settleBook(read(first, { ...first, number: 'BC-2' }, { ...first, instance: 'X' }));
    expect(
      messages.map(({ code, row, column, header, value, order }) => [code, row, column, header, value, order]),
    ).toEqual([
      ['ORDER_INSTANCE_TAKEN', 3, 'C', 'Instance', 'INST-1', 'BC-2'],
      ['ORDER_NUMBER_TAKEN', 4, 'A', 'N°', 'BC-1', 'BC-1'],
      ['ORDER_SITE_TAKEN', 4, 'D', 'Sites', '990000028', 'BC-1'],
      ['ORDER_SITE_TAKEN', 4, 'D', 'Sites', '990000036', 'BC-1'],
    ]);
    expect(settleBook(read(first, first)).messages).toMatchObject([{ column: 'A', value: 'BC-1' }]);
  });

  it.each(['inst-1', ' INST-1', 'Inst-1', 'INST-1\u00A0'])(
    'are of one instance, however it is spelled: %j',
    (instance) => {
      const { orders, messages } = settleBook(read(first, orderOf({ number: 'BC-2', instance })));
      expect(orders).toEqual([first]);
      expect(messages.map(({ code, value }) => [code, value])).toEqual([['ORDER_INSTANCE_TAKEN', instance]]);
      // The same site of the same instance, for the other DSR.
      const loinc = orderOf({ number: 'BC-2', instance, couloir: 'LOINC' });
      expect(settleBook(read(first, loinc)).messages).toEqual([]);
    },
  );

  it('may be for another DSR of the same instance, or another wave, or other software', () => {
    for (const change of [{ couloir: 'LOINC' }, { wave: '2' }, { couloir: 'RIS' }] as const) {
      expect(settleBook(read(first, orderOf({ number: 'BC-2', ...change }))).messages).toEqual([]);
    }
    // SGL and LOINC money go to one instance: a site is not in two of them.
    const loinc = orderOf({ number: 'BC-2', couloir: 'LOINC', instance: 'INST-2' });
    expect(settleBook(read(first, loinc)).messages.map(({ code }) => code)).toEqual([
      'ORDER_SITE_TAKEN',
      'ORDER_SITE_TAKEN',
    ]);
    expect(settleBook(read(first, { ...loinc, couloir: 'RIS' })).messages).toEqual([]);
  });

  it('are compared with the book, of which they replace what has their number', () => {
    const changed = orderOf({ instance: 'INST-9' });
    expect(settleBook(read(changed), [first])).toEqual({ orders: [changed], messages: [] });
    const { orders, messages } = settleBook(read(orderOf({ number: 'BC-7' })), [first]);
    expect(orders).toEqual([]);
    expect(messages).toMatchObject([{ code: 'ORDER_INSTANCE_TAKEN' }]);
    expect(messages[0]?.message).toContain('déjà au carnet');
  });

  it('never leave a claim to two orders, whatever is read', () => {
    const order = fc.record({
      number: fc.constantFrom('1', '2', '3', '4', '5'),
      instance: fc.constantFrom('A', 'B', 'C'),
      couloir: fc.constantFrom('SGL', 'LOINC', 'RIS'),
      sites: fc.uniqueArray(fc.constantFrom('s1', 's2', 's3', 's4'), { minLength: 1 }).map((all) => sites(...all)),
    });
    fc.assert(
      fc.property(fc.array(order.map(orderOf), { maxLength: 8 }), (all) => {
        const { orders, messages } = settleBook(read(...all));
        const unique = (keys: readonly string[]): void => expect(new Set(keys).size).toBe(keys.length);
        unique(orders.map(({ number }) => number));
        unique(orders.map(({ couloir, instance }) => `${couloir} ${instance}`));
        const places = orders.flatMap(({ sites: some, instance, couloir }) =>
          some.map(({ finess }) => `${finess} ${couloir === 'RIS' ? 'RIS' : 'SGL'} ${instance}`),
        );
        unique([...new Set(places)].map((place) => place.split(' ').slice(0, 2).join(' ')));
        const left = new Set(messages.map(({ row }) => row));
        expect(left.size).toBe(all.length - orders.length);
      }),
    );
  });
});
