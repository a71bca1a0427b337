/** Where the master key comes from. */
import type { Committer, SettingReader } from '../core/store.ts';
import { Fault } from '../core/fault.ts';
import type { MasterKey } from './master-key.ts';
import { readMasterKeyFile } from './master-key-file.ts';
import { deriveMasterKey } from './passphrase.ts';

export type MasterKeySource =
  | { readonly keyFile: string }
  /** The salt file is made at first use. */
  | { readonly passphraseFile: string; readonly saltFile: string };

/**
 * Reads or derives the master key. Throws Fault `not-found`, `invalid` or `mismatch` with a sentence for the
 * operator. A passphrase takes some 0.3 s, off the event loop.
 */
export async function openMasterKey(source: MasterKeySource): Promise<MasterKey> {
  return 'keyFile' in source
    ? readMasterKeyFile(source.keyFile)
    : await deriveMasterKey(source.passphraseFile, source.saltFile);
}

const setting = 'vault.master-key-check';

/**
 * Ties a store to its master key at the first start and refuses every other one later: Fault `mismatch`, before
 * anything could be sealed under a key that does not belong here.
 */
export async function assertMasterKeyOfStore(
  masterKey: MasterKey,
  { settings, commit }: { readonly settings: SettingReader } & Pick<Committer, 'commit'>,
): Promise<void> {
  const value = `${masterKey.version}:${masterKey.checkValue}`;
  if ((await settings.get(setting)) === undefined)
    await commit('put-setting', { name: setting, value, ifAbsent: true });
  const known = await settings.get(setting); // another server may have been first
  if (known !== value) {
    throw new Fault(
      'mismatch',
      'this master key is not the one that the keys in the database are sealed with; give the original key file or passphrase',
      { what: 'master key' },
    );
  }
}
