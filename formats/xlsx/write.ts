import type { Blob } from 'node:buffer';
import type Stream from 'node:stream';
import { buffer } from 'node:stream/consumers';
import writeXlsxFile from 'write-excel-file/node';
import type { CellObject, Feature, Sheet } from 'write-excel-file/node';
import { ZipFile } from 'yazl';

import { openZip } from '../zip/index.ts';
import { escapeCell, fitCell, unmark } from './cell-text.ts';
import { columnLetters } from './reference.ts';
import { sheetNames } from './sheet-name.ts';
import type { XlsxColumn, XlsxCut, XlsxTable } from './types.ts';

const TONES = { official: '#D6E4F0', added: '#E4EFD8' } as const;
/** The oldest date that a zip can carry: the same tables give the same bytes whatever the clock. */
const EPOCH = new Date(1980, 0, 1);
const MIN_WIDTH = 10;
const MAX_WIDTH = 60;

/**
 * Writes tables as a workbook, one sheet each, in which every cell is text: a value beginning with `=` stays one, spaces
 * and line breaks stay, characters that XML cannot carry are escaped as spreadsheet programs do. The header is bold on a
 * tone of its group, frozen, with a filter. The same tables give the same bytes.
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
  const sheets = tables.map((table, index) => toSheet(table, names[index] ?? '', onCut));
  return rezip(await writeXlsxFile(sheets, { features: [filters(tables)] }).toBuffer());
}

function toSheet(table: XlsxTable, name: string, onCut: (cut: XlsxCut) => void): Sheet<never> {
  const titles = table.title ?? [];
  const cell = (text: string, row: number, column: number, style: CellObject): CellObject => {
    const fitted = fitCell(text);
    if (fitted.cut) onCut({ sheet: name, row, column, length: text.length });
    return { ...style, value: escapeCell(fitted.text), type: String, format: '@' };
  };
  const header = table.columns.map((column, at) => cell(column.header, titles.length, at, headerStyle(column)));
  const body = table.rows.map((row, at) =>
    row.map((text, column) => cell(text, titles.length + 1 + at, column, { wrap: true, alignVertical: 'top' })),
  );
  return {
    sheet: name,
    data: [...titles.map((line, at) => [cell(line, at, 0, { fontWeight: 'bold' })]), header, ...body],
    columns: table.columns.map((column, at) => ({ width: column.width ?? widthOf(table, at) })),
    stickyRowsCount: titles.length + 1,
  };
}

function headerStyle(column: XlsxColumn): CellObject {
  return {
    fontWeight: 'bold',
    backgroundColor: TONES[column.group ?? 'official'],
    borderStyle: 'thin',
    borderColor: '#8A94A0',
    wrap: true,
    alignVertical: 'center',
  };
}

/** Wide enough for the longest line, within what a screen shows of forty columns. */
function widthOf(table: XlsxTable, column: number): number {
  let longest = 0;
  for (const text of [table.columns[column]?.header ?? '', ...table.rows.map((row) => row[column] ?? '')]) {
    for (const line of text.slice(0, 1000).split('\n')) longest = Math.max(longest, line.length);
  }
  return Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, longest + 2));
}

/** The writer has no filter of its own: it lets one in after the cells, where ECMA-376 wants it (§18.3.1.99). */
function filters(tables: readonly XlsxTable[]): Feature<Stream | Buffer | Blob> {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform(content, _options, { sheetIndex }) {
            const table = tables[sheetIndex];
            if (table === undefined || table.columns.length === 0) return content;
            const top = (table.title?.length ?? 0) + 1;
            const range = `A${top}:${columnLetters(table.columns.length)}${top + table.rows.length}`;
            return content.replace(/<\/sheetData>|<sheetData\/>/, (end) => `${end}<autoFilter ref="${range}"/>`);
          },
        },
      },
    },
  };
}

/**
 * The writer stamps each part with the time of the clock: the parts are zipped again at a fixed date. It also drops
 * characters that XML discourages: they are put in their place here.
 */
async function rezip(workbook: Uint8Array): Promise<Uint8Array> {
  const opened = await openZip(workbook, { maxTotalBytes: Infinity, maxRatio: Infinity, maxEntries: Infinity });
  if (!opened.ok) throw new Error(opened.fault.message);
  const clean = new ZipFile();
  for (const file of opened.files) {
    const written = Buffer.from(await file.read());
    const part = file.name === 'xl/sharedStrings.xml' ? Buffer.from(unmark(written.toString())) : written;
    clean.addBuffer(part, file.name, { mtime: EPOCH, forceDosTimestamp: true });
  }
  clean.end();
  return buffer(clean.outputStream);
}
