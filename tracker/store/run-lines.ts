import type { Kysely } from 'kysely';
import type { RunLine } from '../domain/index.ts';
import { chunks } from './author.ts';
import type { Schema } from './schema.ts';

/** Lines are half a kilobyte each. */
const MOST_LINES = 20_000;

/**
 * Lines that were read, by database. A run never changes once recorded, and SQLite only comes to the line of a row after all the
 * pages of its record: a hundred runs are a hundred megabytes or more.
 */
const read = new WeakMap<Kysely<Schema>, Map<string, RunLine>>();

/** What lists show of some runs, in their order; nothing for a row that an earlier version wrote and that was not digested yet. */
export async function runLinesOf(db: Kysely<Schema>, ids: readonly string[]): Promise<readonly RunLine[]> {
  const known = read.get(db) ?? new Map<string, RunLine>();
  read.set(db, known);
  const lines = new Map<string, RunLine>();
  const unknown: string[] = [];
  for (const id of ids) {
    const line = known.get(id);
    if (line === undefined) unknown.push(id);
    else lines.set(id, line);
  }
  for (const some of chunks(unknown)) {
    const rows = await db.selectFrom('run').select(['id', 'line']).where('id', 'in', some).execute();
    for (const { id, line } of rows) if (line !== null) lines.set(id, JSON.parse(line) as RunLine);
  }
  for (const id of unknown) {
    const line = lines.get(id);
    if (line !== undefined) known.set(id, line);
  }
  for (const oldest of known.keys()) {
    if (known.size <= MOST_LINES) break;
    known.delete(oldest);
  }
  return ids.flatMap((id) => lines.get(id) ?? []);
}
