import type { Field } from './header.ts';
import type { Column, Table } from './layout.ts';
import { idsOfCell } from './id.ts';

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
  /** Raw ids of the requirements of the row: one, unless a scenario covers several. */
  readonly requirementIds: readonly string[];
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
  const merged = mergedCells(table);
  for (const [index, cells] of table.sheet.rows.entries()) {
    if (index <= table.headerRow || cells.every((cell) => cleanText(cell) === '')) continue;
    const at = (column: Column | undefined): string =>
      column === undefined ? '' : cleanText(cells[column.index] ?? '');
    const get = (field: Field): string => {
      const column = table.fields.get(field);
      if (column === undefined) return '';
      return at(column) || cleanText(merged.get(`${index} ${column.index}`) ?? '');
    };
    rows.push({
      number: index + 1,
      requirementIds: [get('requirementId'), ...table.otherRequirementIds.map(at)].flatMap(idsOfCell),
      get,
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

/** No published list has more merged cells than rows. */
const MAX_MERGED_CELLS = 100_000;

/**
 * Values of the cells that a vertical merge covers, by `row column`: the profile written once beside ten requirements is
 * the profile of each. Proof columns are left alone: one piece asked for once is not asked for ten times.
 */
function mergedCells(table: Table): ReadonlyMap<string, string> {
  const columns = new Set([...table.fields.values()].map((column) => column.index));
  const values = new Map<string, string>();
  for (const merge of table.sheet.merges) {
    if (merge.top <= table.headerRow || merge.bottom === merge.top || !columns.has(merge.left)) continue;
    const value = table.sheet.rows[merge.top]?.[merge.left] ?? '';
    if (value === '') continue;
    const last = Math.min(merge.bottom, table.sheet.rows.length - 1);
    for (let row = merge.top + 1; row <= last && values.size < MAX_MERGED_CELLS; row += 1) {
      values.set(`${row} ${merge.left}`, value);
    }
  }
  return values;
}
