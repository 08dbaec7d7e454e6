import { columnLetters, referenceOf } from './reference.ts';
import { rowHeight } from './row-height.ts';
import type { SharedTexts } from './shared-texts.ts';
import type { XlsxTable } from './types.ts';
import { STYLE } from './write-styles.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const MIN_WIDTH = 10;
const MAX_WIDTH = 60;
/** Characters across a landscape page that can still be read. */
const PAGE_WIDTH = 200;
/** Bold letters are wider. */
const BOLD = 0.85;

/** A table whose texts are those that the cells will hold, under a name that programs accept. */
export interface SheetToWrite extends XlsxTable {
  readonly first: boolean;
}

/** Worksheet part of a table (ECMA-376 part 1, §18.3.1.99): empty cells are not written, their columns give the style. */
export function sheetPart(table: SheetToWrite, texts: SharedTexts): string {
  const titles = table.title ?? [];
  const widths = table.columns.map((column, at) => column.width ?? widthOf(table, at));
  const top = titles.length;
  const cell = (text: string, row: number, column: number, style: number): string =>
    text === '' && style === STYLE.body
      ? ''
      : `<c r="${referenceOf(row, column)}" s="${style}" t="s"><v>${texts.add(text)}</v></c>`;
  const row = (at: number, height: number, cells: string): string =>
    `<row r="${at + 1}" ht="${height}" customHeight="1">${cells}</row>`;
  const headers = table.columns.map(({ header }) => header);
  const narrow = widths.map((width) => width * BOLD);
  const rows = [
    ...titles.map((line, at) => row(at, rowHeight([line], []), cell(line, at, 0, STYLE.title))),
    row(
      top,
      rowHeight(headers, narrow),
      table.columns.map(({ header, group = 'official' }, at) => cell(header, top, at, STYLE[group])).join(''),
    ),
    ...table.rows.map((one, at) =>
      row(
        top + 1 + at,
        rowHeight(one, widths),
        one.map((text, column) => cell(text, top + 1 + at, column, STYLE.body)).join(''),
      ),
    ),
  ];
  const filter =
    widths.length === 0
      ? ''
      : `<autoFilter ref="A${top + 1}:${referenceOf(top + table.rows.length, widths.length - 1)}"/>`;
  const pages = Math.max(1, Math.ceil(widths.reduce((sum, width) => sum + width, 0) / PAGE_WIDTH));
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${MAIN}">` +
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' +
    `<sheetViews><sheetView${table.first ? ' tabSelected="1"' : ''} workbookViewId="0">${pane(top + 1, frozenOf(table))}</sheetView></sheetViews>` +
    '<sheetFormatPr defaultRowHeight="15"/>' +
    (widths.length === 0 ? '' : `<cols>${widths.map(columnOf).join('')}</cols>`) +
    `<sheetData>${rows.join('')}</sheetData>${filter}` +
    '<printOptions gridLines="1"/>' +
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="9" fitToWidth="${pages}" fitToHeight="0" pageOrder="overThenDown" orientation="landscape"/>` +
    '<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P / &amp;N</oddFooter></headerFooter></worksheet>'
  );
}

/** What each printed page repeats, as a defined name says it (§18.2.6): the header, and the columns that stay in view. */
export function printTitles(table: XlsxTable, name: string): string {
  const sheet = `'${name.replaceAll("'", "''")}'!`;
  const top = (table.title?.length ?? 0) + 1;
  const frozen = frozenOf(table);
  const columns = frozen === 0 ? '' : `${sheet}$A:$${columnLetters(frozen)},`;
  return `${columns}${sheet}$${top}:$${top}`;
}

function frozenOf({ frozenColumns = 0, columns }: XlsxTable): number {
  return Math.min(frozenColumns, columns.length);
}

function pane(rows: number, columns: number): string {
  const across = columns === 0 ? '' : ` xSplit="${columns}"`;
  const active = columns === 0 ? 'bottomLeft' : 'bottomRight';
  return `<pane${across} ySplit="${rows}" topLeftCell="${referenceOf(rows, columns)}" activePane="${active}" state="frozen"/>`;
}

const columnOf = (width: number, at: number): string =>
  `<col min="${at + 1}" max="${at + 1}" width="${width}" style="${STYLE.body}" customWidth="1"/>`;

/** Wide enough for the longest line, within what a screen shows of forty columns. */
function widthOf(table: XlsxTable, column: number): number {
  let longest = 0;
  for (const text of [table.columns[column]?.header ?? '', ...table.rows.map((row) => row[column] ?? '')]) {
    for (const line of text.slice(0, 1000).split('\n')) longest = Math.max(longest, line.length);
  }
  return Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, longest + 2));
}
