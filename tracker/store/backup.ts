import { sql, type Kysely, type Transaction } from 'kysely';
import { chunks } from './author.ts';
import { lastAuditHash, verifyAudit } from './audit.ts';
import { TrackerStoreError } from './errors.ts';
import { retakeResults } from './latest.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Schema } from './schema.ts';

type Table = keyof Schema;

/**
 * Every table that is kept, those that others name first. Latest results are made again from the runs, and what counts lines from the audit;
 * sessions and receipts are not kept: whoever restores logs in again, and a
 * call that was answered before the copy is not sent again after it.
 */
export const TABLES: readonly Table[] = [
  'campaign',
  'rem',
  'run',
  'slot_state',
  'piece',
  'purchase_order',
  'payment_request',
  'deposit_status',
  'audit',
  'requirement_file',
  'remark',
  'complement',
  'slot_reference',
  'evidence',
  'filing',
  'account',
  'api_token',
  'webhook',
];

/** Tables whose rows are numbered by the store. */
const NUMBERED: readonly Table[] = ['piece', 'deposit_status', 'audit', 'slot_reference', 'filing'];

/** What a copy of a tracker says of itself. */
export interface CopyHead {
  /** Steps of the schema that it was written with. */
  readonly schema: number;
  /** Rows of each table. */
  readonly rows: Readonly<Partial<Record<Table, number>>>;
  /** Hash of the last line of its audit: a copy that was cut shows it. */
  readonly auditHash: string;
}

export type Row = Readonly<Record<string, string | number | null>>;

/** A whole tracker, out of any store and into any other. */
export interface Copy {
  readonly head: CopyHead;
  rows(table: Table): Promise<readonly Row[]>;
}

/** Every row of a tracker, as it is at one moment. */
export async function dump(db: Kysely<Schema>): Promise<Copy> {
  // One transaction: whatever is written meanwhile is wholly in the copy, or not at all.
  return db.transaction().execute(async (trx) => {
    const tables = new Map<Table, readonly Row[]>();
    for (const table of TABLES) tables.set(table, await allRows(trx, table));
    const rows = Object.fromEntries(Array.from(tables, ([table, all]) => [table, all.length]));
    return {
      head: { schema: MIGRATIONS.length, rows, auditHash: await lastAuditHash(trx) },
      rows: (table) => Promise.resolve(tables.get(table) ?? []),
    };
  });
}

/**
 * Fills an empty tracker with a copy, in one transaction: all of it, or nothing.
 *
 * @throws {TrackerStoreError} `RESTORE_NOT_EMPTY` when the tracker holds something, `COPY_NEWER` when a later Jalon wrote the
 *   copy, `COPY_BROKEN` when rows are missing or its audit does not hold
 */
export async function restore(db: Kysely<Schema>, copy: Copy, store: 'sqlite' | 'postgres'): Promise<void> {
  if (copy.head.schema !== MIGRATIONS.length) {
    const later = copy.head.schema > MIGRATIONS.length;
    throw new TrackerStoreError(
      'COPY_NEWER',
      later
        ? 'Cette sauvegarde a été écrite par une version plus récente de Jalon.'
        : `Cette sauvegarde a été écrite par une version plus ancienne de Jalon (schéma ${copy.head.schema}, attendu ${MIGRATIONS.length}).`,
      later
        ? 'Mettez Jalon à jour, puis recommencez.'
        : 'Restaurez-la avec la version de Jalon qui l’a écrite, puis mettez à jour.',
    );
  }
  await db.transaction().execute(async (trx) => {
    for (const table of TABLES) {
      if ((await trx.selectFrom(table).selectAll().limit(1).execute()).length === 0) continue;
      throw new TrackerStoreError(
        'RESTORE_NOT_EMPTY',
        'Ce suivi n’est pas vide : rien n’est restauré.',
        'Restaurez dans un autre dossier (--data) ou dans une base vide (--db).',
      );
    }
    for (const table of TABLES) {
      const rows = await copy.rows(table);
      if (rows.length !== copy.head.rows[table]) throw broken(`la table ${table} n’a pas toutes ses lignes`);
      for (const some of chunks(rows)) await trx.insertInto(table).values(some).execute();
    }
    const campaigns = await trx.selectFrom('campaign').select('id').execute();
    for (const { id } of campaigns) await retakeResults(trx, id);
    const cut = await verifyAudit(trx);
    if (cut !== undefined) throw broken(cut.reason);
    if ((await lastAuditHash(trx)) !== copy.head.auditHash) throw broken('la fin de l’audit manque');
    if (store === 'postgres') for (const table of NUMBERED) await renumber(trx, table);
  });
}

function broken(why: string): TrackerStoreError {
  return new TrackerStoreError(
    'COPY_BROKEN',
    `Cette sauvegarde est abîmée : ${why}.`,
    'Reprenez une autre sauvegarde : rien n’a été écrit.',
  );
}

/** The next row that the store numbers comes after those that were brought. */
async function renumber(trx: Transaction<Schema>, table: Table): Promise<void> {
  await sql`SELECT setval(pg_get_serial_sequence(${table}, 'id'), GREATEST((SELECT MAX(id) FROM ${sql.table(table)}), 1))`.execute(
    trx,
  );
}

async function allRows(db: Kysely<Schema>, table: Table): Promise<readonly Row[]> {
  return db.selectFrom(table).selectAll().execute();
}
