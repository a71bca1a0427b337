import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { Fault } from '../../core/fault.ts';

/**
 * A consistent copy of the database while others read and write it, made 0600. One step under one snapshot, on a
 * connection and a thread of its own. Throws Fault `already-exists` rather than replace a file.
 */
export async function backupTo(file: string, to: string): Promise<void> {
  if (existsSync(to)) throw new Fault('already-exists', `${to} exists already`, { what: 'backup', id: to });
  closeSync(openSync(to, 'wx', 0o600));
  const source = new DatabaseSync(file, { readOnly: true });
  try {
    await backup(source, to, { rate: allPages });
    const copy = openSync(to, 'r');
    fsyncSync(copy);
    closeSync(copy);
  } catch (cause) {
    rmSync(to, { force: true });
    throw cause;
  } finally {
    source.close();
  }
}

/** More than any file has: the whole copy is one step. */
const allPages = 2 ** 31 - 1;
