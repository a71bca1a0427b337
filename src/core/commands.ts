/**
 * Everything that changes the store, as named commands with plain data (they cross a thread).
 * A command is atomic and durable when its promise resolves; when it throws a Fault nothing of it happened.
 * Commands whose input has `account` touch only that account's rows.
 */
import type { AccessKey, Account, Role } from './account.ts';
import type { Authority, AuthorityCertificate, AuthorityState, AuthorityVendorFields } from './authority.ts';
import type { CertificateBody, IssuedCertificate, ManagedCertificate } from './certificate.ts';
import type { AccessKeyId, AccountId, AuthorityId, CertificateId, EpochMs, SerialNumber } from './ids.ts';
import type { KeyAlgorithm, SealedKey } from './key.ts';
import type { Revocation } from './revocation.ts';
import type { Tag } from './tag.ts';

/** A promise to answer the same for the same request: scope and token are the front's, digest is of the whole request. */
export interface IdempotencyClaim {
  readonly account: AccountId;
  /** Operation and resource, for example `acm-pca:IssueCertificate:<authority id>`. */
  readonly scope: string;
  readonly token: string;
  /** Lower-case hexadecimal SHA-256 over the canonical request. */
  readonly digest: string;
  readonly expiresAt: EpochMs;
  /** What the first answer named: an id or a serial number. */
  readonly result: string;
  readonly now: EpochMs;
}

/** What a command that carries a claim did: its own work, or nothing because an equal request came first. */
export type Claimed = { readonly claimed: true } | { readonly claimed: false; readonly result: string };

/** Name → what goes in and what comes out. */
export interface Commands {
  /** `isFirst`: only while there is no account at all. Faults: `already-exists`. */
  'create-account': { in: { account: Account; keys: readonly AccessKey[]; isFirst?: boolean }; out: void };
  /** Faults: `not-found`; `conflict` when it would leave the server without an enabled operator key. */
  'set-account-suspended': { in: { account: AccountId; suspended: boolean }; out: void };
  /** Faults: `already-exists`, `not-found` (the account). */
  'create-access-key': { in: { key: AccessKey }; out: void };
  /**
   * `sealedSecret` replaces the secret, `disabled` and `role` change the key.
   * Faults: `not-found`; `conflict` when it would leave the server without an enabled operator key.
   */
  'update-access-key': {
    in: { account: AccountId; id: AccessKeyId; disabled?: boolean; role?: Role; sealedSecret?: Uint8Array };
    out: void;
  };
  'touch-access-keys': { in: { used: readonly { account: AccountId; id: AccessKeyId; at: EpochMs }[] }; out: void };

  /** `ifAbsent`: a value that is there stays. */
  'put-setting': {
    in: { account?: AccountId; name: string; value: string | undefined; ifAbsent?: boolean };
    out: void;
  };

  /**
   * `issued` is the authority's own certificate when this house signed it in the same step; its `authorityVersion`
   * is checked as in `record-issued`, unless the signer is the new authority itself (a root).
   */
  'create-authority': {
    in: {
      authority: Authority;
      key?: SealedKey;
      tags: readonly Tag[];
      issued?: { certificate: IssuedCertificate; authorityVersion: number };
      claim?: IdempotencyClaim;
    };
    out: Claimed;
  };
  /**
   * Changes the named parts. Faults: `not-found`; `conflict` when `version` is no longer the stored one.
   * A given `certificate` is added to the authority's history and put in force.
   */
  'update-authority': {
    in: {
      account: AccountId;
      id: AuthorityId;
      version: number;
      now: EpochMs;
      state?: AuthorityState;
      certificate?: AuthorityCertificate;
      vendor?: AuthorityVendorFields;
    };
    out: void;
  };
  /** Removes a pending authority with its key and tags at once. Faults: `not-found`, `conflict`. */
  'purge-authority': { in: { account: AccountId; id: AuthorityId; version: number }; out: void };

