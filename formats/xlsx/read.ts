import readXlsxFile from 'read-excel-file/node';

import { repack } from './package.ts';
import type { XlsxLimits, XlsxReading, XlsxSheet } from './types.ts';

/** What a spreadsheet program lets a person write in one cell. */
const MAX_CELL_TEXT = 32_767;

/**
 * Reads the cells of a workbook as text. Numbers stay as written in the file, booleans are `TRUE` and `FALSE`, a cell
 * formatted as a date gives `AAAA-MM-JJ`. Sheet protection (locked cells) does not hinder reading.
 *
 * @param bytes a `.xlsx` file; anything else is a fault, never an exception
 * @param limits bounds, for tests and for callers who know their files
 * @returns sheets in workbook order with their row numbers kept, or the fault in French
 */
export async function readWorkbook(bytes: Uint8Array, limits: XlsxLimits = {}): Promise<XlsxReading> {
  const opened = await repack(bytes, limits);
  if (!opened.ok) return opened;
  try {
    const sheets = await readXlsxFile(opened.workbook, { trim: false, parseNumber: (written) => written });
    return { ok: true, sheets: sheets.map((sheet) => toSheet(sheet.sheet, sheet.data)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      fault: {
        code: 'XLSX_UNREADABLE',
        message: `Le classeur est endommagé (${reason}). Ouvrez-le dans un tableur et réenregistrez-le au format .xlsx.`,
      },
    };
  }
}

function toSheet(name: string, data: readonly (readonly unknown[])[]): XlsxSheet {
  const width = data.reduce((most, row) => Math.max(most, row.length), 0);
  return { name, rows: data.map((row) => Array.from({ length: width }, (_, column) => toText(row[column]))) };
}

function toText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return (typeof cell === 'string' ? cell : JSON.stringify(cell)).slice(0, MAX_CELL_TEXT);
}
