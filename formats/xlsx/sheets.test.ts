import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';

import { readWorkbook } from './index.ts';
import { MAIN, OFFICE, faultOf, partsWith, rels, rowsOf, sheetsOf, text, zipOf } from './xlsx.fixture.ts';

const row = (value: string): string => `<row r="1">${text('A1', value)}</row>`;
const sheet = (value: string): string => `<worksheet xmlns="${MAIN}"><sheetData>${row(value)}</sheetData></worksheet>`;

describe('where sheets are found', () => {
  it('follows relations, in the order of the tabs, hidden ones too', async () => {
    const read = await sheetsOf({
      'xl/worksheets/a.xml': sheet('premier fichier'),
      'xl/feuilles/b.xml': sheet('second fichier'),
      'xl/charts/c.xml': '<chartsheet/>',
      'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView activeTab="1"/></bookViews><sheets>
        <sheet name="B _x0026_ &amp;" sheetId="9" state="veryHidden" r:id="x"/><sheet name="Graphique" sheetId="3" r:id="z"/>
        <sheet name="A" sheetId="1" state="hidden" r:id="y"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': rels([
        ['y', 'worksheet', '/xl/worksheets/a.xml'],
        ['z', 'chartsheet', 'charts/c.xml'],
        ['x', 'worksheet', '../xl/feuilles/b.xml'],
      ]),
    });
    expect(read.map(({ name, rows }) => [name, rows])).toEqual([
      ['B & &', [['second fichier']]],
      ['A', [['premier fichier']]],
    ]);
  });

  it('reads a workbook that stands elsewhere, names without case', async () => {
    const read = await sheetsOf({
      '[Content_Types].xml': '<Types/>',
      '_rels/.rels': rels([['r', 'officeDocument', '/classeur/Principal.xml']]),
      'classeur/principal.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="A" r:id="1"/></sheets></workbook>`,
      'classeur/_rels/principal.xml.rels': rels([['1', 'worksheet', 'FEUILLE.XML']]),
      'classeur/feuille.xml': sheet('ici'),
    });
    expect(read.map(({ rows }) => rows)).toEqual([[['ici']]]);
  });

  it('reads the strict variant', async () => {
    const strict = (part: string): string =>
      part
        .replaceAll(MAIN, 'http://purl.oclc.org/ooxml/spreadsheetml/main')
        .replaceAll(OFFICE, 'http://purl.oclc.org/ooxml/officeDocument/relationships');
    const parts = Object.entries(partsWith(row('strict'))).map(([name, part]) => [name, strict(part)]);
    const [read] = await sheetsOf(Object.fromEntries(parts));
    expect(read?.rows).toEqual([['strict']]);
  });

  it('reads prefixed elements, a byte order mark and UTF-16', async () => {
    const prefixed = `<?xml version="1.0" encoding="utf-8"?><x:worksheet xmlns:x="${MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>é</x:t></x:is></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:A1"/></x:mergeCells></x:worksheet>`;
    expect(await rowsOf('', { 'xl/worksheets/sheet1.xml': `\uFEFF${prefixed}` })).toEqual([['é']]);
    const utf16 = Buffer.from(`\uFEFF${prefixed.replace('utf-8', 'utf-16')}`, 'utf16le');
    expect(await rowsOf('', { 'xl/worksheets/sheet1.xml': utf16 })).toEqual([['é']]);
  });

  it('reads what is protected, hidden, or under a dimension that lies', async () => {
    const parts = partsWith('');
    const [read] = await sheetsOf({
      ...parts,
      'xl/workbook.xml': (parts['xl/workbook.xml'] ?? '').replace(
        '<sheets>',
        '<workbookProtection workbookPassword="CC1A" lockStructure="1"/><sheets>',
      ),
      'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" hidden="1"/></cols><sheetData><row r="1" hidden="1">${text('A1', 'a')}</row><row r="2" ht="0" collapsed="1">${text('B2', 'b')}</row></sheetData><sheetProtection password="CC1A" sheet="1" objects="1"/></worksheet>`,
    });
    expect(read?.rows).toEqual([
      ['a', ''],
      ['', 'b'],
    ]);
  });

  it('is not misled by cells that are not those of the sheet', async () => {
    const extension = `<extLst><ext><sheetData><row r="1">${text('A1', 'non')}</row></sheetData></ext></extLst>`;
    const [read] = await sheetsOf(partsWith(row('oui'), extension));
    expect(read?.rows).toEqual([['oui']]);
  });

  it('notes macros, and leaves them', async () => {
    const reading = await readWorkbook(await zipOf({ ...partsWith(row('a')), 'xl/vbaProject.bin': 'Sub Auto_Open()' }));
    expect(reading).toMatchObject({ ok: true, notes: [{ code: 'XLSX_MACROS_IGNORED' }] });
  });

  it('refuses parts that programs would not all read the same way', async () => {
    const parts = partsWith(row('a'));
    const zip = await zipOf({ ...parts, 'xl/worksheets/sheet2.xml': sheet('b') });
    const doubled = Buffer.from(zip.toString('latin1').replaceAll('sheet2.xml', 'sheet1.xml'), 'latin1');
    expect(await faultOf(doubled)).toBe('XLSX_UNREADABLE');
  });
});

