import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';

import { readWorkbook } from './index.ts';
import { MAIN, faultOf, partsWith, rels, sheetsOf, text, zipOf } from './xlsx.fixture.ts';

describe('readWorkbook', () => {
  it('gives the cells as text, sheet by sheet', async () => {
    const bytes = await writeXlsxFile([
      {
        data: [
          ['N° exigence', 'Énoncé'],
          ['INS/va1.01', 39.01],
        ],
        sheet: 'Exigences',
      },
      { data: [[true, null, 'fin']], sheet: 'Suite' },
    ]).toBuffer();
    expect(await readWorkbook(bytes)).toEqual({
      ok: true,
      sheets: [
        {
          name: 'Exigences',
          rows: [
            ['N° exigence', 'Énoncé'],
            ['INS/va1.01', '39.01'],
          ],
          merges: [],
          formulas: [],
        },
        { name: 'Suite', rows: [['TRUE', '', 'fin']], merges: [], formulas: [] },
      ],
      notes: [],
    });
  });

  it('keeps row numbers across empty rows and columns', async () => {
    const sheet = `<row r="3">${text('C3', 'ici')}</row><row r="5">${text('A5', 'là')}</row>`;
    const reading = await readWorkbook(await zipOf(partsWith(sheet)));
    expect(reading).toEqual({
      ok: true,
      sheets: [
        {
          name: 'Exigences',
          rows: [
            ['', '', ''],
            ['', '', ''],
            ['', '', 'ici'],
            ['', '', ''],
            ['là', '', ''],
          ],
          merges: [],
          formulas: [],
        },
      ],
      notes: [],
    });
  });

  it('keeps numbers as the file writes them', async () => {
    const reading = await readWorkbook(await zipOf(partsWith('<row r="1"><c r="A1"><v>1.10</v></c></row>')));
    expect(reading.ok && reading.sheets[0]?.rows).toEqual([['1.10']]);
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'XLSX_EMPTY'],
    ['a text file', Buffer.from('N° exigence;Énoncé\n'), 'XLSX_NOT_A_ZIP'],
    ['an old .xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), 'XLSX_OLD_FORMAT'],
    [
      'a workbook under password',
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(600),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
      'XLSX_ENCRYPTED',
    ],
  ])('refuses %s', async (_, bytes, code) => {
    expect(await faultOf(bytes)).toBe(code);
  });

  it('refuses a zip that is not a workbook', async () => {
    expect(await faultOf(await zipOf({ 'README.TXT': 'bonjour' }))).toBe('XLSX_NOT_A_WORKBOOK');
  });

  it.each([
    ['word/document.xml', 'un document de traitement de texte. Donnez le classeur lui-même.'],
    ['ppt/presentation.xml', 'une présentation. Donnez le classeur lui-même.'],
    ['xl/workbook.bin', 'un classeur binaire .xlsb. Enregistrez-le au format .xlsx.'],
  ])('says what a package is whose main part is %s', async (main, what) => {
    const other = await zipOf({
      '_rels/.rels': rels([['rId1', 'officeDocument', main]]),
      [main]: '<x:document xmlns:x="u"/>',
    });
    expect(await readWorkbook(other)).toEqual({
      ok: false,
      fault: { code: 'XLSX_NOT_A_WORKBOOK', message: `Ce fichier n’est pas un classeur .xlsx, mais ${what}` },
    });
  });

  it('says what an OpenDocument file is', async () => {
    const reading = await readWorkbook(await zipOf({ mimetype: 'x', 'content.xml': '<a/>' }));
    expect(reading.ok ? '' : reading.fault.message).toContain('mais un document OpenDocument (.ods, .odt).');
  });

  it('says in French what is wrong with a file, and keeps what libraries said apart', async () => {
    const damaged = await zipOf(partsWith('<row><c></row>'));
    expect(await readWorkbook(damaged)).toEqual({
      ok: false,
      fault: {
        code: 'XLSX_UNREADABLE',
        message:
          'La partie xl/worksheets/sheet1.xml du classeur est endommagée à la ligne 1. ' +
          'Ouvrez le classeur dans un tableur et réenregistrez-le au format .xlsx.',
        detail: 'Le document XML est mal formé (ligne 1) : une balise fermante ne répond à aucune balise ouverte.',
      },
    });
    const whole = await zipOf(partsWith(`<row>${text('A1', 'a')}</row>`));
    expect(await readWorkbook(whole.subarray(0, whole.length - 30))).toMatchObject({
      fault: {
        code: 'XLSX_NOT_A_ZIP',
        message:
          'Ce n’est pas une archive ZIP lisible (sa fin manque : autre format, ou fichier tronqué). Un classeur .xlsx ' +
          'en est une : redemandez le fichier d’origine, ou enregistrez-le au format .xlsx.',
        detail: expect.stringContaining('End of central directory'),
      },
    });
    const large = await readWorkbook(whole, { maxPartBytes: 100 });
    expect(large.ok ? '' : large.fault.message).toMatch(/fait \d+ octets \(maximum 100 octets\)\. /);
  });

  it('reads the worksheet of a large REM', async () => {
    // What does not repeat: the ratio of a bomb is refused before.
    const noise = randomBytes(40_000).toString('hex');
    const slice = (at: number): string => `x="${noise.slice((at * 37) % 70_000, ((at * 37) % 70_000) + 30)}"`;
    const cells = (row: number): string =>
      Array.from(
        { length: 40 },
        (_, at) =>
          `<c r="${at < 26 ? '' : 'A'}${String.fromCharCode(65 + (at % 26))}${row}" s="12" ${slice(row * 40 + at)}/>`,
      ).join('');
    const rows = Array.from({ length: 4000 }, (_, at) => `<row r="${at + 1}">${cells(at + 1)}</row>`).join('');
    expect(rows.length).toBeGreaterThan(8 * 1024 * 1024);
    const [sheet] = await sheetsOf(partsWith(`${rows}<row r="4001">${text('A4001', 'fin')}</row>`));
    expect(sheet?.rows.length).toBe(4001);
  });

  it('refuses a workbook without sheet, and one whose sheet is missing', async () => {
    const parts = partsWith('');
    const none = { ...parts, 'xl/workbook.xml': `<workbook xmlns="${MAIN}"><sheets/></workbook>` };
    expect(await faultOf(await zipOf(none))).toBe('XLSX_NO_SHEET');
    delete parts['xl/worksheets/sheet1.xml'];
    expect(await readWorkbook(await zipOf(parts))).toEqual({
      ok: false,
      fault: {
        code: 'XLSX_UNREADABLE',
        message: 'La feuille « Exigences » manque au classeur. Réenregistrez-le.',
      },
    });
  });

  it('refuses a damaged part with its reason', async () => {
    const parts = partsWith('<row r="1"><c r="A1" t="s"><v>12</v></c></row>');
    expect(await faultOf(await zipOf(parts))).toBe('XLSX_UNREADABLE');
  });

  it('refuses a zip bomb by size, ratio and number of entries', async () => {
    const bomb = await zipOf({ ...partsWith(''), 'xl/media.xml': ' '.repeat(6 * 1024 * 1024) });
    expect(await faultOf(bomb)).toBe('XLSX_RATIO');
    expect(await faultOf(bomb, { maxTotalBytes: 1024 * 1024 })).toBe('XLSX_TOO_LARGE');
    expect(await faultOf(bomb, { maxEntries: 3 })).toBe('XLSX_TOO_MANY_ENTRIES');
  });

  it.each([
    ['a far cell', `<row r="1">${text('XFD1', 'x')}</row>`],
    ['a far row', `<row r="1048576">${text('A1048576', 'x')}</row>`],
    ['a row by its number alone', `<row r='1048576'><c t="b"><v>1</v></c></row>`],
    ['a character reference', `<row r="&#49;048576"><c><v>1</v></c></row>`],
    ['a decoy inside another attribute', `<row spans=' r="1"' r="1048576"><c><v>1</v></c></row>`],
  ])('refuses a sheet that claims too many cells: %s', async (_, sheet) => {
    expect(await faultOf(await zipOf(partsWith(sheet)))).toBe('XLSX_TOO_MANY_CELLS');
  });

  it.each(['<row junk r="1048576"/>', '<row r="1048576">', '<row r="A-1"/>'])(
    'refuses the badly written %s',
    async (sheet) => {
      expect(await faultOf(await zipOf(partsWith(sheet)))).toBe('XLSX_UNREADABLE');
    },
  );

  // Each of these kept the workbook reader busy for a minute when it saw them.
  it.each(['<c '.repeat(300_000), `<c ${'a'.repeat(900_000)}`, `<row ${'"'.repeat(900_001)}`, '<c>'.repeat(50_000)])(
    'refuses hostile text before it is read (%#)',
    async (hostile) => {
      expect(await faultOf(await zipOf(partsWith(hostile)))).toBe('XLSX_UNREADABLE');
    },
  );

  it('refuses a part with a DTD', async () => {
    const parts = partsWith('<row r="1"/>');
    const dtd = { ...parts, 'xl/sharedStrings.xml': '<!DOCTYPE s [<!ENTITY a "b">]><sst>&a;</sst>' };
    expect(await faultOf(await zipOf(dtd))).toBe('XLSX_UNREADABLE');
  });

  it('refuses one part that is too large', async () => {
    expect(await faultOf(await zipOf(partsWith('<row r="1"/>')), { maxPartBytes: 100 })).toBe('XLSX_TOO_LARGE');
  });

  it('never throws on a workbook with damaged bytes', async () => {
    const bytes = await writeXlsxFile([
      ['N° exigence', 'Énoncé'],
      ['INS/va1.01', 'texte'],
    ]).toBuffer();
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (at, value) => {
        const damaged = Buffer.from(bytes);
        damaged[at] = value;
        const reading = await readWorkbook(damaged);
        expect(reading.ok ? reading.sheets.length : reading.fault.message).toBeTruthy();
      }),
      { numRuns: 60 },
    );
  });
});
