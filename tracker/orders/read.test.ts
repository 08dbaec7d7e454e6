import { describe, expect, it } from 'vitest';
import { cents } from '#dsr/money/index.ts';
import { readOrderTables, type OrdersReading, type SourceTable } from './index.ts';
import { day, HEALTHY, identifier, orderOf, tableOf } from './orders.fixture.ts';

const read = (...tables: readonly SourceTable[]): OrdersReading => readOrderTables(tables, identifier);
const readRow = (changes: Readonly<Record<string, string>>): OrdersReading => read(tableOf({ ...HEALTHY, ...changes }));
const codesOf = ({ messages }: OrdersReading): readonly string[] => messages.map(({ code }) => code);

describe('a healthy row', () => {
  it('is an order', () => {
    const reading = readRow({});
    expect(reading.messages).toEqual([]);
    expect(reading.orders).toMatchObject([{ order: orderOf(), row: 2 }]);
    // A fault found later stands at its own column.
    expect(reading.orders[0]?.places).toEqual({
      number: { column: 'A', header: 'N° de bon de commande' },
      couloir: { column: 'D', header: 'Couloir' },
      instance: { column: 'F', header: 'Instance' },
      sites: { column: 'G', header: expect.stringMatching(/site/iu) },
      'amounts.ht': { column: 'J', header: 'Montant HT' },
      signedOn: { column: 'M', header: expect.stringMatching(/sign/iu) },
    });
    expect(reading.rows).toBe(1);
  });

  it('carries all that the template takes', () => {
    const { orders, messages } = readRow({
      'client.finess': '990000010',
      'client.rpps': '99900000011',
      signature: 'PSC',
      'firmServiceDate.date': '2023-09-01',
      'firmServiceDate.announcedOn': '20/04/2023',
      completionNotifiedOn: '2023-09-20 00:00',
      'amendment.number': 'AV-1',
      'amendment.signedOn': '2022-03-01',
      'amendment.status': 'Décidé et payé',
      'amendment.ht': '27000',
      'amendment.ttc': '32400',
      mssDeployment: 'cas 2',
      'acceptance.kind': 'mom',
      'acceptance.signedOn': '2023-09-18',
      'acceptance.serviceDoneOn': '2023-09-15',
      'acceptance.reserves': 'Non bloquantes',
      'acceptance.mssanteAddress': 'labo@essai.mssante.fr',
      'acceptance.mssDeployment': '1',
      'invoice.number': 'F-1',
      'invoice.issuedOn': '2023-09-19',
      'invoice.ht': '27000',
      'invoice.ttc': '32400',
      'invoice.stateMention': 'non',
      'files.quote': 'devis.pdf',
      'files.order': 'pieces/bc 1.pdf | pieces/bc 1 bis.pdf',
      'files.orderSigned': 'oui',
      'files.invoice': 'f.pdf',
      'files.acceptance': 'mom.pdf',
      'files.acceptanceSigned': 'non',
      'files.other': 'a.pdf',
    });
    expect(messages).toEqual([]);
    expect(orders[0]?.order).toEqual(
      orderOf({
        client: { name: 'Labo Pommeverte', siret: '00000000000109', finess: '990000010', rpps: '99900000011' },
        signature: 'pro-sante-connect',
        firmServiceDate: { date: day('2023-09-01'), announcedOn: day('2023-04-20') },
        completionNotifiedOn: day('2023-09-20'),
        amendments: [
          {
            number: 'AV-1',
            signedOn: day('2022-03-01'),
            status: 'decidee-et-payee',
            amounts: { ht: cents(2_700_000), ttc: cents(3_240_000), vatRate: 2000 },
          },
        ],
        mssDeployment: 'Cas 2',
        acceptance: {
          kind: 'MOM',
          signedOn: day('2023-09-18'),
          serviceDoneOn: day('2023-09-15'),
          reserves: 'non-bloquantes',
          mssanteAddress: 'labo@essai.mssante.fr',
          mssDeployment: 'Cas 1',
        },
        invoice: {
          number: 'F-1',
          issuedOn: day('2023-09-19'),
          amounts: { ht: cents(2_700_000), ttc: cents(3_240_000), vatRate: 2000 },
          stateMention: false,
        },
        attachments: [
          { kind: 'quote', path: 'devis.pdf', signed: true },
          { kind: 'order', path: 'pieces/bc 1.pdf', signed: true },
          { kind: 'order', path: 'pieces/bc 1 bis.pdf', signed: true },
          { kind: 'invoice', path: 'f.pdf', signed: true },
          { kind: 'mom', path: 'mom.pdf', signed: false },
          { kind: 'other', path: 'a.pdf', signed: true },
        ],
      }),
    );
  });
});

