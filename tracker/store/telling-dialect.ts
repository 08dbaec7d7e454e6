import type {
  CompiledQuery,
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  DialectAdapter,
  Driver,
  Kysely,
  QueryCompiler,
  QueryResult,
  TransactionSettings,
} from 'kysely';
import type { Moment } from './failures.ts';

/** What is thrown instead of an error of the driver. */
export type Tell = (error: unknown, moment: Moment) => unknown;

/** A dialect whose failures all pass through one function: a plugin of kysely sees queries and results, never errors. */
export class TellingDialect implements Dialect {
  readonly #dialect: Dialect;
  readonly #tell: Tell;

  constructor(dialect: Dialect, tell: Tell) {
    this.#dialect = dialect;
    this.#tell = tell;
  }

  createDriver(): Driver {
    return new TellingDriver(this.#dialect.createDriver(), this.#tell);
  }

  createQueryCompiler(): QueryCompiler {
    return this.#dialect.createQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return this.#dialect.createAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return this.#dialect.createIntrospector(db);
  }
}

class TellingDriver implements Driver {
  readonly #driver: Driver;
  readonly #tell: Tell;

  constructor(driver: Driver, tell: Tell) {
    this.#driver = driver;
    this.#tell = tell;
  }

  init(): Promise<void> {
    return told(this.#tell, () => this.#driver.init());
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new TellingConnection(await told(this.#tell, () => this.#driver.acquireConnection()), this.#tell);
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return told(this.#tell, () => this.#driver.beginTransaction(innerOf(connection), settings));
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return told(this.#tell, () => this.#driver.commitTransaction(innerOf(connection)), 'confirming');
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return told(this.#tell, () => this.#driver.rollbackTransaction(innerOf(connection)));
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return told(this.#tell, () => this.#driver.releaseConnection(innerOf(connection)));
  }

  destroy(): Promise<void> {
    return told(this.#tell, () => this.#driver.destroy());
  }
}

class TellingConnection implements DatabaseConnection {
  /** The drivers of kysely know their own connections only. */
  readonly inner: DatabaseConnection;
  readonly #tell: Tell;

  constructor(inner: DatabaseConnection, tell: Tell) {
    this.inner = inner;
    this.#tell = tell;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return told(this.#tell, () => this.inner.executeQuery<R>(query));
  }

  async *streamQuery<R>(query: CompiledQuery, size: number): AsyncIterableIterator<QueryResult<R>> {
    try {
      yield* this.inner.streamQuery<R>(query, size);
    } catch (error) {
      throw this.#tell(error, 'any');
    }
  }
}

function innerOf(connection: DatabaseConnection): DatabaseConnection {
  return connection instanceof TellingConnection ? connection.inner : connection;
}

async function told<T>(tell: Tell, act: () => Promise<T>, moment: Moment = 'any'): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw tell(error, moment);
  }
}
