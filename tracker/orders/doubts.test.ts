import { describe, expect, it } from 'vitest';
import { cents, withVat } from '#dsr/money/index.ts';
import { loadScales } from '#dsr/scales/index.ts';
import { doubtsOf, type Order } from './index.ts';
import { day, orderOf, PLACES } from './orders.fixture.ts';

const today = day('2022-03-01');
const doubts = (order: Order, scales = loadScales()) =>
  doubtsOf([{ order, row: 4, column: 'A', header: 'N°', places: PLACES }], { today, scales }).map(
    ({ severity, code, row, column, value, order: number }) => `${severity} ${code} ${row}${column} ${value} ${number}`,
  );
const above = withVat(cents(2_745_001), 2000);

describe('what is hardly true of an order', () => {
  it.each<readonly [Partial<Order>, readonly string[]]>([
    [{}, []],
    [{ couloir: 'ZZZ' }, ['warning ORDER_COULOIR_UNKNOWN 4B ZZZ BC-1']],
    [{ couloir: 'DUI' }, []],
    [{ signedOn: day('1899-12-31') }, ['warning ORDER_SIGNED_LONG_AGO 4F 31/12/1899 BC-1']],
    [{ signedOn: day('2020-12-31') }, ['warning ORDER_SIGNED_LONG_AGO 4F 31/12/2020 BC-1']],
    [{ signedOn: day('2021-01-01') }, []],
    [{ signedOn: today }, []],
    [{ signedOn: day('2022-03-02') }, ['warning ORDER_SIGNED_IN_FUTURE 4F 02/03/2022 BC-1']],
    [{ amounts: above }, ['warning ORDER_ABOVE_CEILING 4E 27450,01 BC-1']],
    // One site for a professional on his own: his band is that of one.
    [{ sites: [], amounts: withVat(cents(2_250_000), 2000) }, []],
    [{ sites: [], amounts: withVat(cents(2_250_001), 2000) }, ['warning ORDER_ABOVE_CEILING 4E 22500,01 BC-1']],
  ])('%j', (change, said) => {
    expect(doubts(orderOf(change))).toEqual(said);
  });

  it('is all told, with what was read and what to do', () => {
    const order = orderOf({ couloir: 'ZZZ', signedOn: day('2035-02-01') });
    expect(doubts(order)).toHaveLength(2);
    const [first, second] = doubtsOf([{ order, row: 4, column: 'A', header: 'N°', places: PLACES }], {
      today,
      scales: loadScales(),
    });
    expect(first?.message).toBe('ZZZ n’est pas un couloir connu du Ségur.');
    expect(first?.remedy).toContain('couloirs connus : SGL, LOINC');
    expect(second?.message).toBe('La commande serait signée le 01/02/2035, après aujourd’hui (01/03/2022).');
    const [old] = doubtsOf(
      [{ order: orderOf({ signedOn: day('1899-12-31') }), row: 1, column: 'A', header: 'N°', places: PLACES }],
      {
        today,
        scales: loadScales(),
      },
    );
    expect(old?.message).toBe('La commande serait signée le 31/12/1899, avant tout financement du Ségur (2021).');
    const [high] = doubtsOf(
      [{ order: orderOf({ amounts: above }), row: 1, column: 'A', header: 'N°', places: PLACES }],
      {
        today,
        scales: loadScales(),
      },
    );
    expect(high?.message).toContain('plafond');
    expect(high?.header).toBe('HT');
  });

  it('is held against the scale that is given', () => {
    expect(doubts(orderOf({ amounts: above }), { ...loadScales(), bands: [] })).toEqual([]);
  });
});
