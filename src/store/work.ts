/** What a command or a reader works with: the same for both engines. */
import type { Database } from './schema.ts';

export type Engine = 'sqlite' | 'postgres';
export type SqlValue = string | number | Uint8Array | null;

export interface Work {
  readonly engine: Engine;
  /** Inside a command: its transaction. */
  readonly db: Database;
  /** Runs hand-written SQL, prepared once a connection. For the hot paths, where building a query costs too much. */
  run<Row>(statement: Statement<Row>, values: readonly SqlValue[]): Promise<readonly Row[]> | readonly Row[];
}

export interface Statement<Row> {
  readonly sqlite: string;
  readonly postgres: string;
  /** Never set: carries the type of a row. */
  readonly row?: Row;
}

/**
 * SQL with `?` for each value (no `?` may stand elsewhere in it).
 * `postgresTail` is added for PostgreSQL, for example `for share`: SQLite has one writer and needs no row locks.
 */
export function statement<Row = never>(text: string, postgresTail = ''): Statement<Row> {
  let count = 0;
  const numbered = text.replaceAll('?', () => `$${++count}`);
  return { sqlite: text, postgres: `${numbered} ${postgresTail}`.trimEnd() };
}
