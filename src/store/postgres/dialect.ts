/** Kysely over a `pg` pool whose connections prepare each statement once, by name. */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Pool, PoolClient } from 'pg';
import type { Database, Schema } from '../schema.ts';
import { faultOfPostgres } from './faults.ts';
import { query } from './query.ts';

export function kyselyOver(pool: Pool): Database {
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PoolDriver(pool),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return new Kysely<Schema>({ dialect });
}

class PoolDriver implements Driver {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<ClientConnection> {
    try {
      return new ClientConnection(await this.#pool.connect());
    } catch (cause) {
      throw faultOfPostgres(cause);
    }
  }
  async beginTransaction(connection: ClientConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'));
  }
  async commitTransaction(connection: ClientConnection): Promise<void> {
    await connection.commit();
  }
  async rollbackTransaction(connection: ClientConnection): Promise<void> {
    await connection.rollBack();
  }
  async releaseConnection(connection: ClientConnection): Promise<void> {
    connection.release();
  }
  async destroy(): Promise<void> {}
}

class ClientConnection implements DatabaseConnection {
  readonly #client: PoolClient;
  #broken = false;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, rowCount } = await query<Row>(this.#client, sql, parameters);
    return { rows, numAffectedRows: BigInt(rowCount) };
  }

  /** PostgreSQL answers `commit` with ROLLBACK when a statement failed before it. */
  async commit(): Promise<void> {
    const { command } = await this.#client.query('commit');
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
  }

  async rollBack(): Promise<void> {
    try {
      await this.#client.query('rollback');
    } catch (cause) {
      this.#broken = true; // not to be used again: the pool closes it
      throw cause;
    }
  }

  release(): void {
    this.#client.release(this.#broken);
  }

  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('this driver does not stream');
  }
}
