import { Buffer } from 'node:buffer';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

import { escapeXml } from '../xml/index.ts';
import { fitCell } from './cell-text.ts';
import { SharedTexts } from './shared-texts.ts';
import { sheetNames } from './sheet-name.ts';
import type { XlsxCut, XlsxTable } from './types.ts';
import { printTitles, sheetPart } from './write-sheet.ts';
import { STYLES } from './write-styles.ts';

/** The oldest date that a zip can carry: the same tables give the same bytes whatever the clock. */
const EPOCH = new Date(1980, 0, 1);
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * Writes tables as a workbook, one sheet each, in which every cell is text: a value beginning with `=` stays one, spaces
 * and line breaks stay, characters that XML cannot carry are escaped as spreadsheet programs do. Rows are as high as
 * their texts; the header is bold on a tone of its group, frozen, with a filter, repeated on each printed page. The same
 * tables give the same bytes.
 *
 * @param tables at least one; names are made acceptable (`sheetNames`), a row may be shorter or longer than the columns
 * @param onCut told of each text that was too long for a cell (32 767 characters) and was cut and marked
 * @returns bytes of a `.xlsx` file that `readWorkbook` gives back with the same texts, lone surrogates aside
 * @throws RangeError without a table
 */
export async function writeWorkbook(
  tables: readonly XlsxTable[],
  onCut: (cut: XlsxCut) => void = () => undefined,
): Promise<Uint8Array> {
  if (tables.length === 0) throw new RangeError('Un classeur a au moins une feuille.');
  const names = sheetNames(tables.map((table) => table.name));
  const texts = new SharedTexts();
  const sheets = tables.map((table, at) => {
    const fitted = fitTable(table, names[at] ?? '', onCut);
    return sheetPart({ ...fitted, first: at === 0 }, texts);
  });
  const zip = new ZipFile();
  const add = (name: string, content: string): void =>
    zip.addBuffer(Buffer.from(content), name, { mtime: EPOCH, forceDosTimestamp: true });
  add('[Content_Types].xml', contentTypes(sheets.length));
  add('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']]));
  add('xl/workbook.xml', workbookPart(tables, names));
  add(
    'xl/_rels/workbook.xml.rels',
    relations([
      ...sheets.map((_, at) => ['worksheet', `worksheets/sheet${at + 1}.xml`] as const),
      ['styles', 'styles.xml'],
      ['sharedStrings', 'sharedStrings.xml'],
    ]),
  );
  for (const [at, sheet] of sheets.entries()) add(`xl/worksheets/sheet${at + 1}.xml`, sheet);
  add('xl/styles.xml', STYLES);
  add('xl/sharedStrings.xml', texts.part());
  zip.end();
  return buffer(zip.outputStream);
}

/** The same table with texts that cells can hold. */
function fitTable(table: XlsxTable, sheet: string, onCut: (cut: XlsxCut) => void): XlsxTable {
  const titles = table.title ?? [];
  const fit = (text: string, row: number, column: number): string => {
    const fitted = fitCell(text);
    if (fitted.cut) onCut({ sheet, row, column, length: text.length });
    return fitted.text;
  };
  return {
    ...table,
    title: titles.map((line, at) => fit(line, at, 0)),
    columns: table.columns.map((column, at) => ({ ...column, header: fit(column.header, titles.length, at) })),
    rows: table.rows.map((row, at) => row.map((text, column) => fit(text, titles.length + 1 + at, column))),
  };
}

/** Relations `rId1`, `rId2`… in this order. */
function relations(list: readonly (readonly [kind: string, target: string])[]): string {
  const each = list.map(
    ([kind, target], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

function contentTypes(sheets: number): string {
  const part = (name: string, kind: string): string =>
    `<Override PartName="/xl/${name}.xml" ContentType="${TYPE}.${kind}+xml"/>`;
  return (
    `${DECLARATION}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    part('workbook', 'sheet.main') +
    Array.from({ length: sheets }, (_, at) => part(`worksheets/sheet${at + 1}`, 'worksheet')).join('') +
    `${part('styles', 'styles')}${part('sharedStrings', 'sharedStrings')}</Types>`
  );
}

function workbookPart(tables: readonly XlsxTable[], names: readonly string[]): string {
  const sheets = names.map((name, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`);
  const titles = tables.map(
    (table, at) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${escapeXml(printTitles(table, names[at] ?? ''))}</definedName>`,
  );
  return (
    `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews>` +
    `<sheets>${sheets.join('')}</sheets><definedNames>${titles.join('')}</definedNames></workbook>`
  );
}
