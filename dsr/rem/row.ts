import type { Field } from './header.ts';
import type { Column, Table } from './layout.ts';

export interface ProofCell {
  readonly id: string;
  readonly text: string;
  readonly idColumn: string;
  readonly textColumn: string;
}

/** One row of the table, cells cleaned of the spaces around them. */
export interface Row {
  /** 1-based row of the sheet. */
  readonly number: number;
  readonly get: (field: Field) => string;
  readonly header: (field: Field) => string;
  readonly has: (field: Field) => boolean;
  /** Pairs that hold something. */
  readonly proofs: readonly ProofCell[];
}

/** Text of a cell without the spaces around it; line breaks inside are the author's and stay. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/gu, '\n')
    .replace(/\u00A0/gu, ' ')
    .replace(/[\u200B\u2060\uFEFF]/gu, '')
    .trim();
}

/** Rows under the header row that hold something. */
export function rowsOf(table: Table): readonly Row[] {
  const rows: Row[] = [];
  for (const [index, cells] of table.sheet.rows.entries()) {
    if (index <= table.headerRow || cells.every((cell) => cleanText(cell) === '')) continue;
    const at = (column: Column | undefined): string =>
      column === undefined ? '' : cleanText(cells[column.index] ?? '');
    rows.push({
      number: index + 1,
      get: (field) => at(table.fields.get(field)),
      header: (field) => table.fields.get(field)?.header ?? '',
      has: (field) => table.fields.has(field),
      proofs: table.pairs
        .map((pair) => ({
          id: at(pair.id),
          text: at(pair.text),
          idColumn: pair.id?.header ?? '',
          textColumn: pair.text?.header ?? '',
        }))
        .filter((proof) => proof.id !== '' || proof.text !== ''),
    });
  }
  return rows;
}
