import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { chunks } from './author.ts';
import type { Schema } from './schema.ts';

/** A line of the audit before it is chained. */
export interface AuditLine {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Person, command, or version of the bench. */
  readonly actor: string;
  /** French. */
  readonly action: string;
  /** What it is about: campaign, slot, order… */
  readonly subject: string;
  /** French. */
  readonly detail: string;
  /** JSON of what it was and of what it became. */
  readonly before?: string | null;
  readonly after?: string | null;
  /** Campaign that it speaks of. */
  readonly campaign?: string | null;
}

/** Where the chain does not hold. */
export interface BrokenChain {
  readonly id: number;
  /** French. */
  readonly reason: string;
}

/** Hash of a line: of the hash before it, and of everything that it says. */
export function lineHash(previous: string, line: AuditLine): string {
  const { at, actor, action, subject, detail, before, after, campaign } = line;
  // Lines of earlier versions name no campaign: their hash stays what it was.
  const place = campaign === undefined || campaign === null ? [] : [campaign];
  const said = JSON.stringify([at, actor, action, subject, detail, before ?? null, after ?? null, ...place]);
  return createHash('sha256').update(`${previous}\n${said}`).digest('hex');
}

/** Adds lines at the end of the chain, in their order, within the transaction of what they tell. */
export async function appendAudit(db: Transaction<Schema>, lines: readonly AuditLine[]): Promise<void> {
  if (lines.length === 0) return;
  const last = await db.selectFrom('audit').select('hash').orderBy('id', 'desc').limit(1).executeTakeFirst();
  let hash = last?.hash ?? '';
  const rows = lines.map((line) => {
    hash = lineHash(hash, line);
    return { ...line, before: line.before ?? null, after: line.after ?? null, campaign: line.campaign ?? null, hash };
  });
  for (const some of chunks(rows)) await db.insertInto('audit').values(some).execute();
  const { id: line } = await db
    .selectFrom('audit')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const campaigns = [...new Set(rows.map(({ campaign }) => campaign ?? ''))];
  await db
    .insertInto('last_line')
    .values(campaigns.map((campaign) => ({ campaign, line })))
    .onConflict((conflict) => conflict.column('campaign').doUpdateSet({ line }))
    .execute();
}

const PAGE = 5_000;

/**
 * Follows the chain from its first line.
 *
 * @returns the first line that does not hold; undefined when all do. A chain cut at its end holds: keep the last hash
 *   elsewhere (`lastAuditHash`) to see that too
 */
export async function verifyAudit(db: Kysely<Schema>): Promise<BrokenChain | undefined> {
  let previous = '';
  let after = 0;
  for (;;) {
    const rows = await db.selectFrom('audit').selectAll().where('id', '>', after).orderBy('id').limit(PAGE).execute();
    for (const row of rows) {
      const hash = lineHash(previous, row);
      if (hash !== row.hash)
        return { id: row.id, reason: `La ligne ${row.id} de l’audit a changé, ou une ligne avant elle manque.` };
      previous = hash;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return undefined;
    after = last.id;
  }
}

/** Hash of the last line, empty when there is none. */
export async function lastAuditHash(db: Kysely<Schema>): Promise<string> {
  const last = await db.selectFrom('audit').select('hash').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return last?.hash ?? '';
}