describe('merges', () => {
  const merged = (...references: readonly string[]): string =>
    `<mergeCells>${references.map((reference) => `<mergeCell ref="${reference}"/>`).join('')}</mergeCells>`;
  const cells = `<row r="1">${text('A1', 'titre')}</row><row r="2">${text('A2', 'a')}${text('C2', 'c')}</row><row r="4">${text('B4', 'd')}</row>`;

  it('gives them within what the sheet holds', async () => {
    const [read] = await sheetsOf(
      partsWith(cells, merged('A1:XFD1', 'A2:A1048576', '$B$2:C3', 'D1:F9', 'A9', 'B4:D4')),
    );
    expect(read?.merges).toEqual([
      { top: 0, left: 0, bottom: 0, right: 2 },
      { top: 1, left: 0, bottom: 3, right: 0 },
      { top: 1, left: 1, bottom: 2, right: 2 },
      { top: 3, left: 1, bottom: 3, right: 2 },
    ]);
    expect(read?.rows).toEqual([
      ['titre', '', ''],
      ['a', '', 'c'],
      ['', '', ''],
      ['', 'd', ''],
    ]);
  });

  it('takes whole rows and columns, as LibreOffice writes them', async () => {
    const [read] = await sheetsOf(partsWith(cells, merged('1:1', '$3:4', '9:9')));
    expect(read?.merges).toEqual([
      { top: 0, left: 0, bottom: 0, right: 2 },
      { top: 2, left: 0, bottom: 3, right: 2 },
    ]);
    const [column] = await sheetsOf(partsWith(cells, merged('A:A', 'C:XFD')));
    expect(column?.merges).toEqual([
      { top: 0, left: 0, bottom: 3, right: 0 },
      { top: 0, left: 2, bottom: 3, right: 2 },
    ]);
  });

  it('has none in an empty sheet', async () => {
    const [read] = await sheetsOf(partsWith('', merged('A1:XFD1048576', 'A1:B2')));
    expect(read).toMatchObject({ rows: [], merges: [] });
  });

  it.each([
    ['that share a cell', ['A1:B2', 'B2:C3'], 'XLSX_OVERLAPPING_MERGES'],
    ['that are one', ['A1:B2', 'A1:B2'], 'XLSX_OVERLAPPING_MERGES'],
    ['without end', ['A1:'], 'XLSX_UNREADABLE'],
    ['turned over', ['B2:A1'], 'XLSX_UNREADABLE'],
    ['of nothing', ['rien'], 'XLSX_UNREADABLE'],
    ['of a row and a column', ['A:1'], 'XLSX_UNREADABLE'],
    ['of a row that no sheet has', ['0:1'], 'XLSX_UNREADABLE'],
  ])('refuses those %s', async (_, references, code) => {
    expect(await faultOf(await zipOf(partsWith(cells, merged(...references))))).toBe(code);
  });

  it('bounds their number', async () => {
    const bytes = await zipOf(partsWith(cells, merged('A1:B1', 'A2:B2', 'A3:B3')));
    expect(await faultOf(bytes, { maxMerges: 2 })).toBe('XLSX_TOO_MANY_MERGES');
    expect(await faultOf(bytes, { maxMerges: 3 })).toBe('no fault');
  });
});

describe('where data end', () => {
  it('does not count formatting, however far it goes', async () => {
    const styled = Array.from({ length: 200 }, (_, at) => `<row r="${at + 2}" s="1"><c r="XFD${at + 2}" s="1"/></row>`);
    const cells = `${row('a')}${styled.join('')}<row r="1048576" s="1"><c r="A1048576" s="1"/><c r="B1048576" t="s"/></row>`;
    expect(await rowsOf(cells)).toEqual([['a']]);
  });

  it('bounds the rectangle, the texts and the sheets', async () => {
    const corners = await zipOf(
      partsWith(`<row r="1">${text('Z1', 'aaa')}</row><row r="100">${text('A100', 'b')}</row>`),
    );
    expect(await faultOf(corners, { maxCells: 2599 })).toBe('XLSX_TOO_MANY_CELLS');
    expect(await faultOf(corners, { maxCells: 2600 })).toBe('no fault');
    expect(await faultOf(corners, { maxText: 3 })).toBe('XLSX_TOO_LARGE');
    expect(await faultOf(corners, { maxText: 4 })).toBe('no fault');
    expect(await faultOf(corners, { maxSheets: 0 })).toBe('XLSX_TOO_MANY_SHEETS');
  });

  it('says which cell is too far', async () => {
    const reading = await readWorkbook(await zipOf(partsWith(`<row r="20001">${text('B20001', 'x')}</row>`)));
    expect(reading.ok ? '' : reading.fault.message).toBe(
      'La feuille « Exigences » porte une valeur en B20001, au-delà de la ligne 20 000 ou de la colonne 256. ' +
        'Supprimez ce qui est loin du tableau, puis réenregistrez.',
    );
  });
});
