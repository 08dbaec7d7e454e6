import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** A line of the audit, as it is read. */
export interface HistoryLine {
  readonly id: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: string;
  /** JSON. */
  readonly before: string | null;
  readonly after: string | null;
  readonly campaign: string | null;
}

export interface HistoryFilter {
  readonly campaign?: string;
  readonly subject?: string;
  readonly actor?: string;
  /** Lines before this one: the next page. */
  readonly before?: number;
  readonly limit: number;
}

const COLUMNS = ['id', 'at', 'actor', 'action', 'subject', 'detail', 'before', 'after', 'campaign'] as const;

/** Lines of the audit, the last one first. */
export async function history(db: Kysely<Schema>, filter: HistoryFilter): Promise<readonly HistoryLine[]> {
  let query = db.selectFrom('audit').select(COLUMNS).orderBy('id', 'desc').limit(filter.limit);
  for (const name of ['campaign', 'subject', 'actor'] as const) {
    const value = filter[name];
    if (value !== undefined) query = query.where(name, '=', value);
  }
  if (filter.before !== undefined) query = query.where('id', '<', filter.before);
  return query.execute();
}

/**
 * Number of the last line; 0 before the first. Everything that a view shows changes with a line.
 *
 * @param campaign only lines of this campaign, and of the whole tracker
 */
export async function lastChange(db: Kysely<Schema>, campaign?: string): Promise<number> {
  if (campaign === undefined) {
    const row = await db.selectFrom('audit').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
    return row?.id ?? 0;
  }
  const rows = await db.selectFrom('last_line').select('line').where('campaign', 'in', [campaign, '']).execute();
  return Math.max(0, ...rows.map(({ line }) => line));
}

/** Lines after one that was seen, in order. */
export function changesAfter(db: Kysely<Schema>, seen: number, limit: number): Promise<readonly HistoryLine[]> {
  return db.selectFrom('audit').select(COLUMNS).where('id', '>', seen).orderBy('id').limit(limit).execute();
}
