/**
 * Everything that changes the store, as named commands with plain data (they cross a thread).
 * A command is atomic and durable when its promise resolves; when it throws a Fault nothing of it happened.
 * Commands whose input has `account` touch only that account's rows.
 */
import type { AccessKey, Account, Role } from './account.ts';
import type { AuditReport } from './audit-report.ts';
import type {
  Authority,
  AuthorityCertificate,
  AuthorityState,
  AuthorityVendorFields,
  RevocationSettings,
} from './authority.ts';
import type { CertificateBody, IssuedCertificate, ManagedCertificate } from './certificate.ts';
import type { Claimed, IdempotencyClaim } from './idempotency.ts';
import type {
  AccessKeyId,
  AccountId,
  AuditReportId,
  AuthorityId,
  CertificateId,
  EpochMs,
  SerialNumber,
} from './ids.ts';
import type { KeyAlgorithm, SealedKey } from './key.ts';
import type { Revocation } from './revocation.ts';
import type { ServicePermission } from './sharing.ts';
import type { Session } from './session.ts';
import type { Tag, TaggedResource } from './tag.ts';

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
      revocation?: RevocationSettings;
      /** The key of an authority that was being created, with the CSR that it signed. */
      made?: { key: SealedKey; csr: Uint8Array };
    };
    out: void;
  };
  /**
   * Removes an authority for good: its key, tags and all that hangs on it; what it issued stays, and so do its name and
   * its certificate in force, for relying parties. One that never had a certificate at once, a deleted one when its
   * restore period has ended at `now`. Faults: `not-found`, `conflict`.
   */
  'purge-authority': { in: { account: AccountId; id: AuthorityId; version: number; now: EpochMs }; out: void };

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
      /** In the account of the authority's owner, which may be another: then its asker is this account. */
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

  /**
   * Attaches a policy to an authority in place of the one before, or with undefined takes it away; the authority's
   * version is counted on. `principals` are the accounts that it names. Faults: `not-found`, `conflict`.
   */
  'put-policy': {
    in: {
      account: AccountId;
      authority: AuthorityId;
      version: number;
      policy: { readonly text: string; readonly principals: readonly AccountId[] } | undefined;
      now: EpochMs;
    };
    out: void;
  };
  /** Faults: `not-found` (the authority); `already-exists` for the same principal and source account. */
  'create-permission': {
    in: { account: AccountId; authority: AuthorityId; permission: ServicePermission };
    out: void;
  };
  /** Faults: `not-found` (what: `permission`). */
  'delete-permission': {
    in: { account: AccountId; authority: AuthorityId; principal: string; sourceAccount: AccountId };
    out: void;
  };

  'create-session': { in: { session: Session }; out: void };
  'delete-session': { in: { tokenHash: string }; out: void };
  'delete-ended': { in: { now: EpochMs }; out: void };

  /**
   * A report that waits to be written; its bucket belongs to the account from now on. Faults: `not-found` (the
   * authority); `pending` while another of the same authority is being written (reason `running`) or was asked for
   * after `since` and has not failed (reason `too-soon`); `forbidden` (what: `bucket`) when the bucket is another
   * account's.
   */
  'create-audit-report': { in: { report: AuditReport; since: EpochMs }; out: void };
  /** Takes the oldest waiting report that nobody holds, for `holder` alone until `heldUntil`. */
  'take-audit-report': {
    in: { holder: string; now: EpochMs; heldUntil: EpochMs };
    out: { report: AuditReport; attempt: number } | undefined;
  };
  /** False when `holder` holds it no more. */
  'hold-audit-report': { in: { id: AuditReportId; holder: string; heldUntil: EpochMs }; out: boolean };
  /** Written, or failed with a reason for the operator. False, and nothing changes, when `holder` holds it no more. */
  'end-audit-report': { in: { id: AuditReportId; holder: string; failure?: string }; out: boolean };

  /** Ready keys, sealed to the pool's own pseudo account. */
  'fill-key-pool': { in: { keys: readonly SealedKey[] }; out: void };
  /** Takes one ready key out for good; two servers never get the same one. */
  'take-pool-key': { in: { algorithm: KeyAlgorithm }; out: SealedKey | undefined };
}

export type CommandName = keyof Commands;

/** The pseudo account that ready keys are sealed to. */
export const poolAccount = '000000000000' as AccountId;
