import { resolve } from 'node:path';
import { Fault } from '../core/fault.ts';
import { backupTo } from '../store/sqlite/backup.ts';
import { readConfig } from './config.ts';
import { readEnvironment } from './env.ts';
import { surroundings } from './surroundings.ts';

/**
 * A consistent copy of the configured database while a server uses it. The master key is not in it.
 * Faults: `already-exists`; `not-found` before the first start; `unsupported` on PostgreSQL. BadConfiguration.
 */
export async function backup(variables: Readonly<Record<string, string | undefined>>, file: string): Promise<string> {
  const { database } = readConfig(readEnvironment(variables), surroundings());
  if (database.kind === 'postgres') {
    throw new Fault('unsupported', `${database.shown} is backed up with pg_dump`, { what: 'backup' });
  }
  if (surroundings().look(database.file) !== 'file') {
    throw new Fault('not-found', `${database.file} is not there, so there is nothing to back up`, { what: 'database' });
  }
  const to = resolve(file);
  await backupTo(database.file, to);
  return to;
}
