import { kyselyOver } from './postgres/dialect.ts';
import { makePool } from './postgres/pool.ts';
import { workOver as postgresWork } from './postgres/transact.ts';
import { type Readers, readersOver } from './readers/readers.ts';
import { workOver as sqliteWork } from './sqlite/group-commit.ts';
import { SqliteSession } from './sqlite/session.ts';

/** Readers on a connection of their own, for another thread; the store that wrote the schema is open meanwhile. */
export function openReaders(url: string): { readonly readers: Readers; close(): Promise<void> } {
  if (url.startsWith('sqlite:')) {
    const session = new SqliteSession(url.slice('sqlite:'.length), { readOnly: true });
    return { readers: readersOver(sqliteWork(session)), close: async () => session.close() };
  }
  const pool = makePool(url);
  return { readers: readersOver(postgresWork(kyselyOver(pool))), close: () => pool.end() };
}
