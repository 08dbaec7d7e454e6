import { readWorkbook } from '../xlsx/index.ts';
import { readCsvText } from './csv.ts';
import { readText } from './text.ts';
import type { TableFault, TablesReading } from './types.ts';

/** A fault of a workbook ends with what to do, when there is something to do. */
const FAULT = /^(?<what>.*?[.!?])\s+(?<todo>\p{Lu}[\p{L}-]*ez\b.*)$/su;

/**
 * Reads the tables of a list that a person filled in: a workbook (by its first bytes, whatever the name), else CSV. Cells
 * are text; nothing is judged here.
 *
 * @returns tables in the order of the file, or a fault; never throws whatever the bytes
 */
export async function readTables(bytes: Uint8Array): Promise<TablesReading> {
  if (looksLikeWorkbook(bytes)) return workbookTables(bytes);
  const reading = readText(bytes);
  if (!reading.ok) return reading;
  return { ok: true, form: 'csv', tables: [readCsvText(reading.text)], notes: reading.notes };
}

/** A zip, or the container of old and of encrypted workbooks, which the reader tells apart. */
function looksLikeWorkbook(bytes: Uint8Array): boolean {
  return (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11);
}

async function workbookTables(bytes: Uint8Array): Promise<TablesReading> {
  const reading = await readWorkbook(bytes);
  if (!reading.ok) return { ok: false, fault: faultOf(reading.fault) };
  return {
    ok: true,
    form: 'xlsx',
    tables: reading.sheets.map(({ name, rows }) => ({
      name,
      rows: rows.map((cells, index) => ({ row: index + 1, cells })),
    })),
    notes: reading.notes.map(({ message }) => ({ code: 'TABLE_NOTE', message })),
  };
}

function faultOf({ code, message }: { readonly code: string; readonly message: string }): TableFault {
  const { what = message, todo = 'Ouvrez-le dans un tableur et réenregistrez-le au format .xlsx.' } =
    FAULT.exec(message)?.groups ?? {};
  return { code, message: what, remedy: todo };
}