describe('a faulty value', () => {
  it.each([
    ['client.siret', '123', 'ORDER_SIRET'],
    ['client.finess', '1', 'ORDER_FINESS'],
    ['client.rpps', '1', 'ORDER_RPPS'],
    ['sites', '990000028 12', 'ORDER_FINESS'],
    ['couloir', '1 2', 'ORDER_COULOIR'],
    ['wave', '3', 'ORDER_CHOICE'],
    ['signature', 'tampon', 'ORDER_CHOICE'],
    ['amounts.ht', '27450,001', 'ORDER_EUROS'],
    ['amounts.ht', '-1', 'ORDER_NEGATIVE'],
    ['amounts.vatRate', '120', 'ORDER_RATE'],
    ['amounts.ttc', '32940,01', 'ORDER_TTC'],
    ['signedOn', '30/02/2022', 'ORDER_DATE'],
    ['conditionalMention', 'peut-être', 'ORDER_CHOICE'],
    ['acceptance.mssanteAddress', 'labo', 'ORDER_ADDRESS'],
    ['number', 'x'.repeat(301), 'ORDER_TEXT_TOO_LONG'],
    ['files.other', 'x'.repeat(1001), 'ORDER_TEXT_TOO_LONG'],
    ['sites', '990000028 '.repeat(2001), 'ORDER_TEXT_TOO_LONG'],
  ])('in %s (%j) keeps the row out, at its place', (name, value, code) => {
    const reading = readRow({ [name]: value, 'acceptance.kind': 'VA', 'acceptance.reserves': 'aucune' });
    expect(reading.orders).toEqual([]);
    expect(codesOf(reading)).toContain(code);
    const message = reading.messages.find((one) => one.code === code)!;
    expect(message).toMatchObject({ severity: 'error', row: 2 });
    expect(message.column).toMatch(/^[A-Z]+$/u);
    expect(message.remedy).toMatch(/^\p{Lu}|^\d/u);
  });

  it('says what the TTC would be', () => {
    const { messages } = readRow({ 'amounts.ht': '2917', 'amounts.ttc': '3500' });
    expect(messages).toMatchObject([{ code: 'ORDER_TTC', value: '3500', order: 'BC-1' }]);
    expect(messages[0]?.message).toContain('3\u00A0500,40\u00A0€');
  });

  it('is told with all the others of the row, and of the other rows', () => {
    const reading = read(
      tableOf(
        { ...HEALTHY, 'client.siret': '1', signedOn: 'hier', 'amounts.ht': 'beaucoup' },
        { ...HEALTHY, number: 'BC-2' },
        { ...HEALTHY, number: '', wave: '9' },
      ),
    );
    expect(reading.messages.map(({ row, code, header }) => [row, code, header])).toEqual([
      [2, 'ORDER_EUROS', 'Montant HT'],
      [2, 'ORDER_SIRET', 'SIRET du client'],
      [2, 'ORDER_DATE', 'Signé par le client le'],
      [4, 'ORDER_VALUE_MISSING', 'N° de bon de commande'],
      [4, 'ORDER_CHOICE', 'Vague'],
    ]);
    expect(reading.orders.map(({ order }) => order.number)).toEqual(['BC-2']);
    expect(reading.rows).toBe(3);
  });

  it.each([
    'number',
    'client.name',
    'client.siret',
    'couloir',
    'wave',
    'instance',
    'product.name',
    'product.version',
    'amounts.ht',
    'amounts.vatRate',
    'amounts.ttc',
    'conditionalMention',
    'stateMention',
  ])('is missing where %s is blank', (name) => {
    const reading = readRow({ [name]: '  ' });
    expect(reading.orders).toEqual([]);
    expect(codesOf(reading)).toEqual(['ORDER_VALUE_MISSING']);
  });

  it.each([
    [{ 'firmServiceDate.announcedOn': '2023-04-01' }, ['Date ferme de mise en service']],
    [{ 'amendment.ht': '1' }, ['Dernier avenant', 'État de l’avenant', 'Montant TTC après avenant']],
    [{ 'amendment.number': 'AV-1' }, ['État de l’avenant']],
    [{ 'acceptance.serviceDoneOn': '2023-04-01' }, ['VA ou MOM', 'Réserves']],
    [{ 'invoice.number': 'F-1' }, ['Facture HT', 'Facture TTC', 'Mention de l’État sur la facture']],
    [
      { 'invoice.issuedOn': '2023-04-01' },
      ['N° de facture', 'Facture HT', 'Facture TTC', 'Mention de l’État sur la facture'],
    ],
    [{ 'files.order': 'a.pdf' }, ['Bon de commande joint signé']],
    [{ 'files.acceptance': 'a.pdf' }, ['VA ou MOM jointe signée']],
    [{ sites: '' }, ['Sites (FINESS géographiques)']],
  ])('is missing where %j calls for it', (changes, headers) => {
    const reading = readRow(changes);
    expect(reading.orders).toEqual([]);
    expect(reading.messages.map(({ header }) => header)).toEqual(headers);
    expect(new Set(codesOf(reading))).toEqual(new Set(['ORDER_VALUE_MISSING']));
  });

  it('may be left out: a professional has no site', () => {
    const { orders } = readRow({ sites: '', 'client.rpps': '99900000011' });
    expect(orders[0]?.order.sites).toEqual([]);
  });
});

