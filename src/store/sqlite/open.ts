import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { CommandName, Commands } from '../../core/commands.ts';
import { checkStore } from '../check.ts';
import { migrate } from '../migrations/migrate.ts';
import type { OpenedStore } from '../open.ts';
import { readersOver } from '../readers/readers.ts';
import { backupTo } from './backup.ts';
import { resultOf, workOver } from './group-commit.ts';
import { lockFolderOf } from './lock.ts';
import { RememberedAuthorities } from './remembered-authorities.ts';
import { type LongReader, type StartLongReader, withLongReads } from './long-reads.ts';
import { SqliteSession } from './session.ts';
import { makeFile } from './make-file.ts';
import type { StartWriter } from './writer.ts';

/**
 * Reads run on a read-only connection of this thread (long ones on the long reader, where there is one), writes on the
 * one writer. Throws Fault `conflict` when another
 * server has the folder. Nothing needs repair after a kill: SQLite replays its log when the file is opened.
 */
export async function openSqlite(
  path: string,
  { startWriter, startLongReader }: { startWriter: StartWriter; startLongReader?: StartLongReader },
  onCommit: (groupSize: number) => void,
): Promise<OpenedStore> {
  const file = resolve(path);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lock = lockFolderOf(file);
  try {
    makeFile(file);
    await migrateFile(file);
    const writer = await startWriter(file, onCommit);
    const reading = new SqliteSession(file, { readOnly: true });
    const own = readersOver(workOver(reading));
    const long: LongReader | undefined = startLongReader?.(file);
    const readers = long === undefined ? own : withLongReads(own, long);
    const remembered = new RememberedAuthorities(readers.authorities.get);
    const commit = async <Name extends CommandName>(name: Name, input: Commands[Name]['in']) => {
      const outcome = await writer.submit({ name, input });
      remembered.forgetWhatChanged(name, input);
      return resultOf(outcome) as Commands[Name]['out']; // the writer ran the command of this name
    };
    return {
      ...readers,
      authorities: { ...readers.authorities, get: remembered.get },
      commit,
      check: () => checkStore({ commit, settings: readers.settings }),
      backup: (to) => backupTo(file, to),
      async close() {
        await long?.close();
        reading.close();
        await writer.close(); // last: only the last connection removes the log, and one that only reads cannot
        lock.release();
      },
    };
  } catch (cause) {
    lock.release();
    throw cause;
  }
}

async function migrateFile(file: string): Promise<void> {
  const session = new SqliteSession(file, { readOnly: false });
  try {
    await migrate(workOver(session).db, 'sqlite');
  } finally {
    session.close();
  }
}
