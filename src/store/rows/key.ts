import type { SealedKey } from '../../core/key.ts';
import type { KeyTable } from '../tables/key.ts';

export function keyOf(row: KeyTable): SealedKey {
  return {
    id: row.id,
    account: row.account,
    algorithm: row.algorithm,
    publicKey: row.public_key,
    masterKeyVersion: row.master_key_version,
    wrappedDataKey: row.wrapped_data_key,
    sealedPrivateKey: row.sealed_private_key,
  };
}

export function keyRow(key: SealedKey): KeyTable {
  return {
    account: key.account,
    id: key.id,
    algorithm: key.algorithm,
    public_key: key.publicKey,
    master_key_version: key.masterKeyVersion,
    wrapped_data_key: key.wrappedDataKey,
    sealed_private_key: key.sealedPrivateKey,
  };
}
