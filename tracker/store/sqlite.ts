import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { lineHash, type AuditLine } from './audit.ts';
import { TrackerStoreError } from './errors.ts';
import { CHAINED_FROM, MIGRATIONS, type Spelling } from './migrations.ts';
import type { Schema } from './schema.ts';

/** How long a second process waits for the first one's transaction. */
const BUSY_TIMEOUT_MS = 10_000;

export const SQLITE_SPELLING: Spelling = {
  serial: 'INTEGER PRIMARY KEY',
  appendOnly: (
    table,
  ) => `CREATE TRIGGER ${table}_is_never_changed BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
   CREATE TRIGGER ${table}_is_never_deleted BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
};

/**
 * Opens the SQLite file and brings it to the current schema.
 *
 * @throws {TrackerStoreError} `TRACKER_UNREADABLE` when the file is not a database, `TRACKER_NEWER` when a later Jalon
 * wrote it
 */
export function openSqlite(file: string): Kysely<Schema> {
  let database: DatabaseSync;
  try {
    // The timeout must come first: switching the journal mode already needs the lock.
    database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    // Full: what was acknowledged is on the disk, whatever happens to the machine.
    database.exec('PRAGMA journal_mode=wal; PRAGMA synchronous=full; PRAGMA foreign_keys=on;');
  } catch (cause) {
    throw new TrackerStoreError(
      'TRACKER_UNREADABLE',
      `Le suivi « ${file} » ne s'ouvre pas : ${(cause as Error).message}.`,
      'Vérifiez les droits sur le dossier ; si le fichier est abîmé, mettez-le de côté : les exécutions gardent leur run.json.',
      cause,
    );
  }
  try {
    migrate(database, file);
  } catch (error) {
    database.close();
    throw error;
  }
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: adapt(database) }) });
}

function migrate(database: DatabaseSync, file: string): void {
  // Immediate: two processes that open a new file together must not both create the tables.
  database.exec('BEGIN IMMEDIATE');
  try {
    const row = database.prepare('PRAGMA user_version').get();
    const version = Number(row?.['user_version'] ?? 0);
    if (version > MIGRATIONS.length) {
      throw new TrackerStoreError(
        'TRACKER_NEWER',
        `Le suivi « ${file} » a été écrit par une version plus récente de Jalon.`,
        'Mettez Jalon à jour, ou travaillez dans un autre dossier avec --data.',
      );
    }
    for (const [rank, migration] of MIGRATIONS.entries()) {
      if (rank < version) continue;
      database.exec(migration(SQLITE_SPELLING));
      if (rank === CHAINED_FROM) chain(database);
    }
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** Chains the lines that an earlier version wrote; the triggers that refuse it come back at once. */
function chain(database: DatabaseSync): void {
  database.exec('DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted;');
  const update = database.prepare('UPDATE audit SET hash = ? WHERE id = ?');
  let hash = '';
  const rows = database.prepare('SELECT id, at, actor, action, subject, detail FROM audit ORDER BY id').all();
  for (const { id, ...line } of rows) {
    hash = lineHash(hash, line as unknown as AuditLine);
    update.run(hash, Number(id));
  }
  database.exec(SQLITE_SPELLING.appendOnly('audit'));
}

/** kysely speaks to better-sqlite3; node:sqlite differs in how parameters are passed. */
function adapt(database: DatabaseSync): ConstructorParameters<typeof SqliteDialect>[0]['database'] {
  const values = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];
  return {
    close: () => database.close(),
    prepare(sql) {
      // A transaction of the tracker writes: it takes its turn at once, rather than fail once it has read.
      const statement = database.prepare(sql === 'begin' ? 'begin immediate' : sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      };
    },
  };
}
