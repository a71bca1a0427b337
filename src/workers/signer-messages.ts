/**
 * What the signer and the main thread say to each other: batches of plain values, both ways.
 * The main thread decides which keys the signer holds, so that both always agree: a key comes with the first job that
 * needs it, `forget` takes it away.
 */
import type { AccountId, KeyId } from '../core/ids.ts';
import type { CsrRequest, IssuanceRequest, SignedCertificate } from '../core/issuance.ts';
import type { SealedKey } from '../core/key.ts';
import type { MasterKeyHandle } from '../vault/master-key.ts';
import type { ThreadFailure } from './thread-failure.ts';

export interface SignerStart {
  readonly masterKey: MasterKeyHandle;
}

/** A key as one account knows it; another account's name for the same key is another name. */
export type HeldKeyName = `${AccountId}/${KeyId}`;

export function heldKeyName(account: AccountId, key: KeyId): HeldKeyName {
  return `${account}/${key}`;
}

export type SigningTask =
  | { readonly kind: 'issue'; readonly request: IssuanceRequest }
  | { readonly kind: 'csr'; readonly request: CsrRequest };

export interface SigningJob {
  readonly number: number;
  readonly account: AccountId;
  readonly key: KeyId;
  /** Sent along when the signer does not hold the key yet. */
  readonly sealed?: SealedKey;
  readonly task: SigningTask;
}

export interface SigningBatch {
  readonly forget: readonly HeldKeyName[];
  readonly jobs: readonly SigningJob[];
}

export type SigningResult =
  | { readonly certificate: SignedCertificate }
  | { readonly csr: Uint8Array }
  /** The key that came with an earlier job did not open; it must be sent again. */
  | { readonly lacksKey: true }
  | ThreadFailure;

export interface SigningAnswer {
  readonly number: number;
  readonly result: SigningResult;
}
