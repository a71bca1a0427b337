import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Fault } from '../../core/fault.ts';
import { makeFile } from './make-file.ts';

/**
 * Takes the data folder for this process: an SQLite file of its own, locked exclusively for as long as we live.
 * The lock is the operating system's, so it ends with the process, however it ends; a left-over file means nothing.
 * Throws Fault `conflict` when another server has it.
 */
export function lockFolderOf(databaseFile: string): { release(): void } {
  const folder = dirname(databaseFile);
  const file = join(folder, 'chancery.lock');
  makeFile(file);
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    if (!(cause instanceof Error) || !/locked|busy/.test(cause.message)) throw cause;
    throw new Fault(
      'conflict',
      `the data folder ${folder} is in use by another running server (chancery.lock is held)`,
      {
        what: 'data folder',
        id: folder,
        reason: 'locked',
      },
    );
  }
  return { release: () => lock.close() };
}
