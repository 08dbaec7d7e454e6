import { Buffer } from 'node:buffer';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { openZip } from '../zip/index.ts';
import { readWorkbook, writeWorkbook } from './index.ts';
import type { XlsxCut, XlsxTable } from './index.ts';

const table = (rows: readonly (readonly string[])[], columns = 2): XlsxTable => ({
  name: 'Exigences',
  columns: Array.from({ length: columns }, (_, at) => ({ header: `Colonne ${at + 1}` })),
  rows,
});

async function rowsOf(bytes: Uint8Array): Promise<readonly (readonly string[])[]> {
  const reading = await readWorkbook(bytes);
  if (!reading.ok) throw new Error(`${reading.fault.code} ${reading.fault.message}`);
  return reading.sheets[0]?.rows ?? [];
}

async function partOf(bytes: Uint8Array, name: string): Promise<string> {
  const opened = await openZip(bytes);
  if (!opened.ok) throw new Error(opened.fault.code);
  const file = opened.files.find((one) => one.name === name);
  if (file === undefined) throw new Error(`${name} absent`);
  return Buffer.from(await file.read()).toString();
}

/** LibreOffice, where it is. */
const office = ['soffice', 'libreoffice'].find((name) =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name))),
);

describe('writeWorkbook', () => {
  it('writes titles, header and rows, sheet by sheet', async () => {
    const bytes = await writeWorkbook([
      { ...table([['INS/va1.01', 'Énoncé']]), title: ['REM', 'Couloir SGL'] },
      { name: 'Preuves', columns: [{ header: 'N°', group: 'added' }], rows: [['01'], ['02']] },
    ]);
    const reading = await readWorkbook(bytes);
    expect(reading.ok && reading.sheets.map(({ name, rows }) => ({ name, rows }))).toEqual([
      {
        name: 'Exigences',
        rows: [
          ['REM', ''],
          ['Couloir SGL', ''],
          ['Colonne 1', 'Colonne 2'],
          ['INS/va1.01', 'Énoncé'],
        ],
      },
      { name: 'Preuves', rows: [['N°'], ['01'], ['02']] },
    ]);
  });

  it('never writes a formula, a number or a date', async () => {
    const hostile = ['=1+1', '+33', '-2', '@SUM(A1)', "=cmd|' /C calc'!A0", '1.10', '00012', '2026-01-05', 'TRUE'];
    const bytes = await writeWorkbook([table([hostile], hostile.length)]);
    expect((await rowsOf(bytes))[1]).toEqual(hostile);
    const sheet = await partOf(bytes, 'xl/worksheets/sheet1.xml');
    expect(sheet).not.toContain('<f');
    expect([...sheet.matchAll(/<c [^>]*>/g)].filter(([cell]) => !cell.includes('t="s"'))).toEqual([]);
  });

  it('keeps spaces, line breaks and what looks like an escape', async () => {
    const texts = [
      '  deux  espaces  ',
      '\nligne\n\nautre\n',
      'fin\r\nde ligne\r',
      '_x0041_',
      '_x005F_x0041_',
      '_x0041\u0001',
      '_x005f_0085_',
      '_x005F\u007F_x005f_0041_',
      '\u0000\u0001\u001F\u007F\u0085\uFFFD\uFFFE\u{1FFFE}',
      '\tt\t',
      '🧪',
    ];
    expect((await rowsOf(await writeWorkbook([table([texts], texts.length)])))[1]).toEqual(texts);
  });

  it('writes as they are the characters that XML carries', async () => {
    const strings = await partOf(
      await writeWorkbook([table([['\uFFFD\u0085\u{1FFFE}', 'constructor']])]),
      'xl/sharedStrings.xml',
    );
    expect(strings).toContain('<t>\uFFFD\u0085\u{1FFFE}</t>');
    expect(strings).toContain('<t>constructor</t>');
  });

  it('is not fooled by the names that every object has', async () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
    expect((await rowsOf(await writeWorkbook([table([names], names.length)])))[1]).toEqual(names);
  });

  it('cuts a text too long for a cell, marks it and says so', async () => {
    const cuts: XlsxCut[] = [];
    const long = `${'é'.repeat(32_751)}🧪${'é'.repeat(20)}`;
    const limit = 'é'.repeat(32_767);
    const bytes = await writeWorkbook([{ ...table([[limit, long]]), title: ['Titre'] }], (cut) => cuts.push(cut));
    expect(cuts).toEqual([{ sheet: 'Exigences', row: 2, column: 1, length: long.length }]);
    expect((await rowsOf(bytes))[2]).toEqual([limit, `${'é'.repeat(32_751)}… [texte coupé]`]);
  });

  it('freezes and filters the header, in two tones', async () => {
    const bytes = await writeWorkbook([
      {
        name: 'a',
        title: ['t'],
        columns: [{ header: 'A' }, { header: 'B', width: 33, group: 'added' }],
        rows: [
          ['1', '2'],
          ['x'.repeat(400), ''],
        ],
      },
      { name: 'b', columns: Array.from({ length: 28 }, () => ({ header: 'h' })), rows: [] },
    ]);
    const sheet = await partOf(bytes, 'xl/worksheets/sheet1.xml');
    expect(sheet).toContain('</sheetData><autoFilter ref="A2:B4"/>');
    expect(sheet).toMatch(/<pane [^>]*ySplit="2"[^>]*state="frozen"/);
    expect([...sheet.matchAll(/<col [^>]*width="(\d+)"/g)].map(([, width]) => width)).toEqual(['60', '33']);
    expect(await partOf(bytes, 'xl/worksheets/sheet2.xml')).toContain('<autoFilter ref="A1:AB1"/>');
    const styles = await partOf(bytes, 'xl/styles.xml');
    expect(styles).toContain('FFD6E4F0');
    expect(styles).toContain('FFE4EFD8');
  });

  it('gives each row the height of its texts', async () => {
    const lines = Array.from({ length: 40 }, () => 'ligne').join('\n');
    const bytes = await writeWorkbook([
      {
        name: 'a',
        title: ['t'],
        columns: [
          { header: 'N°', width: 10 },
          { header: 'Un en-tête plus long que sa colonne', width: 10 },
        ],
        rows: [['court', ''], ['', 'un deux trois quatre'], ['a\nb\n\nc', 'x'.repeat(25)], [lines, ''], []],
      },
    ]);
    const sheet = await partOf(bytes, 'xl/worksheets/sheet1.xml');
    const rows = [...sheet.matchAll(/<row r="(\d+)" ht="(\d+)" customHeight="1">/g)].map(([, row, height]) => [
      row,
      height,
    ]);
    expect(rows).toEqual([
      ['1', '15'],
      ['2', '90'],
      ['3', '15'],
      ['4', '45'],
      ['5', '60'],
      ['6', '409'],
      ['7', '15'],
    ]);
  });

  it('names one font and its size for every cell', async () => {
    const bytes = await writeWorkbook([{ ...table([['a', '']]), title: ['t'] }]);
    const styles = await partOf(bytes, 'xl/styles.xml');
    expect([...styles.matchAll(/<font>.*?<\/font>/g)].map(([font]) => font.replace('<b/>', ''))).toEqual(
      Array.from({ length: 2 }, () => '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'),
    );
    const sheet = await partOf(bytes, 'xl/worksheets/sheet1.xml');
    // An empty cell has no element: the column says that what is typed there is text.
    expect(sheet).not.toContain('r="B3"');
    expect(sheet).toContain('<col min="2" max="2" width="11" style="1" customWidth="1"/>');
  });

  it('prints in landscape, as many pages across as can be read, what stays in view on each', async () => {
    const wide = { name: "L'été", columns: Array.from({ length: 10 }, () => ({ header: 'h', width: 50 })), rows: [] };
    const bytes = await writeWorkbook([{ ...wide, title: ['t'], frozenColumns: 2 }, table([])]);
    const sheet = await partOf(bytes, 'xl/worksheets/sheet1.xml');
    expect(sheet).toContain('<pageSetUpPr fitToPage="1"/>');
    expect(sheet).toMatch(/<pageSetup [^>]*fitToWidth="3" fitToHeight="0"[^>]*orientation="landscape"\/>/);
    expect(sheet).toContain('<pane xSplit="2" ySplit="2" topLeftCell="C3" activePane="bottomRight" state="frozen"/>');
    expect(await partOf(bytes, 'xl/worksheets/sheet2.xml')).toMatch(/<pageSetup [^>]*fitToWidth="1" /);
    const book = await partOf(bytes, 'xl/workbook.xml');
    expect(
      [...book.matchAll(/<definedName name="_xlnm.Print_Titles" localSheetId="(\d)">([^<]*)</g)].map(
        ([, ...found]) => found,
      ),
    ).toEqual([
      ['0', '&apos;L&apos;&apos;été&apos;!$A:$B,&apos;L&apos;&apos;été&apos;!$2:$2'],
      ['1', '&apos;Exigences&apos;!$1:$1'],
    ]);
    expect((await readWorkbook(bytes)).ok).toBe(true);
  });

  it('makes sheet names acceptable', async () => {
    const names = [
      'SGL/va1 : [test]?',
      'sgl-va1 - -test--',
      '',
      "'REM'",
      'é'.repeat(40),
      'É'.repeat(40),
      '\u0001 <&">',
    ];
    const bytes = await writeWorkbook(names.map((name) => ({ ...table([]), name })));
    const reading = await readWorkbook(bytes);
    expect(reading.ok && reading.sheets.map(({ name }) => name)).toEqual([
      'SGL-va1 - -test--',
      'sgl-va1 - -test-- (2)',
      'Feuille 3',
      'REM',
      'é'.repeat(31),
      `${'É'.repeat(27)} (2)`,
      '<&">',
    ]);
  });

  it('gives the same bytes whatever the clock', async () => {
    const first = await writeWorkbook([table([['a', 'b']])]);
    vi.useFakeTimers({ now: new Date('2031-05-06T07:08:09Z'), toFake: ['Date'] });
    try {
      expect(Buffer.from(await writeWorkbook([table([['a', 'b']])])).equals(Buffer.from(first))).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('refuses to write nothing', async () => {
    await expect(writeWorkbook([])).rejects.toThrow(RangeError);
  });

  it('gives back any text', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom(
          '_',
          'x',
          '0',
          '4',
          '1',
          '5',
          'F',
          'f',
          '\u007F',
          '\uFFFD',
          '\uD83D',
          '\uDE00',
          '\r',
          '\n',
          ' ',
          '\u0000',
        ),
      }),
      fc.constantFrom('__proto__', 'constructor', '=1', "'"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 10 }), async (rows) => {
        const read = await rowsOf(await writeWorkbook([table(rows, 3)]));
        const expected = rows.map((row) => row.map((one) => one.toWellFormed()));
        while (expected.at(-1)?.every((one) => one === '')) expected.pop();
        expect(read.slice(1)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it.skipIf(office === undefined)(
    'is opened by LibreOffice (demande LibreOffice : soffice dans le PATH)',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'jalon-office-'));
      try {
        const file = join(folder, 'rem.xlsx');
        writeFileSync(
          file,
          await writeWorkbook([
            {
              ...table([
                ['=1+1', 'a\nb _x0041_ 🧪'],
                ['01.10', 'constructor'],
              ]),
              title: ['REM'],
            },
          ]),
        );
        const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profil')).href}`;
        const args = [profile, '--headless', '--convert-to', 'xlsx', '--outdir', join(folder, 'converti'), file];
        await promisify(execFile)(office ?? '', args, { timeout: 90_000 });
        expect(await rowsOf(readFileSync(join(folder, 'converti', 'rem.xlsx')))).toEqual([
          ['REM', ''],
          ['Colonne 1', 'Colonne 2'],
          ['=1+1', 'a\nb _x0041_ 🧪'],
          ['01.10', 'constructor'],
        ]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    100_000,
  );
});
