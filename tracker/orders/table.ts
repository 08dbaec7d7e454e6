import { columnLetter } from './column-letter.ts';
import { COLUMNS, columnOf, type OrderColumn } from './columns.ts';
import type { OrderMessage } from './message.ts';
import type { Cell, Row } from './row-reader.ts';

/** Rows of text, as `formats/table` gives them. */
export interface SourceTable {
  /** Name of the sheet; empty for CSV. */
  readonly name: string;
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
  /** Why the reading stopped before the end. */
  readonly stopped?: { readonly row?: number; readonly message: string; readonly remedy: string };
}

/** A column of the user's file. */
export interface FoundColumn {
  /** Name of the published column; absent for one that is left aside. */
  readonly name?: string;
  readonly letter: string;
  readonly header: string;
}

export interface Layout {
  readonly table: SourceTable;
  /** Row of the header. */
  readonly headerRow: number;
  readonly columns: readonly FoundColumn[];
  /** Rows below the header, blank ones left out. */
  readonly rows: readonly Row[];
  /** Rows that have text beyond the columns of the header. */
  readonly overlong: readonly number[];
  readonly messages: readonly OrderMessage[];
}

/** Titles may stand above the header: it is looked for in the first rows. */
const HEADER_ROWS = 30;
/** Fewest known columns of a header: fewer may be a sentence that falls on an alias. */
const LEAST_KNOWN = 4;

/**
 * The sheet that holds orders and its columns, found by their headers.
 *
 * @returns undefined when no row of any sheet is a header of orders; then `firstHeaders` says what was seen
 */
export function findLayout(tables: readonly SourceTable[]): Layout | undefined {
  let best: { readonly table: SourceTable; readonly index: number; readonly known: number } | undefined;
  for (const table of tables) {
    for (const [index, { cells }] of table.rows.slice(0, HEADER_ROWS).entries()) {
      const known = new Set(cells.map((cell) => columnOf(cell)?.name).filter((name) => name !== undefined)).size;
      if (known >= LEAST_KNOWN && known > (best?.known ?? 0)) best = { table, index, known };
    }
  }
  return best === undefined ? undefined : layoutOf(best.table, best.index);
}

/** First texts of the first row that has some, to say what was seen instead of a header. */
export function firstHeaders(tables: readonly SourceTable[]): readonly string[] {
  const row = tables.flatMap(({ rows }) => rows).find(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  return (row?.cells ?? []).filter((cell) => cell.trim() !== '').slice(0, 10);
}

function layoutOf(table: SourceTable, index: number): Layout {
  const header = table.rows[index];
  const taken = new Map<string, FoundColumn>();
  const messages: OrderMessage[] = [];
  const headerRow = header?.row ?? 0;
  const columns = (header?.cells ?? []).map((text, at): FoundColumn => {
    const found: FoundColumn = { letter: columnLetter(at), header: text.trim() };
    const column = columnOf(text);
    const before = column && taken.get(column.name);
    if (before !== undefined) messages.push(columnTwice(headerRow, found, before));
    if (column === undefined || before !== undefined) {
      if (column === undefined && found.header !== '') messages.push(columnUnknown(headerRow, found));
      return found;
    }
    const named = { ...found, name: column.name };
    taken.set(column.name, named);
    return named;
  });
  for (const column of COLUMNS) {
    if (column.required === 'toujours' && !taken.has(column.name)) messages.push(columnMissing(headerRow, column));
  }
  const filled = table.rows.slice(index + 1).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  return {
    table,
    headerRow,
    columns,
    rows: filled.map(({ row, cells }) => ({ row, cells: cellsOf(cells, columns) })),
    overlong: filled
      .filter(({ cells }) => cells.slice(columns.length).some((cell) => cell.trim() !== ''))
      .map(({ row }) => row),
    messages,
  };
}

function cellsOf(cells: readonly string[], columns: readonly FoundColumn[]): ReadonlyMap<string, Cell> {
  const found = new Map<string, Cell>();
  for (const [at, { name, letter, header }] of columns.entries()) {
    if (name !== undefined) found.set(name, { text: cells[at] ?? '', column: letter, header });
  }
  return found;
}

const placed = (row: number, { letter, header }: FoundColumn) => ({ row, column: letter, header, value: '' });

function columnTwice(row: number, found: FoundColumn, before: FoundColumn): OrderMessage {
  return {
    ...placed(row, found),
    code: 'ORDERS_COLUMN_TWICE',
    severity: 'warning',
    message: `La colonne ${found.letter} « ${found.header} » dit la même chose que la colonne ${before.letter} « ${before.header} » : la première est lue.`,
    remedy: 'Gardez une seule des deux.',
  };
}

function columnUnknown(row: number, found: FoundColumn): OrderMessage {
  return {
    ...placed(row, found),
    code: 'ORDERS_COLUMN_UNKNOWN',
    severity: 'info',
    message: `La colonne ${found.letter} « ${found.header} » n’est pas dans le modèle : elle n’est pas lue.`,
    remedy: 'Si elle dit quelque chose du modèle, donnez-lui le titre du modèle.',
  };
}

function columnMissing(row: number, { title, format }: OrderColumn): OrderMessage {
  return {
    row,
    column: '',
    header: title,
    value: '',
    code: 'ORDERS_COLUMN_MISSING',
    severity: 'error',
    message: `La colonne « ${title} » manque : aucune ligne ne peut être lue sans elle.`,
    remedy: `Ajoutez-la (${format}), ou partez du modèle : npm run jalon -- orders template --out bons.xlsx.`,
  };
}
