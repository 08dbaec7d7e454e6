import type { TextTable } from '#formats/table/index.ts';
import { placesOf } from './header.ts';
import { loadSunesFigures } from './load.ts';
import { aboutFile, type SunesRowError } from './row-error.ts';
import { RowReader, type Memory } from './row-reader.ts';
import type { SunesCount, SunesFigures } from './types.ts';

export interface SunesReading {
  readonly counts: readonly SunesCount[];
  readonly errors: readonly SunesRowError[];
  /** Rows that hold something, header left out. */
  readonly rows: number;
}

const EMPTY = aboutFile('SUNES_EMPTY', 0, {
  message: 'Cette liste n’a aucune ligne de comptes.',
  remedy: 'Partez du modèle : npm run jalon -- sunes --template.',
});

/**
 * Reads the counts of a table, by its headers and not by their order. Every fault of every row is told; the healthy rows
 * are kept.
 *
 * @param table rows as `readTables` or `readCsvText` gives them, the first that is not blank being the header
 */
export function readSunesCounts(table: TextTable, figures: SunesFigures = loadSunesFigures()): SunesReading {
  const rows = table.rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const stopped =
    table.stopped === undefined ? [] : [aboutFile('SUNES_CUT_SHORT', table.stopped.row ?? 0, table.stopped)];
  const [header, ...body] = rows;
  const { places, errors } = placesOf(header?.row ?? 0, header?.cells ?? []);
  if (errors.length > 0) return { counts: [], errors: [...errors, ...stopped], rows: body.length };
  const counts: SunesCount[] = [];
  const faults: SunesRowError[] = [];
  const memory: Memory = { rows: new Map(), facts: new Map() };
  for (const { row, cells } of body) {
    const reader = new RowReader(row, cells, places, figures);
    const count = reader.read(header?.cells.length ?? 0);
    const against = count === undefined ? [] : reader.compare(count, memory);
    if (count !== undefined && against.length === 0) counts.push(count);
    faults.push(...reader.errors, ...against);
  }
  return { counts, errors: [...(body.length === 0 ? [EMPTY] : faults), ...stopped], rows: body.length };
}
