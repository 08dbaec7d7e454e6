import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWorkbook } from '#formats/xlsx/index.ts';
import { templateCsv, templateSheets, vendorTemplate } from '#tracker/orders/index.ts';
import { loadOrders } from './load-orders.ts';
import { loadVendor, requireVendor } from './load-vendor.ts';
import { start, workFolder, type Ended } from './testing.ts';

type Document = Readonly<Record<string, unknown>>;
const within = (cwd: string) => {
  const play = (...args: readonly string[]): Promise<Ended> => start(args, { cwd }).ended;
  const json = async (
    ...args: readonly string[]
  ): Promise<{ readonly code: number | null; readonly document: Document }> => {
    const { code, out } = await play(...args, '--json');
    return { code, document: JSON.parse(out) as Document };
  };
  return { play, json, path: (name: string) => join(cwd, name) };
};

const [HEADER, EXAMPLE] = [templateSheets()[0]!.columns.map(({ header }) => header), templateSheets()[0]!.rows[0]!];
/** The example of the template under another number, with changes by title. */
const row = (number: string, changes: Readonly<Record<string, string>> = {}): readonly string[] =>
  HEADER.map((title, index) => changes[title] ?? EXAMPLE[index]!.replaceAll('EXEMPLE', number));
const APART = { Instance: 'INST-002', 'Sites (FINESS géographiques)': '990000044' };
const csv = (...rows: readonly (readonly string[])[]): string =>
  [HEADER, ...rows].map((cells) => cells.join(';')).join('\r\n');