  /**
   * The hot path. Faults: `conflict` when the authority's version is not `authorityVersion` (nothing is kept).
   * With `activate` the same commit makes the certificate the one in force of that authority (its own root, or a
   * subordinate of the same account), under that authority's version.
   */
  'record-issued': {
    in: {
      certificate: IssuedCertificate;
      authorityVersion: number;
      claim?: IdempotencyClaim;
      activate?: {
        id: AuthorityId;
        version: number;
        certificate: AuthorityCertificate;
        vendor?: AuthorityVendorFields;
      };
    };
    out: Claimed;
  };
  /** Hides a certificate issued from a CSR from Huawei's views; the issued row stays. Faults: `not-found`. */
  'hide-issued': { in: { account: AccountId; serial: SerialNumber; now: EpochMs }; out: void };
  /**
   * Adds the revocation to what that authority issued, hidden or not. Faults: `not-found` (what another authority
   * issued too); `already-exists` (what: `revocation`) when it is revoked, which then stays as it was.
   */
  'revoke-issued': {
    in: { account: AccountId; authority: AuthorityId; serial: SerialNumber; revocation: Revocation };
    out: void;
  };

  /** A managed certificate with its key; `issued` is committed in the same step when it is there already. */
  'create-managed': {
    in: {
      certificate: ManagedCertificate;
      key?: SealedKey;
      tags: readonly Tag[];
      issued?: { certificate: IssuedCertificate; authorityVersion: number };
      claim?: IdempotencyClaim;
    };
    out: Claimed;
  };
  /**
   * A new body (issued or imported again) and what changes with it. Faults: `not-found`, `conflict`.
   * The earlier body stays in the history.
   */
  'update-managed': {
    in: {
      account: AccountId;
      id: CertificateId;
      version: number;
      now: EpochMs;
      state?: ManagedCertificate['state'];
      body?: CertificateBody;
      key?: SealedKey;
      domain?: string;
      importedAt?: EpochMs;
      issuedAt?: EpochMs;
      issued?: { certificate: IssuedCertificate; authorityVersion: number };
    };
    out: void;
  };
  /** Records that the key left the vault. Faults: `not-found`. */
  'mark-exported': { in: { account: AccountId; id: CertificateId; now: EpochMs }; out: void };
  /** Removes the managed certificate, its history, key and tags; issued rows stay. Faults: `not-found`. */
  'delete-managed': { in: { account: AccountId; id: CertificateId }; out: void };

  /** Adds or replaces. Faults: `limit` above 50 tags on the resource. */
  'put-tags': { in: { account: AccountId; resource: TaggedResource; tags: readonly Tag[] }; out: void };
  /** Removes by key; with a value only where it is equal. Unknown keys are no fault. */
  'remove-tags': {
    in: { account: AccountId; resource: TaggedResource; tags: readonly { key: string; value?: string }[] };
    out: void;
  };

  'create-session': { in: { session: Session }; out: void };
  'delete-session': { in: { tokenHash: string }; out: void };
  'delete-ended': { in: { now: EpochMs }; out: void };

  /** Ready keys, sealed to the pool's own pseudo account. */
  'fill-key-pool': { in: { keys: readonly SealedKey[] }; out: void };
  /** Takes one ready key out for good; two servers never get the same one. */
  'take-pool-key': { in: { algorithm: KeyAlgorithm }; out: SealedKey | undefined };
}

export type CommandName = keyof Commands;

/** What tags hang on. */
export interface TaggedResource {
  readonly kind: 'authority' | 'certificate';
  readonly id: AuthorityId | CertificateId;
}

/** A token session (Huawei IAM): known only by the hash of its token. */
export interface Session {
  /** Lower-case hexadecimal SHA-256 of the token. */
  readonly tokenHash: string;
  readonly account: AccountId;
  readonly accessKey: AccessKeyId;
  /** `domain` or the project's region. */
  readonly scope: { readonly kind: 'domain' } | { readonly kind: 'project'; readonly region: string };
  readonly issuedAt: EpochMs;
  readonly expiresAt: EpochMs;
}

/** The pseudo account that ready keys are sealed to. */
export const poolAccount = '000000000000' as AccountId;
