import { readCsvText, readText } from '../table/index.ts';
import { SEPARATOR } from './layouts.ts';
import type { LoincFile, LoincLayout, LoincReading, LoincRow } from './types.ts';

/**
 * Reads one of the six files: rows and cells as they are written. Nothing is judged here; what cannot be read is a fault.
 *
 * @param layout what the file is said to be: its name tells (`readLoincName`)
 */
export function readLoincFile(bytes: Uint8Array, layout: LoincLayout): LoincReading {
  const reading = readText(bytes);
  if (!reading.ok) return { ok: false, fault: reading.fault };
  const table = tableOf(reading.text);
  const rows: readonly LoincRow[] = table.rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const [first, ...others] = rows;
  const header = first !== undefined && isHeader(first, layout) ? first : undefined;
  const file: LoincFile = {
    layout,
    separator: table.separator ?? '',
    ...(header === undefined ? {} : { header }),
    rows: header === undefined ? rows : others,
    notes: reading.notes.map(({ message }) => message),
    ...(table.stopped === undefined ? {} : { stopped: table.stopped }),
  };
  return { ok: true, file };
}

/** Labels hold commas: a file is read with another separator only where the right one separates nothing. */
function tableOf(text: string): ReturnType<typeof readCsvText> {
  const table = readCsvText(text, { separator: SEPARATOR });
  const separated = table.rows.filter(({ cells }) => cells.length > 1).length;
  return separated * 2 >= table.rows.length ? table : readCsvText(text);
}

/** Half of its filled cells are names of columns: data never say « code » and « libellé » that often. */
function isHeader({ cells }: LoincRow, { columns }: LoincLayout): boolean {
  const filled = cells.map(fold).filter((cell) => cell !== '');
  const names = columns.map(({ label }) => fold(label));
  const known = filled.filter((cell) =>
    names.some((name) => cell === name || (cell.includes(name) && name.length > 4)),
  );
  return filled.length > 1 && known.length * 2 >= filled.length;
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, ' ')
    .replace(/\b(de|du|des|la|le|les|l|d|sgl|facultatif|obligatoire)\b/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}
