import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, SqliteDialect, SqliteDriver, type DatabaseConnection, type SqliteDialectConfig } from 'kysely';
import { TrackerStoreError } from './errors.ts';
import { storeFailure, type StorePlace } from './failures.ts';
import { CHAINED_FROM, MIGRATIONS, type Spelling } from './migrations.ts';
import { hashesOf, OLD_LINES, type OldLine } from './old-audit.ts';
import type { Schema } from './schema.ts';
import { TellingDialect } from './telling-dialect.ts';

/** Long enough for the import of a whole book of orders by another process. */
const BUSY_TIMEOUT_MS = 10_000;
/** Statements that are kept compiled. */
const MOST_STATEMENTS = 300;
const LONGEST_KEPT = 1_000;

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
 * @param waitMs how long a transaction waits for that of another process
 * @throws {TrackerStoreError} `TRACKER_UNREADABLE` when the file is not a database, `TRACKER_NEWER` when a later Jalon
 * wrote it, `DISK_FULL`, `TRACKER_BUSY`; calls throw the last two as well
 */
export function openSqlite(file: string, waitMs = BUSY_TIMEOUT_MS): Kysely<Schema> {
  const place: StorePlace = { kind: 'sqlite', name: dirname(file) };
  const database = open(file, place, waitMs);
  try {
    migrate(database, file);
  } catch (error) {
    database.close();
    throw storeFailure(error, place);
  }
  const dialect = new OneFileDialect(database);
  return new Kysely<Schema>({ dialect: new TellingDialect(dialect, (error) => storeFailure(error, place)) });
}

function open(file: string, place: StorePlace, waitMs: number): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    // The timeout must come first: switching the journal mode already needs the lock.
    database = new DatabaseSync(file, { timeout: waitMs });
    // Full: what was acknowledged is on the disk, whatever happens to the machine.
    database.exec('PRAGMA journal_mode=wal; PRAGMA synchronous=full; PRAGMA foreign_keys=on;');
    return database;
  } catch (cause) {
    database?.close();
    const failure = storeFailure(cause, place);
    if (failure instanceof TrackerStoreError) throw failure;
    throw new TrackerStoreError(
      'TRACKER_UNREADABLE',
      `Le suivi « ${file} » ne s'ouvre pas : ${(cause as Error).message}.`,
      'Vérifiez les droits sur le dossier ; si le fichier est abîmé, mettez-le de côté : les exécutions gardent leur run.json.',
      cause,
    );
  }
}

function migrate(database: DatabaseSync, file: string): void {
  // Read first: a tracker that is up to date opens without writing, on a full disk too.
  if (versionOf(database, file) === MIGRATIONS.length) return;
  // Immediate: two processes that open a new file together must not both create the tables.
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(database, file);
    for (const [rank, migration] of MIGRATIONS.entries()) {
      if (rank < version) continue;
      database.exec(migration(SQLITE_SPELLING));
      if (rank === CHAINED_FROM) chain(database);
    }
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    // A full disk may have ended the transaction already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: DatabaseSync, file: string): number {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version <= MIGRATIONS.length) return version;
  throw new TrackerStoreError(
    'TRACKER_NEWER',
    `Le suivi « ${file} » a été écrit par une version plus récente de Jalon.`,
    'Mettez Jalon à jour, ou travaillez dans un autre dossier avec --data.',
  );
}

/** Chains the lines that an earlier version wrote; the triggers that refuse it come back at once. */
function chain(database: DatabaseSync): void {
  database.exec('DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted;');
  const update = database.prepare('UPDATE audit SET hash = ? WHERE id = ?');
  const lines = database.prepare(OLD_LINES).all() as unknown as readonly OldLine[];
  for (const { id, hash } of hashesOf(lines)) update.run(hash, id);
  database.exec(SQLITE_SPELLING.appendOnly('audit'));
}

/** On a full disk SQLite may give a transaction up by itself: there is then nothing to roll back, and the cause stays told. */
class OneFileDriver extends SqliteDriver {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    super({ database: adapt(database) });
    this.#database = database;
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection);
  }
}

class OneFileDialect extends SqliteDialect {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    super({ database: adapt(database) });
    this.#database = database;
  }

  override createDriver(): SqliteDriver {
    return new OneFileDriver(this.#database);
  }
}

/** kysely speaks to better-sqlite3; node:sqlite differs in how parameters are passed. */
function adapt(database: DatabaseSync): SqliteDialectConfig['database'] {
  const values = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];
  const kept = new Map<string, { readonly statement: StatementSync; readonly reader: boolean }>();
  const prepared = (sql: string): { readonly statement: StatementSync; readonly reader: boolean } => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    const made = { statement, reader: statement.columns().length > 0 };
    // The longest ones are written for as many rows as they bring.
    if (sql.length <= LONGEST_KEPT && kept.size < MOST_STATEMENTS) kept.set(sql, made);
    return made;
  };
  return {
    close: () => database.close(),
    prepare(sql) {
      // A transaction of the tracker writes: it takes its turn at once, rather than fail once it has read.
      const { statement, reader } = prepared(sql === 'begin' ? 'begin immediate' : sql);
      return {
        reader,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        // Left half-way, it would be found half-way by the next one.
        iterate: (parameters) => database.prepare(sql).iterate(...values(parameters)),
      };
    },
  };
}
