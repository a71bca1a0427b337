import type { AccountId, KeyId } from '../../core/ids.ts';
import type { KeyAlgorithm } from '../../core/key.ts';

export interface KeyTable {
  account: AccountId;
  id: KeyId;
  algorithm: KeyAlgorithm;
  public_key: Uint8Array;
  master_key_version: number;
  wrapped_data_key: Uint8Array;
  sealed_private_key: Uint8Array;
}
