import { stringify } from 'csv-stringify/sync';
import writeXlsxFile from 'write-excel-file/node';
import type { Column } from './types.ts';

/** Longer texts are cut by spreadsheets, or refused. */
const LONGEST_CELL = 32_000;

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export type SheetFormat = keyof typeof TYPES;

/** A list as a file. */
export interface SheetFile {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly name: string;
}

/**
 * Writes a list for a spreadsheet. A text that would be read as a formula is marked as a text: what a tester typed never
 * computes on the machine of whoever opens the list.
 *
 * @param file name without extension
 */
export async function writeSheet<Item>(
  format: SheetFormat,
  file: string,
  columns: readonly Column<Item>[],
  items: readonly Item[],
): Promise<SheetFile> {
  const rows = items.map((item) => columns.map(({ value }) => cellOf(value(item))));
  const titles = columns.map(({ title }) => title);
  const bytes = format === 'csv' ? csv(titles, rows) : await xlsx(file, columns, titles, rows);
  return { bytes, type: TYPES[format], name: `${file}.${format}` };
}

function cellOf(value: string | number | null | undefined): string | number | null {
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'number' ? value : writable(value).slice(0, LONGEST_CELL);
}

/** A spreadsheet may hold neither control characters nor halves of characters. */
function writable(text: string): string {
  return Array.from(text.toWellFormed(), (one) => {
    const code = one.codePointAt(0) ?? 0;
    const isBlank = code === 9 || code === 10 || code === 13;
    return (code < 32 && !isBlank) || code === 0xfffe || code === 0xffff ? '\uFFFD' : one;
  }).join('');
}

/** With the mark that makes spreadsheets read it as UTF-8, and the separator that they take in French. */
function csv(titles: readonly string[], rows: readonly (readonly (string | number | null)[])[]): Uint8Array {
  const written = stringify([titles, ...rows], {
    bom: true,
    delimiter: ';',
    record_delimiter: '\r\n',
    escape_formulas: true,
  });
  return Buffer.from(written);
}

async function xlsx(
  sheet: string,
  columns: readonly { readonly width?: number }[],
  titles: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): Promise<Uint8Array> {
  const data = [
    titles.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
    ...rows.map((cells) =>
      cells.map((value) => {
        if (value === null) return null;
        return typeof value === 'number' ? { value, type: Number } : { value, type: String };
      }),
    ),
  ];
  const buffer = await writeXlsxFile(data, {
    sheet: sheet.slice(0, 31),
    columns: columns.map(({ width = 20 }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer();
  return new Uint8Array(buffer);
}