describe('jalon orders', () => {
  it.each(['bons.csv', 'bons.xlsx', 'bons.json'])('makes a template that it reads: %s', async (name) => {
    const { play, json, path } = within(workFolder());
    expect((await play('orders', 'template', '--out', name)).code).toBe(0);
    expect(await loadOrders(path(name))).toMatchObject({ rows: 0, orders: [], messages: [{ code: 'ORDER_EXAMPLE' }] });
    const again = await json('orders', 'template', '--out', name);
    expect(again).toMatchObject({ code: 2, document: { error: { code: 'FICHIER_EXISTANT' } } });
  });

  it('keeps one order whatever the form and the encoding', async () => {
    const { play, json, path } = within(workFolder());
    const text = templateCsv().replaceAll('EXEMPLE', 'BC-1');
    await writeFile(path('bons.csv'), text);
    expect((await json('orders', 'import', 'bons.csv')).document).toMatchObject({ added: ['BC-1'], refused: 0 });
    // What a spreadsheet program of Windows saves.
    const windows = Uint8Array.from(text.replace('\uFEFF', '').replaceAll('’', "'"), (one) => one.charCodeAt(0));
    await writeFile(path('windows.csv'), windows);
    const { code, document } = await json('orders', 'import', 'windows.csv');
    expect(code).toBe(0);
    expect(document).toMatchObject({ unchanged: ['BC-1'], messages: [{ code: 'ORDERS_NOTE' }] });

    const listed = await play('orders', 'list', '--json');
    await writeFile(path('liste.json'), listed.out);
    expect((await json('orders', 'import', 'liste.json')).document).toMatchObject({ unchanged: ['BC-1'] });
    const { computed } = JSON.parse(listed.out) as { computed: unknown };
    expect(computed).toMatchObject([{ order: 'BC-1', band: 'B', ceilingHt: 27_450 }]);
  });

  it('keeps healthy rows and tells every fault of the others by row and column', async () => {
    const { play, json, path } = within(workFolder());
    const bytes = await writeWorkbook([
      {
        ...templateSheets()[0]!,
        rows: [
          row('BC-1'),
          row('BC-2', { ...APART, 'SIRET du client': '00000000000108', 'Montant TTC': '32940,01' }),
          row('BC-3'),
          row('BC-4', APART),
        ],
      },
    ]);
    await writeFile(path('bons.xlsx'), bytes);
    const dry = await json('orders', 'import', 'bons.xlsx', '--dry-run');
    expect(dry.document).toMatchObject({ dryRun: true, kept: 2, added: [] });
    const { code, document } = await json('orders', 'import', 'bons.xlsx');
    expect(code).toBe(2);
    expect(document).toMatchObject({
      sheet: 'Bons de commande',
      rows: 4,
      kept: 2,
      refused: 2,
      added: ['BC-1', 'BC-4'],
      messages: [
        { code: 'ORDER_TTC', row: 3, column: 'N', order: 'BC-2' },
        { code: 'ORDER_SIRET', row: 3, column: 'C', order: 'BC-2' },
        { code: 'ORDER_INSTANCE_TAKEN', row: 4, column: 'H', value: 'INST-001', order: 'BC-3' },
        { code: 'ORDER_ABOVE_CEILING', severity: 'warning', row: 5, column: 'L', order: 'BC-4' },
      ],
    });
    const told = await play('orders', 'import', 'bons.xlsx');
    expect(told.out).toContain('4 lignes lues, 2 bons sains, 2 lignes refusées');
    expect(told.out).toContain('Barème : jalon-');
    expect(told.out).toContain('0 ajouté, 0 modifié, 2 inchangés');
    expect(told.out.replaceAll(/\s+/gu, ' ')).toContain('ligne 3, colonne C « SIRET du client » (« 00000000000108 »)');
  });

  it('says what a file is that cannot be read', async () => {
    const { json, path } = within(workFolder());
    await writeFile(path('vide.csv'), '');
    await writeFile(path('casse.json'), '[{');
    await writeFile(path('autre.csv'), 'nom;prénom\nX;Y');
    await expect(loadOrders(path('vide.csv'))).rejects.toMatchObject({ code: 'TABLE_EMPTY', exitCode: 2 });
    await expect(loadOrders(path('casse.json'))).rejects.toMatchObject({ code: 'ORDERS_JSON', exitCode: 2 });
    await expect(loadOrders(path('absent.csv'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(loadOrders('/dev/null')).rejects.toMatchObject({ code: 'ORDERS_UNREADABLE' });
    expect(await json('orders', 'import', 'autre.csv')).toMatchObject({
      code: 2,
      document: { kept: 0, messages: [{ code: 'ORDERS_NO_HEADER' }] },
    });
  });

  it('shows the money, with the window once the vendor is known', async () => {
    const { play, json, path } = within(workFolder());
    expect(await json('orders', 'money')).toMatchObject({ code: 2, document: { error: { code: 'BOOK_EMPTY' } } });
    await writeFile(
      path('bons.csv'),
      csv(row('BC-1'), row('BC-2', { ...APART, 'Signé par le client le': '31/01/2022' })),
    );
    expect((await play('orders', 'import', 'bons.csv')).code).toBe(0);
    const { document } = await json('orders', 'money');
    expect(document).toMatchObject({
      windowJudged: false,
      totals: { orders: 2, expected: '65880.00', toRequest: '65880.00', requested: '0.00', paid: '0.00' },
      byMonth: [
        { month: '2022-11', expected: '19764.00' },
        { month: '2023-12', expected: '46116.00' },
      ],
      byClient: [{ siret: '00000000000109', orders: 2 }],
    });
    await writeFile(path('editeur.json'), vendorTemplate());
    const known = await json('orders', 'money', '--vendor', 'editeur.json');
    const risks = (known.document['orders'] as { number: string; risks: { code: string }[] }[]).map(
      ({ number, risks: all }) => [number, all.some(({ code }) => code === 'window')],
    );
    expect(risks).toEqual([
      ['BC-1', false],
      ['BC-2', true],
    ]);
    expect((await play('orders', 'money', '--by', 'client')).out).not.toContain('Mois');
    await writeFile(path('faux.json'), '{"name": "X", "siret": "1", "products": []}');
    await expect(loadVendor(path('faux.json'), '.')).rejects.toMatchObject({ code: 'VENDOR_INVALID', exitCode: 2 });
    expect((await loadVendor(undefined, path('.')))?.siret).toBe('00000000000208');
    await expect(requireVendor(undefined, workFolder())).rejects.toMatchObject({ code: 'VENDOR_MISSING' });
  });
});
