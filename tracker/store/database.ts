import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { TrackerStoreError } from './errors.ts';
import { MIGRATIONS, type Schema } from './schema.ts';

/** How long a second process waits for the first one's transaction. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens the SQLite file and brings it to the current schema.
 *
 * @throws {TrackerStoreError} `TRACKER_UNREADABLE` when the file is not a database, `TRACKER_NEWER` when a later Jalon
 * wrote it
 */
export function openDatabase(file: string): Kysely<Schema> {
  let database: DatabaseSync;
  try {
    // The timeout must come first: switching the journal mode already needs the lock.
    database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    database.exec('PRAGMA journal_mode=wal; PRAGMA synchronous=normal; PRAGMA foreign_keys=on;');
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
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** kysely speaks to better-sqlite3; node:sqlite differs only in how parameters are passed. */
function adapt(database: DatabaseSync): ConstructorParameters<typeof SqliteDialect>[0]['database'] {
  const values = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      };
    },
  };
}
