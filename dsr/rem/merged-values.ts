import { cleanText } from './cell-text.ts';
import type { Field } from './header.ts';
import type { Table } from './layout.ts';

/** No published list has more merged cells than rows. */
const MAX_MERGED_CELLS = 100_000;

/** Columns that say where a requirement stands: one text written over two of them is that of both. */
const PLACES: ReadonlySet<Field> = new Set<Field>([
  'conditional',
  'perimeter',
  'profile',
  'sectionId',
  'section',
  'block',
  'function',
  'nature',
]);

interface Value {
  readonly raw: string;
  readonly clean: string;
}

/**
 * Values of the cells that a merge over several rows covers: the profile written once beside ten requirements is the
 * profile of each. Proof columns are left alone: one piece asked for once is not asked for ten times.
 */
export class MergedValues {
  readonly #values = new Map<string, Value>();

  constructor(table: Table) {
    const columns = new Map(Array.from(table.fields, ([field, column]) => [column.index, field]));
    const { rows, merges } = table.sheet;
    for (const merge of merges) {
      if (merge.top <= table.headerRow || merge.bottom === merge.top) continue;
      const raw = rows[merge.top]?.[merge.left] ?? '';
      if (raw === '') continue;
      const value = { raw, clean: cleanText(raw) };
      const last = Math.min(merge.bottom, rows.length - 1);
      for (let column = merge.left; column <= merge.right; column += 1) {
        const field = columns.get(column);
        if (field === undefined || (column > merge.left && !PLACES.has(field))) continue;
        for (let row = merge.top; row <= last && this.#values.size < MAX_MERGED_CELLS; row += 1) {
          this.#values.set(`${row} ${column}`, value);
        }
      }
    }
  }

  /** As the merged cell holds it; empty when no merge covers this one. */
  raw(row: number, column: number): string {
    return this.#values.get(`${row} ${column}`)?.raw ?? '';
  }

  /** Without the spaces around. */
  clean(row: number, column: number): string {
    return this.#values.get(`${row} ${column}`)?.clean ?? '';
  }
}