describe('what is only to be verified', () => {
  it('is an amount of 0, kept since the ASP is who refuses it', () => {
    const reading = readRow({ 'amounts.ht': '0', 'amounts.ttc': '0' });
    expect(reading.messages).toMatchObject([
      { code: 'ORDER_ZERO', severity: 'warning' },
      { code: 'ORDER_ZERO', severity: 'warning' },
    ]);
    expect(reading.orders[0]?.order.amounts).toEqual({ ht: 0, ttc: 0, vatRate: 2000 });
  });

  it('is a site given twice, counted once', () => {
    const reading = readRow({ sites: '990000028|990000028' });
    expect(codesOf(reading)).toEqual(['ORDER_SITE_TWICE']);
    expect(reading.orders[0]?.order.sites).toEqual([{ finess: '990000028' }]);
  });

  it('is an acceptance before the signature, not on its day', () => {
    const acceptance = { 'acceptance.kind': 'VA', 'acceptance.reserves': 'aucune' };
    const early = readRow({
      ...acceptance,
      'acceptance.signedOn': '2022-01-31',
      'acceptance.serviceDoneOn': '2022-01-30',
    });
    expect(early.messages.map(({ code, header }) => [code, header])).toEqual([
      ['ORDER_DATES_ORDER', 'Service fait le'],
      ['ORDER_DATES_ORDER', 'VA signée le'],
    ]);
    expect(early.orders).toHaveLength(1);
    expect(codesOf(readRow({ ...acceptance, 'acceptance.signedOn': '2022-02-01' }))).toEqual([]);
  });

  it('is text beyond the header', () => {
    const table = tableOf(HEALTHY);
    const [header, row] = table.rows;
    const reading = read({ name: '', rows: [header!, { ...row!, cells: [...row!.cells, '', 'en trop'] }] });
    expect(codesOf(reading)).toEqual(['ORDER_EXTRA_CELLS']);
    expect(reading.orders).toHaveLength(1);
  });
});

