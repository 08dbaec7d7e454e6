import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeWorkbook } from '../xlsx/index.ts';
import { readCsvText, readTables, readText } from './index.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const cellsOf = (text: string): readonly (readonly string[])[] => readCsvText(text).rows.map(({ cells }) => cells);

describe('the text of a file', () => {
  it('is UTF-8, with or without mark', () => {
    expect(readText(utf8('été'))).toEqual({ ok: true, text: 'été', notes: [] });
    expect(readText(utf8('\uFEFFété'))).toEqual({ ok: true, text: 'été', notes: [] });
  });

  it('is Windows-1252 when it is no UTF-8, and that is said', () => {
    const reading = readText(latin('\xe9t\xe9 \x80 \x9c'));
    expect(reading).toMatchObject({ ok: true, text: 'été € œ', notes: [{ code: 'TABLE_WINDOWS_1252' }] });
  });

  it('is UTF-16 by its mark, in both orders', () => {
    const little = Uint8Array.from([0xff, 0xfe, 0xe9, 0x00]);
    const big = Uint8Array.from([0xfe, 0xff, 0x00, 0xe9]);
    for (const bytes of [little, big]) {
      expect(readText(bytes)).toMatchObject({ ok: true, text: 'é', notes: [{ code: 'TABLE_UTF_16' }] });
    }
  });

  it.each([
    ['nothing', [], 'TABLE_EMPTY'],
    ['a NUL', [0x61, 0x00], 'TABLE_NOT_TEXT'],
    ['a code that Windows-1252 leaves free', [0xe9, 0x81], 'TABLE_NOT_TEXT'],
    ['half a UTF-16 unit', [0xff, 0xfe, 0xe9], 'TABLE_NOT_TEXT'],
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'TABLE_NOT_TEXT'],
  ])('is not %s', (_, bytes, code) => {
    expect(readText(Uint8Array.from(bytes))).toMatchObject({ ok: false, fault: { code } });
  });
});

describe('CSV', () => {
  it('is cut by what its first row has most of', () => {
    expect(cellsOf('a;b,c;d\n1;2;3')).toEqual([
      ['a', 'b,c', 'd'],
      ['1', '2', '3'],
    ]);
    expect(cellsOf('a,b\r\n1,"2;3;4"')).toEqual([
      ['a', 'b'],
      ['1', '2;3;4'],
    ]);
    expect(cellsOf('a\tb')).toEqual([['a', 'b']]);
    expect(cellsOf('";;;",b')).toEqual([[';;;', 'b']]);
    expect(cellsOf('seul')).toEqual([['seul']]);
  });

  it('takes the word of a "sep=" line, which is counted as a row', () => {
    expect(readCsvText('sep=,\r\na,b;c\r\n1,2').rows).toEqual([
      { row: 2, cells: ['a', 'b;c'] },
      { row: 3, cells: ['1', '2'] },
    ]);
  });

  it('counts rows as a spreadsheet program: blank ones too, a cell of several lines once', () => {
    expect(readCsvText('a;b\n\n"un\ndeux";2\n3;4\n').rows).toEqual([
      { row: 1, cells: ['a', 'b'] },
      { row: 2, cells: [''] },
      { row: 3, cells: ['un\ndeux', '2'] },
      { row: 4, cells: ['3', '4'] },
    ]);
  });

  it('takes a quotation mark in the middle of a cell as typed', () => {
    expect(cellsOf('a;b\nLabo "Démo";2')).toEqual([
      ['a', 'b'],
      ['Labo "Démo"', '2'],
    ]);
  });

  it('keeps the rows before a quotation mark that is never closed, and says where', () => {
    const table = readCsvText('a;b\n1;2\n"3;4\n5;6\n');
    expect(table.rows).toHaveLength(2);
    expect(table.stopped).toMatchObject({ code: 'TABLE_QUOTES', row: 3 });
    expect(readCsvText(`a;b\n"${'x'.repeat(200)}`, { maxRecord: 100 }).stopped).toMatchObject({
      code: 'TABLE_QUOTES',
      row: 2,
    });
  });

  it('takes a quoted text that goes on after its quotation marks as typed', () => {
    expect(cellsOf('a;b\n"1"2;3\n4;5')).toEqual([
      ['a', 'b'],
      ['"1"2', '3'],
      ['4', '5'],
    ]);
  });

  it('stops at its bounds with the rows before', () => {
    const rows = readCsvText('a\nb\nc', { maxRows: 2 });
    expect(rows.rows).toHaveLength(2);
    expect(rows.stopped).toMatchObject({ code: 'TABLE_TOO_LARGE', row: 3 });
    expect(readCsvText('a;b\nc;d', { maxCells: 3 }).stopped).toMatchObject({ code: 'TABLE_TOO_LARGE', row: 2 });
    expect(readCsvText('a;b\nc;d', { maxCells: 4 }).stopped).toBeUndefined();
  });

  it('gives back what was written, whatever it is', () => {
    const cell = fc.string({ unit: 'grapheme-ascii', maxLength: 12 });
    const written = (rows: readonly (readonly string[])[]): string =>
      rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(';')).join('\r\n');
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 5 }), (rows) => {
        expect(cellsOf(written(rows))).toEqual(rows);
      }),
    );
  });
});

describe('a file', () => {
  it('is a workbook by its first bytes', async () => {
    const bytes = await writeWorkbook([{ name: 'Bons', columns: [{ header: 'N°' }], rows: [['BC-1']] }]);
    expect(await readTables(bytes)).toEqual({
      ok: true,
      form: 'xlsx',
      tables: [
        {
          name: 'Bons',
          rows: [
            { row: 1, cells: ['N°'] },
            { row: 2, cells: ['BC-1'] },
          ],
        },
      ],
      notes: [],
    });
  });

  it('is CSV else', async () => {
    expect(await readTables(utf8('a;b'))).toEqual({
      ok: true,
      form: 'csv',
      tables: [{ name: '', rows: [{ row: 1, cells: ['a', 'b'] }], separator: ';' }],
      notes: [],
    });
  });

  it('is refused in French, with what to do', async () => {
    const old = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(600)]);
    const reading = await readTables(old);
    expect(reading).toMatchObject({ ok: false, fault: { code: 'XLSX_OLD_FORMAT' } });
    expect(reading.ok ? '' : reading.fault.remedy).toBe('Enregistrez-le au format .xlsx.');
    expect(await readTables(new Uint8Array())).toMatchObject({ ok: false, fault: { code: 'TABLE_EMPTY' } });
  });

  it('never throws whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const reading = await readTables(bytes);
        expect(reading.ok ? reading.tables.length : reading.fault.message.length).toBeGreaterThan(0);
      }),
    );
  });
});
