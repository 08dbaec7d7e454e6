import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import pg from 'pg';
import type { TrackerPlace } from './index.ts';
import type { Spelling } from './migrations.ts';
import { POSTGRES_SPELLING } from './postgres.ts';
import { SQLITE_SPELLING } from './sqlite.ts';

export type RawRow = Readonly<Record<string, string | number | null>>;

export interface RawColumn {
  readonly name: string;
  readonly integer: boolean;
}

/** The database of a tracker, as whoever administers it sees it: past everything that the tracker promises. */
export interface RawStore {
  readonly spelling: Spelling;
  exec(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly RawRow[]>;
  insert(table: string, row: RawRow): Promise<void>;
  tables(): Promise<readonly string[]>;
  /** Without those that the store numbers by itself. */
  columns(table: string): Promise<readonly RawColumn[]>;
  /** Steps of the schema that were played. */
  version(): Promise<number>;
  setVersion(steps: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens the database of a tracker, whether one is there or not. */
export function openRaw({ dataDir, url }: TrackerPlace): Promise<RawStore> {
  return url === undefined ? Promise.resolve(rawSqlite(join(dataDir, 'suivi.sqlite'))) : rawPostgres(url);
}

/** Uses the database of a tracker, and leaves it. */
export async function withRaw<T>(place: TrackerPlace, use: (raw: RawStore) => Promise<T>): Promise<T> {
  const raw = await openRaw(place);
  try {
    return await use(raw);
  } finally {
    await raw.close();
  }
}

/** The audit as it stands, in order. */
export function auditOf(place: TrackerPlace): Promise<readonly RawRow[]> {
  return withRaw(place, (raw) => raw.rows('SELECT * FROM audit ORDER BY id'));
}

/** Statements by which somebody would rewrite a table, in the words of the store. */
export function rewritings({ url }: TrackerPlace, table: string, column: string): readonly string[] {
  const both = [
    `UPDATE ${table} SET ${column} = ''`,
    `UPDATE ${table} SET ${column} = '' WHERE id = 1`,
    `DELETE FROM ${table}`,
    `DELETE FROM ${table} WHERE id = 1`,
    `INSERT INTO ${table} SELECT * FROM ${table} WHERE id = 1 ON CONFLICT (id) DO UPDATE SET ${column} = ''`,
  ];
  return url === undefined ? both : [...both, `TRUNCATE ${table}`, `TRUNCATE ${table} CASCADE`];
}

/** Makes the store refuse the rows of a table of which that condition on NEW holds: a failure in the middle of a change. */
export function refuseRows(place: TrackerPlace, table: string, condition: string): Promise<void> {
  return withRaw(place, (raw) =>
    raw.exec(
      place.url === undefined
        ? `CREATE TRIGGER panne BEFORE INSERT ON ${table} WHEN ${condition} BEGIN SELECT RAISE(ABORT, 'panne'); END`
        : `CREATE FUNCTION panne() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF ${condition} THEN RAISE EXCEPTION 'panne'; END IF; RETURN NEW; END $$;
           CREATE TRIGGER panne BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION panne()`,
    ),
  );
}

function rawSqlite(file: string): RawStore {
  const database = new DatabaseSync(file);
  const rows = async (sql: string): Promise<readonly RawRow[]> =>
    database
      .prepare(sql)
      .all()
      .map((row) => ({ ...(row as RawRow) }));
  return {
    spelling: SQLITE_SPELLING,
    exec: async (sql) => database.exec(sql),
    rows,
    async insert(table, row) {
      const values = Object.values(row) as SQLInputValue[];
      database.prepare(insertion(table, row, () => '?')).run(...values);
    },
    tables: async () =>
      names(await rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")),
    async columns(table) {
      const all = await rows(`SELECT name, type, pk FROM pragma_table_info('${table}')`);
      return all.map(({ name, type }) => ({ name: String(name), integer: type === 'INTEGER' })).filter(notNumbered);
    },
    version: async () => Number((await rows('PRAGMA user_version'))[0]?.['user_version']),
    setVersion: async (steps) => database.exec(`PRAGMA user_version = ${steps}`),
    close: async () => database.close(),
  };
}

async function rawPostgres(url: string): Promise<RawStore> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const rows = async (sql: string): Promise<readonly RawRow[]> => (await client.query<RawRow>(sql)).rows;
  const exec = async (sql: string): Promise<void> => void (await client.query(sql));
  return {
    spelling: POSTGRES_SPELLING,
    exec,
    rows,
    async insert(table, row) {
      await client.query(
        insertion(table, row, (rank) => `$${rank + 1}`),
        Object.values(row),
      );
    },
    tables: async () =>
      names(
        await rows(
          "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_version'",
        ),
      ),
    async columns(table) {
      const all = await rows(
        `SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_name = '${table}' ORDER BY ordinal_position`,
      );
      return all.map(({ name, type }) => ({ name: String(name), integer: type === 'integer' })).filter(notNumbered);
    },
    version: async () => Number((await rows('SELECT version FROM schema_version'))[0]?.['version']),
    setVersion: (steps) =>
      exec(`CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL); DELETE FROM schema_version;
        INSERT INTO schema_version (version) VALUES (${steps})`),
    close: () => client.end(),
  };
}

const notNumbered = ({ name, integer }: RawColumn): boolean => name !== 'id' || !integer;
const names = (rows: readonly RawRow[]): readonly string[] => rows.map(({ name }) => String(name)).toSorted();

function insertion(table: string, row: RawRow, mark: (rank: number) => string): string {
  const columns = Object.keys(row);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_, rank) => mark(rank)).join(', ')})`;
}
