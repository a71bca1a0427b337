/** What the key maker and the main thread say to each other. */
import type { AccountId, KeyId } from '../core/ids.ts';
import type { KeyAlgorithm, SealedKey } from '../core/key.ts';
import type { MasterKeyHandle } from '../vault/master-key.ts';
import type { ThreadFailure } from './thread-failure.ts';

export interface KeyMakerStart {
  readonly masterKey: MasterKeyHandle;
}

export interface KeyWish {
  readonly account: AccountId;
  readonly id: KeyId;
  readonly algorithm: KeyAlgorithm;
}

export type KeyMakerAnswer = { readonly sealed: SealedKey } | ThreadFailure;
