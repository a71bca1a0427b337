/**
 * The store: SQL lives here and nowhere else, for two engines behind one port (`Store` of core).
 *
 * Readers (`readers/`) and commands (`commands/`) are written once, against Kysely or hand-prepared SQL; rows become
 * nouns in `rows/`; `sqlite/` and `postgres/` hold what differs. Not here: threads (workers brings its writer thread
 * as `startWriter`, because store may not know workers), keys in the clear, vendors.
 *
 * Invariant: every statement on an account's rows names the account, and a command's promise resolves only after its
 * transaction is on disk.
 */
import { Fault } from '../core/fault.ts';
import type { Store } from '../core/store.ts';
import type { StartLongReader } from './sqlite/long-reads.ts';
import { openSqlite } from './sqlite/open.ts';
import { type StartWriter, startInlineWriter } from './sqlite/writer.ts';

export interface OpenedStore extends Store {
  /**
   * A consistent copy into a new file while running. Faults: `already-exists` (the file), `unsupported` on
   * PostgreSQL, which has pg_dump for it.
   */
  backup(file: string): Promise<void>;
}

/**
 * Opens `sqlite:FILE` or `postgres://…` and brings its schema up to date.
 * `startWriter` runs SQLite's writer in a thread of its own; without it writes run on the calling
 * thread, and so do long reads without `startLongReader`.
 * `onCommit` hears after each commit how many commands it carried.
 * Faults: `conflict` when another server has the data folder; `invalid` for another kind of URL.
 */
export async function openStore({
  url,
  startWriter = startInlineWriter,
  startLongReader,
  onCommit = () => {},
}: {
  url: string;
  startWriter?: StartWriter;
  startLongReader?: StartLongReader;
  onCommit?: (groupSize: number) => void;
}): Promise<OpenedStore> {
  if (url.startsWith('sqlite:'))
    return openSqlite(url.slice('sqlite:'.length), { startWriter, startLongReader }, onCommit);
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('./postgres/open.ts'); // pg is loaded only where it is used
    return openPostgres(url, onCommit);
  }
  throw new Fault('invalid', 'the database URL is neither sqlite:FILE nor postgres://…', { what: 'database URL' });
}
