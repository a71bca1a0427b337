import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { Fault } from '../core/fault.ts';
import type { MasterKey } from '../vault/master-key.ts';
import { makeMasterKeyFile } from '../vault/master-key-file.ts';
import { openMasterKey } from '../vault/open-master-key.ts';
import { join } from 'node:path';
import type { Config } from './config.ts';

/** Makes the data folder, 0700, or narrows it to that. */
export function makeDataFolder(home: string): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  if ((statSync(home).mode & 0o077) !== 0) chmodSync(home, 0o700);
}

/**
 * The master key of the configuration; the default key file is made when the server starts for the first time.
 * Throws Fault `not-found` when the database is there and its key file is not: a new key could open nothing of it.
 */
export async function masterKeyOf({ masterKey, home, database }: Config): Promise<MasterKey> {
  if (masterKey.kind === 'passphrase-file') {
    return openMasterKey({ passphraseFile: masterKey.file, saltFile: join(home, 'master.salt') });
  }
  if (masterKey.isDefault && !existsSync(masterKey.file)) {
    if (database.kind === 'sqlite' && existsSync(database.file)) {
      throw new Fault(
        'not-found',
        `${masterKey.file} is missing, and only it opens the keys in ${database.file}; put it back`,
        {
          what: 'master key',
        },
      );
    }
    makeMasterKeyFile(masterKey.file);
  }
  return openMasterKey({ keyFile: masterKey.file });
}
