/** Kysely over one `node:sqlite` connection that keeps its prepared statements. */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Database, Schema } from '../schema.ts';
import type { SqliteSession } from './session.ts';

/** The caller keeps the session and closes it; transactions begun elsewhere on the session hold for this too. */
export function kyselyOver(session: SqliteSession): Database {
  const dialect: Dialect = {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new SessionDriver(session),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return new Kysely<Schema>({ dialect });
}

/** SQLite's DDL is transactional; with this, a migration that is killed half way has not happened. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class SessionDriver implements Driver {
  readonly #connection: SessionConnection;

  constructor(session: SqliteSession) {
    this.#connection = new SessionConnection(session);
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

class SessionConnection implements DatabaseConnection {
  readonly #session: SqliteSession;

  constructor(session: SqliteSession) {
    this.#session = session;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#session.returnsRows(sql)) return { rows: this.#session.all<Row>(sql, parameters) };
    return { rows: [], numAffectedRows: BigInt(this.#session.change(sql, parameters)) };
  }

  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('this driver does not stream');
  }
}
