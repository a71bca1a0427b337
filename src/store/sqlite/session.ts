import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Statement } from '../work.ts';

/** How many prepared statements a connection keeps; lists with many filters make many texts. */
const cacheSize = 500;
/** How long a statement waits for another connection's lock. */
const lockTimeoutMs = 5000;

interface Prepared {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

/** One connection to an SQLite file, with its prepared statements. Synchronous. */
export class SqliteSession {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, Prepared>();

  constructor(file: string, { readOnly }: { readOnly: boolean }) {
    this.#database = new DatabaseSync(file, { readOnly, timeout: lockTimeoutMs, enableForeignKeyConstraints: true });
    this.#database.exec(readOnly ? 'pragma query_only = on' : writerPragmas);
    this.#database.exec('pragma cache_size = -16000'); // 16 MB
  }

  /** The rows of a query, or of what a write returns. `values` are what node:sqlite can bind. */
  all<Row>(text: string, values: readonly unknown[]): Row[] {
    const rows: unknown = this.#prepare(text).statement.all(...values.map(bindable));
    return rows as Row[]; // the row's type is the statement's own claim
  }

  /** How many rows a write changed. */
  change(text: string, values: readonly unknown[]): number {
    return Number(this.#prepare(text).statement.run(...values.map(bindable)).changes);
  }

  returnsRows(text: string): boolean {
    return this.#prepare(text).returnsRows;
  }

  run<Row>(statement: Statement<Row>, values: readonly unknown[]): Row[] {
    return this.all(statement.sqlite, values);
  }

  exec(text: string): void {
    this.#database.exec(text);
  }

  /**
   * Copies the write-ahead log into the file and makes it empty. False when another connection reads from it just now:
   * nobody waits for that.
   */
  emptyLog(): boolean {
    this.exec('pragma busy_timeout = 0');
    try {
      const [outcome] = this.all<{ busy: number }>('pragma wal_checkpoint(truncate)', []);
      return outcome?.busy === 0;
    } catch {
      return false; // a full disk, for example: what is committed stays in the log
    } finally {
      this.exec(`pragma busy_timeout = ${lockTimeoutMs}`);
    }
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #prepare(text: string): Prepared {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    if (this.#statements.size >= cacheSize) this.#statements.clear();
    const statement = this.#database.prepare(text);
    const made = { statement, returnsRows: statement.columns().length > 0 };
    this.#statements.set(text, made);
    return made;
  }
}

/**
 * 8 KiB pages: a row with an RSA certificate fits into its page. A commit is on disk before it is answered
 * (`synchronous = full` in WAL mode syncs the log at every commit). What is deleted is overwritten with zeros, so that
 * a destroyed key is not read out of free space.
 */
const writerPragmas = `
  pragma page_size = 8192;
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma secure_delete = on;
`;

function bindable(value: unknown): string | number | bigint | Uint8Array | null {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`SQLite cannot store a value of type ${typeof value}`);
}
