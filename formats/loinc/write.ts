import { SEPARATOR } from './layouts.ts';

/** Rows of a file as CSV: UTF-8 without mark, CRLF, quoted where a cell needs it (RFC 4180). */
export function writeLoincRows(rows: readonly (readonly string[])[]): Uint8Array {
  const lines = rows.map((cells) => cells.map(quoted).join(SEPARATOR));
  return Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'utf8');
}

function quoted(cell: string): string {
  return /[;"\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