describe('the header', () => {
  it('is found below titles, by aliases, in any order, in any sheet', () => {
    const rows = [
      ['Suivi des commandes Ségur'],
      [],
      [
        'TTC',
        'TVA',
        'HT',
        'n° BDC',
        'bénéficiaire',
        'SIRET',
        'programme',
        'VAGUE',
        'instance',
        'FINESS ET',
        'logiciel',
        'version',
        'conditionnel',
        'mention État',
        'Notes',
      ],
      [
        '32940',
        '20',
        '27450',
        'BC-1',
        'Labo Pommeverte',
        '00000000000109',
        'SGL',
        '1',
        'INST-1',
        '990000028;990000036',
        'LaboExemple',
        '7.2',
        'oui',
        'oui',
        'rien',
      ],
    ];
    const reading = read(
      { name: 'Lisez-moi', rows: [{ row: 1, cells: ['Version', 'Client'] }] },
      { name: 'Bons', rows: rows.map((cells, index) => ({ row: index + 1, cells })) },
    );
    const { signedOn: _, ...unsigned } = orderOf();
    expect(reading.orders).toMatchObject([{ order: unsigned, row: 4 }]);
    expect(reading.orders[0]?.places.number).toEqual({ column: 'D', header: 'n° BDC' });
    // Where a column would be that the file has not.
    expect(reading.orders[0]?.places.signedOn.column).toBe('');
    expect(reading.sheet).toBe('Bons');
    expect(reading.messages).toMatchObject([
      { code: 'ORDERS_COLUMN_UNKNOWN', severity: 'info', column: 'O', header: 'Notes', row: 3 },
    ]);
    expect(reading.columns?.[3]).toEqual({ name: 'number', letter: 'D', header: 'n° BDC' });
  });

  it('lacks a column that every row needs: that is said once', () => {
    const { 'client.siret': _, ...rest } = HEALTHY;
    const reading = read(tableOf(rest, { ...rest, number: 'BC-2' }));
    expect(reading.messages).toMatchObject([{ code: 'ORDERS_COLUMN_MISSING', header: 'SIRET du client', row: 1 }]);
    expect(reading.orders).toEqual([]);
    expect(reading.rows).toBe(2);
  });

  it('has a column twice: the first is read', () => {
    const table = tableOf(HEALTHY);
    const [header, row] = table.rows;
    const reading = read({
      name: '',
      rows: [
        { row: 1, cells: [...header!.cells, 'N° BDC'] },
        { row: 2, cells: [...row!.cells, 'BC-9'] },
      ],
    });
    expect(codesOf(reading)).toEqual(['ORDERS_COLUMN_TWICE']);
    expect(reading.orders[0]?.order.number).toBe('BC-1');
  });

  it('is not there: what was seen is said', () => {
    const reading = read({ name: '', rows: [{ row: 1, cells: ['nom', 'prénom'] }] });
    expect(reading.messages).toMatchObject([{ code: 'ORDERS_NO_HEADER' }]);
    expect(reading.messages[0]?.message).toContain('« nom », « prénom »');
    expect(read().messages[0]?.message).toContain('aucun texte');
  });

  it('has nothing below, or only the example of the template', () => {
    expect(codesOf(read(tableOf(...[{ ...HEALTHY }].slice(1))))).toEqual(['ORDERS_NO_HEADER']);
    const table = tableOf(HEALTHY);
    expect(codesOf(read({ ...table, rows: table.rows.slice(0, 1) }))).toEqual(['ORDERS_EMPTY']);
    const example = readRow({ number: ' EXEMPLE ', 'client.siret': '1' });
    expect(example).toMatchObject({ orders: [], rows: 0, messages: [{ code: 'ORDER_EXAMPLE', severity: 'info' }] });
  });

  it('stands above rows that break off', () => {
    const stopped = { row: 3, message: 'Guillemets ouverts.', remedy: 'Refermez-les.' };
    const reading = read({ ...tableOf(HEALTHY), stopped });
    expect(reading.orders).toHaveLength(1);
    expect(reading.messages).toMatchObject([
      { code: 'ORDERS_CUT_SHORT', row: 3, remedy: 'Refermez-les.', severity: 'error' },
    ]);
  });

  it('stands above more orders than a file may hold', () => {
    const table = tableOf(HEALTHY);
    const [header, row] = table.rows;
    const rows = Array.from({ length: 50_001 }, (_, index) => ({ row: index + 2, cells: row!.cells }));
    const reading = read({ name: '', rows: [header!, ...rows] });
    expect(reading.orders).toHaveLength(50_000);
    expect(reading.messages).toMatchObject([{ code: 'ORDERS_TOO_MANY', row: 50_002 }]);
  });
});
