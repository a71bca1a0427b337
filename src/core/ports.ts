/**
 * What the house needs from the world besides its store (`store.ts`): time, randomness, key custody, signing, objects.
 * Adapters live in vault, workers and objects; tests bring their own clock.
 */
import type { Caller } from './account.ts';
import type { AuditReport, ReportLayout } from './audit-report.ts';
import type { AccountId, EpochMs, KeyId } from './ids.ts';
import type { CsrRequest, IssuanceRequest, SignedCertificate } from './issuance.ts';
import type { KeyAlgorithm, SealedKey } from './key.ts';
import type { BucketName, ObjectAccess, ObjectPlace } from './object.ts';
import type { KeyRelease } from './proof.ts';

export interface Clock {
  now(): EpochMs;
}

export interface Randomness {
  bytes(count: number): Uint8Array;
  uuid(): string;
}

/**
 * Key custody. No method returns an unsealed private key but `release`, and that one takes a proof.
 * A PKCS#11 vault can meet this contract: its `SealedKey` holds a handle instead of a ciphertext.
 */
export interface KeyVault {
  /**
   * A new key for the account (from the ready pool where there is one); stored by the command that uses it. `id` names
   * it when that was promised before.
   */
  generate(account: AccountId, algorithm: KeyAlgorithm, id?: KeyId): Promise<SealedKey>;
  /** The same, if it takes no longer than taking one from the pool; undefined when it is to be waited for. */
  generateReady(account: AccountId, algorithm: KeyAlgorithm, id?: KeyId): Promise<SealedKey | undefined>;
  /** Takes in a key made elsewhere (PKCS#8, DER); the bytes are the caller's to wipe. */
  adopt(account: AccountId, algorithm: KeyAlgorithm, pkcs8: Uint8Array): Promise<SealedKey>;
  /** PKCS#8, DER; the bytes are the caller's to wipe. Fault `not-found`. */
  release(proof: KeyRelease): Promise<Uint8Array>;
  /** Seals a small secret (an access key's) to account and name. */
  sealSecret(account: AccountId, name: string, secret: Uint8Array): Uint8Array;
  openSecret(account: AccountId, name: string, sealed: Uint8Array): Uint8Array;
  /** Resolves when the master key opens what it sealed. */
  check(): Promise<void>;
}

/** Makes key pairs off the event loop and returns them already sealed; slow for RSA. */
export interface KeyMaker {
  /** Throws Fault `unsupported` for an algorithm that is not made here, `unavailable` when the maker stopped. */
  make(account: AccountId, algorithm: KeyAlgorithm, id?: KeyId): Promise<SealedKey>;
}

/** Signs off the event loop: prepare, lint and sign run as one step inside the worker. */
export interface Signer {
  /**
   * Faults: `malformed` or `invalid` CSR (reasons `signature`, `weak-key`, `no-name` …), `invalid` what the lint
   * refuses, `mismatch` algorithm, `invalid` validity beyond the issuer's (reason `beyond-issuer`).
   */
  issue(account: AccountId, request: IssuanceRequest): Promise<SignedCertificate>;
  /** PKCS#10, DER. `key` is given when the store does not have it yet. */
  signCsr(account: AccountId, request: CsrRequest, key?: SealedKey): Promise<Uint8Array>;
  /** Waits for `key` too when it is not stored yet: a root that is made and signed in one step. */
  issueWith(account: AccountId, key: SealedKey, request: IssuanceRequest): Promise<SignedCertificate>;
  /** Drops a key that was destroyed, where it is held open. */
  forget(account: AccountId, key: KeyId): void;
}

/** What operators count and read: told after the fact is durable, so it never speaks of what did not happen. */
export interface Audit {
  record(
    caller: Caller,
    event: {
      readonly verb: 'issued' | 'exported' | 'imported' | 'deleted' | 'changed' | 'revoked';
      readonly what: string;
      readonly id: string;
    },
  ): Promise<void>;
}

/** Objects in buckets, outside the database: a folder of the server's, or an S3-compatible service. */
export interface ObjectStore {
  /**
   * Resolves when the bucket is there and can be reached. Faults: `not-found`, `forbidden`, `unavailable`, all of
   * `what: 'bucket'`. Whose a bucket is, is not asked here.
   */
  checkBucket(bucket: BucketName): Promise<void>;
  /**
   * Puts an object whole or not at all, in place of what was there; durable when the promise resolves. A body that
   * fails rejects with its cause. Faults as `checkBucket`, and `failed` for what the store refuses to keep.
   */
  put(place: ObjectPlace, object: NewObject): Promise<void>;
  /** Only where the server itself lets objects be read. */
  readonly local?: LocalObjects;
}

export interface NewObject {
  readonly body: AsyncIterable<Uint8Array>;
  readonly contentType: string;
  readonly access: ObjectAccess;
  /** Gives up what is under way; the promise rejects. */
  readonly signal?: StopSignal;
}

/** What we need of an AbortSignal, which is not among the words of this room. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(name: 'abort', heard: () => void): void;
  removeEventListener(name: 'abort', heard: () => void): void;
}

/** Reading what was put, where that is the server's own folder. */
export interface LocalObjects {
  /** The folder that holds the buckets. */
  readonly root: string;
  /** undefined when there is none. `read` opens it; whoever stops early ends the iteration. */
  find(
    place: ObjectPlace,
  ): Promise<{ readonly size: number; readonly contentType: string; read(): AsyncIterable<Uint8Array> } | undefined>;
}

/** Writes reports off the event loop, in memory that does not grow with their length. */
export interface ReportWriter {
  /** The document's octets. Ends early, and lets go of everything, when the iteration is ended. */
  write(report: AuditReport, layout: ReportLayout): AsyncIterable<Uint8Array>;
}
