import { cleanText } from './cell-text.ts';
import { headerKey } from './header.ts';
import type { Field } from './header.ts';
import type { Column, Table } from './layout.ts';
import { idsOfCell, normaliseId } from './id.ts';
import { MergedValues } from './merged-values.ts';

export interface ProofCell {
  /** Exactly as the cell holds it; empty when it holds no id. */
  readonly id: string;
  readonly text: string;
  readonly idColumn: string;
  readonly textColumn: string;
}

/** One row of the table, cells cleaned of the spaces around them. */
export interface Row {
  /** 1-based row of the sheet. */
  readonly number: number;
  /** Raw ids of the requirements of the row, {@link MAX_IDS} at most: one, unless a scenario covers several. */
  readonly requirementIds: readonly string[];
  /** How many more ids the row lists. */
  readonly moreIds: number;
  /** Whether the number of the requirement is a formula of which the file keeps no value. */
  readonly isIdLost: boolean;
  readonly get: (field: Field) => string;
  /** Id exactly as the cell holds it, spaces included; empty when it holds none. */
  readonly rawId: (field: 'scenarioId') => string;
  readonly header: (field: Field) => string;
  readonly has: (field: Field) => boolean;
  /** Pairs that hold something. */
  readonly proofs: readonly ProofCell[];
}

/** No scenario of a published list covers more requirements; a longer list is another text. */
export const MAX_IDS = 50;

/** Rows under the header row that hold something, without those that repeat the headers. */
export function rowsOf(table: Table): readonly Row[] {
  const rows: Row[] = [];
  const merged = new MergedValues(table);
  const lost = lostIds(table);
  const columns = columnsOf(table);
  /** One merge may give the same cell to every row. */
  const idsOf = new Map<string, readonly string[]>();
  const readIds = (cell: string): readonly string[] => {
    const ids = idsOf.get(cell) ?? idsOfCell(cell);
    idsOf.set(cell, ids);
    return ids;
  };
  for (const [index, cells] of table.sheet.rows.entries()) {
    if (index <= table.headerRow || cells.every((cell) => cleanText(cell) === '')) continue;
    if (repeatsHeaders(table, columns, cells)) continue;
    const at = (column: Column | undefined): string =>
      column === undefined ? '' : cleanText(cells[column.index] ?? '');
    const raw = (column: Column | undefined): string => {
      if (column === undefined) return '';
      const cell = cells[column.index] ?? '';
      return cleanText(cell) === '' ? merged.raw(index, column.index) : cell;
    };
    const get = (field: Field): string => {
      const column = table.fields.get(field);
      return column === undefined ? '' : at(column) || merged.clean(index, column.index);
    };
    const ids = [table.fields.get('requirementId'), ...table.otherRequirementIds].flatMap((column, rank) =>
      readIds(rank === 0 ? raw(column) : (cells[column?.index ?? -1] ?? '')),
    );
    rows.push({
      number: index + 1,
      requirementIds: ids.slice(0, MAX_IDS),
      moreIds: Math.max(0, ids.length - MAX_IDS),
      isIdLost: ids.length === 0 && lost.has(index),
      get,
      rawId: (field) => idOrNothing(raw(table.fields.get(field))),
      header: (field) => table.fields.get(field)?.header ?? '',
      has: (field) => table.fields.has(field),
      proofs: table.pairs
        .map((pair) => ({
          id: idOrNothing(cells[pair.id?.index ?? -1] ?? ''),
          text: at(pair.text),
          idColumn: pair.id?.header ?? '',
          textColumn: pair.text?.header ?? '',
        }))
        .filter((proof) => proof.id !== '' || proof.text !== ''),
    });
  }
  return rows;
}

/** A cell that holds only spaces or quotes holds no id. */
function idOrNothing(cell: string): string {
  return cell === '' || normaliseId(cell) === '' ? '' : cell;
}

function columnsOf(table: Table): readonly Column[] {
  const pairs = table.pairs.flatMap((pair) => [pair.id, pair.text]);
  return [...table.fields.values(), ...table.otherRequirementIds, ...pairs].filter((column) => column !== undefined);
}

/** A page break repeats the header row in the middle of a table. */
function repeatsHeaders(table: Table, columns: readonly Column[], cells: readonly string[]): boolean {
  const headers = table.sheet.rows[table.headerRow] ?? [];
  const id = table.fields.get('requirementId')?.index ?? -1;
  if (cells[id] === '' || cells[id] !== headers[id]) return false;
  const filled = columns.filter(({ index }) => (cells[index] ?? '') !== '');
  return (
    filled.length > 2 && filled.every(({ index }) => headerKey(cells[index] ?? '') === headerKey(headers[index] ?? ''))
  );
}

/** Rows whose requirement number is a formula without kept value. */
function lostIds({ sheet, fields }: Table): ReadonlySet<number> {
  const id = fields.get('requirementId')?.index;
  const lost = sheet.formulas.filter(
    (cell) => cell.column === id && (sheet.rows[cell.row]?.[cell.column] ?? '') === '',
  );
  return new Set(lost.map((cell) => cell.row));
}
