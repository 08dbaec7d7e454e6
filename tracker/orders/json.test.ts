import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cents, withVat } from '#dsr/money/index.ts';
import {
  orderForm,
  readOrderJson,
  readOrderTables,
  templateCsv,
  templateJson,
  templateSheets,
  type Order,
} from './index.ts';
import { day, identifier, orderOf } from './orders.fixture.ts';

const FULL = orderOf({
  client: { name: 'Labo', siret: '00000000000109', finess: '990000010', rpps: '99900000011' },
  sites: [{ finess: '990000028', name: 'Site nord' }, { finess: '990000036' }],
  signature: 'rgs',
  firmServiceDate: { date: day('2023-09-01'), announcedOn: day('2023-04-20') },
  completionNotifiedOn: day('2023-09-20'),
  mssDeployment: 'Cas 1',
  amendments: [
    { number: 'AV-1', status: 'abandonnee' },
    { number: 'AV-2', signedOn: day('2022-05-01'), status: 'deposee', amounts: withVat(cents(2_000_000), 2000) },
  ],
  acceptance: { kind: 'MOM', reserves: 'aucune', signedOn: day('2023-09-19') },
  invoice: { number: 'F-1', issuedOn: day('2023-09-20'), amounts: withVat(cents(2_745_001), 2000), stateMention: true },
  attachments: [
    { kind: 'quote', path: 'd.pdf', signed: true },
    { kind: 'order', path: 'b.pdf', signed: true },
    { kind: 'invoice', path: 'f.pdf', signed: true },
    { kind: 'mom', path: 'm.pdf', signed: false },
    { kind: 'other', path: 'a.pdf', signed: true },
  ],
});

const readBack = (value: unknown) => readOrderJson(JSON.parse(JSON.stringify(value)) as unknown, identifier);

describe('an order in JSON', () => {
  it('comes back as it was written', () => {
    const reading = readBack({ orders: [orderForm(FULL), orderForm(orderOf({ number: 'BC-2' }))] });
    expect(reading.messages).toEqual([]);
    expect(reading.orders.map(({ order }) => order)).toEqual([FULL, orderOf({ number: 'BC-2' })]);
    expect(reading.orders[1]).toMatchObject({ row: 2 });
    expect(reading.orders[1]?.places).toMatchObject({
      number: { column: '/orders/1/number' },
      sites: { column: '/orders/1/sites' },
      'amounts.ht': { column: '/orders/1/amounts/ht' },
    });
    const { signedOn: _, ...unsigned } = orderForm(orderOf());
    expect(readBack([unsigned]).orders[0]?.places.signedOn.column).toBe('/0/signedOn');
  });

  it('keeps every cent and every rate', () => {
    const order = fc
      .record({
        ht: fc.integer({ min: 1, max: 10_000_000_00 }),
        rate: fc.constantFrom(0, 210, 550, 850, 1000, 2000, 10_000),
      })
      .map(({ ht, rate }): Order => orderOf({ amounts: withVat(cents(ht), rate) }));
    fc.assert(
      fc.property(order, (each) => {
        expect(readBack([orderForm(each)]).orders[0]?.order).toEqual(each);
      }),
    );
  });

  it('may give numbers and booleans', () => {
    const form = { ...orderForm(orderOf()), amounts: { ht: 27450, ttc: 32940.0, vatRate: 0.2 }, signedOn: null };
    const { signedOn: _, ...unsigned } = orderOf();
    expect(readBack([form]).orders[0]?.order).toEqual(unsigned);
  });

  it('is told its faults by JSON path', () => {
    const reading = readBack([
      {
        ...orderForm(orderOf()),
        client: { name: 'Labo', siret: '1', age: 3 },
        sites: ['990000028', 7],
        amendments: [{ number: 'AV-1', prix: 1 }, 'deux'],
        'a/b~c': 1,
        instance: undefined,
        number: { x: 1 },
      },
    ]);
    expect(reading.orders).toEqual([]);
    expect(reading.messages.map(({ code, column }) => [code, column])).toEqual([
      ['ORDER_SHAPE', '/0/number'],
      ['ORDER_SHAPE', '/0/client/age'],
      ['ORDER_SHAPE', '/0/sites/1'],
      ['ORDER_SHAPE', '/0/amendments/0/prix'],
      ['ORDER_SHAPE', '/0/amendments/1'],
      ['ORDER_SHAPE', '/0/a~1b~0c'],
      ['ORDER_VALUE_MISSING', '/0/number'],
      ['ORDER_VALUE_MISSING', '/0/instance'],
      ['ORDER_SIRET', '/0/client/siret'],
      ['ORDER_VALUE_MISSING', '/0/amendments/0/status'],
    ]);
  });

  it('is refused when a list is none', () => {
    const codes = (value: unknown): readonly string[] =>
      readBack(value).messages.map(({ code, column }) => `${code} ${column}`);
    expect(codes({ orders: 3 })).toEqual(['ORDER_SHAPE ']);
    expect(codes('texte')).toEqual(['ORDER_SHAPE ']);
    expect(codes([])).toEqual(['ORDERS_EMPTY ']);
    expect(codes([null, 'x'])).toEqual(['ORDER_SHAPE /0', 'ORDER_SHAPE /1']);
    const plain = orderForm(orderOf());
    expect(codes([{ ...plain, sites: 3, amendments: 'x' }])).toEqual([
      'ORDER_SHAPE /0/sites',
      'ORDER_SHAPE /0/amendments',
      'ORDER_VALUE_MISSING /0/sites',
    ]);
  });

  it('never throws whatever the document', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { orders, messages } = readOrderJson(value, identifier);
        expect(orders.length === 0 ? messages.length : orders.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('the template', () => {
  const sheet = templateSheets()[0]!;
  const renumbered = (text: string): string => text.replaceAll('EXEMPLE', 'BC-1');

  it('says the same order in each of its forms', () => {
    const cells = [sheet.columns.map(({ header }) => header), ...sheet.rows].map((row) => row.map(renumbered));
    const table = { name: '', rows: cells.map((each, index) => ({ row: index + 1, cells: each })) };
    const csv = renumbered(templateCsv())
      .replace('\uFEFF', '')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(';'));
    const csvTable = { name: '', rows: csv.map((each, index) => ({ row: index + 1, cells: each })) };
    const readings = [
      readOrderTables([table], identifier),
      readOrderTables([csvTable], identifier),
      readOrderJson(JSON.parse(renumbered(templateJson())), identifier),
    ];
    for (const { orders, messages } of readings) {
      expect(messages).toEqual([]);
      expect(orders[0]?.order).toEqual(readings[0]?.orders[0]?.order);
      expect(orders[0]?.order.number).toBe('BC-1');
    }
  });

  it('explains each of its columns', () => {
    const manual = templateSheets()[1]!;
    expect(manual.rows.map(([title]) => title)).toEqual(sheet.columns.map(({ header }) => header));
    expect(manual.rows.every((row) => row.slice(0, 4).every((cell) => cell !== ''))).toBe(true);
  });
});
