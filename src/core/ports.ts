/**
 * What the house needs from the world. Adapters live in store, vault and workers; tests bring their own clock.
 * Every read of an account's things takes the account.
 */
import type { AccessKey, Account, Caller } from './account.ts';
import type { AuditReport, ReportLayout } from './audit-report.ts';
import type { Authority, AuthorityStatus, AuthorityType } from './authority.ts';
import type { IssuedCertificate, IssuedStatus, ManagedCertificate, ManagedStatus } from './certificate.ts';
import type { CommandName, Commands, Session, TaggedResource } from './commands.ts';
import type {
  AccessKeyId,
  AccountId,
  AuditReportId,
  AuthorityId,
  CertificateId,
  DomainId,
  EpochMs,
  KeyId,
  Region,
  ScmId,
  SerialNumber,
} from './ids.ts';
import type { CsrRequest, IssuanceRequest, SignedCertificate } from './issuance.ts';
import type { KeyAlgorithm, SealedKey } from './key.ts';
import type { BucketName, ObjectAccess, ObjectPlace } from './object.ts';
import type { KeyRelease } from './proof.ts';
import type { ServicePermission, SharedAuthority, SharedPolicy } from './sharing.ts';
import type { Tag } from './tag.ts';

export interface Clock {
  now(): EpochMs;
}

export interface Randomness {
  bytes(count: number): Uint8Array;
  uuid(): string;
}

/** Runs a command; see `Commands` for what each does and throws. */
export interface Committer {
  commit<Name extends CommandName>(name: Name, input: Commands[Name]['in']): Promise<Commands[Name]['out']>;
}

/** A page of a long list. `next` is where the following page begins; absent on the last one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** A page by number of rows, for lists that say their total. */
export interface Slice<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

export interface AccountReader {
  get(id: AccountId): Promise<Account | undefined>;
  byDomain(domain: DomainId): Promise<Account | undefined>;
  list(): Promise<readonly Account[]>;
  /** The only read that starts without an account: a signature names nothing but its access key. */
  accessKey(id: AccessKeyId): Promise<AccessKey | undefined>;
  accessKeys(account: AccountId): Promise<readonly AccessKey[]>;
  session(tokenHash: string): Promise<Session | undefined>;
}

export interface AuthorityReader {
  /** Of every account, oldest first: those that are being created, for the job that makes their keys. */
  creating(limit: number): Promise<readonly Authority[]>;
  /** Of every account: deleted ones whose restore period has ended, for the job that removes them. */
  gone(now: EpochMs, limit: number): Promise<readonly Authority[]>;
  get(account: AccountId, id: AuthorityId): Promise<Authority | undefined>;
  /**
   * What anybody may fetch, whoever's it is: the certificate in force and its chain, also of an authority that is
   * disabled or gone: what it issued lives on.
   */
  published(id: AuthorityId): Promise<{ readonly der: Uint8Array; readonly chain: readonly Uint8Array[] } | undefined>;
  /**
   * Oldest first; those whose key is held elsewhere, and those that are gone at `now`, are left out. `after` is a page's
   * `next`.
   */
  page(
    account: AccountId,
    wanted: { region?: Region; limit: number; after?: string; now: EpochMs },
  ): Promise<Page<Authority>>;
  /** Those with their key here, deleted ones until they are gone. */
  count(account: AccountId, region: Region, now: EpochMs): Promise<number>;
  /** For lists with a total, a filter and a sort key; those whose key is held elsewhere are left out. */
  slice(
    account: AccountId,
    wanted: {
      commonNameContains?: string;
      status?: AuthorityStatus;
      type?: AuthorityType;
      sort: { key: 'createdAt' | 'commonName' | 'type' | 'notAfter'; descending: boolean };
      offset: number;
      limit: number;
      now: EpochMs;
    },
  ): Promise<Slice<Authority>>;
}

/** A row of the list of what authorities issued: with its managed certificate where it has one. */
export interface IssuedListing {
  readonly certificate: Omit<IssuedCertificate, 'der'>;
  readonly issuerName: string;
  readonly managed?: ManagedCertificate;
}

export interface IssuedCertificateReader {
  get(account: AccountId, serial: SerialNumber): Promise<IssuedCertificate | undefined>;
  /** False when a view deleted it. */
  isListed(account: AccountId, serial: SerialNumber): Promise<boolean>;
  /** Certificates that are no authority's own, one line per managed certificate (its newest body). */
  slice(
    account: AccountId,
    wanted: {
      commonNameContains?: string;
      status?: IssuedStatus;
      sort: { key: 'createdAt' | 'commonName' | 'issuerName' | 'notAfter'; descending: boolean };
      offset: number;
      limit: number;
      now: EpochMs;
    },
  ): Promise<Slice<IssuedListing>>;
  count(account: AccountId): Promise<number>;
  /** How many an authority ever issued and revoked. Long: it walks the account's certificates. */
  countOf(account: AccountId, authority: AuthorityId): Promise<{ readonly issued: number; readonly revoked: number }>;
  /** What one authority signed until a moment, hidden or not, in the order of the serial numbers; `after` is the last one read. */
  signedBy(
    account: AccountId,
    authority: AuthorityId,
    wanted: { after?: SerialNumber; until: EpochMs; limit: number },
  ): Promise<readonly IssuedCertificate[]>;
}

export interface ManagedCertificateReader {
  get(account: AccountId, id: CertificateId): Promise<ManagedCertificate | undefined>;
  byScmId(account: AccountId, id: ScmId): Promise<ManagedCertificate | undefined>;
  /** Keyset pages by (createdAt, id). */
  page(
    account: AccountId,
    wanted: {
      region: Region;
      statuses?: readonly ManagedStatus[];
      keyAlgorithms?: readonly KeyAlgorithm[];
      /** Only those with at least one DNS name. */
      named?: boolean;
      descending: boolean;
      limit: number;
      after?: string;
      now: EpochMs;
    },
  ): Promise<Page<ManagedCertificate>>;
  /** Imported ones, for SCM. `content` is a part of the name or of a domain. */
  slice(
    account: AccountId,
    wanted: {
      origin: 'imported';
      content?: string;
      status?: 'issued' | 'expired';
      /** `none`: those that belong to no project. */
      enterpriseProject?: string | { readonly none: true };
      /** Still valid, or ended not before this moment. */
      endsAfter?: EpochMs;
      sort: { key: 'notAfter' | 'status' | 'changedAt'; descending: boolean };
      offset: number;
      limit: number;
      now: EpochMs;
    },
  ): Promise<Slice<ManagedCertificate>>;
  /** Whether an imported body with exactly these bytes is there. */
  hasImported(account: AccountId, der: Uint8Array): Promise<boolean>;
}

export interface TagReader {
  /** In the order of their keys. */
  of(account: AccountId, resource: TaggedResource): Promise<readonly Tag[]>;
}

export interface SettingReader {
  /** The account's value, else the server's. */
  get(name: string, account?: AccountId): Promise<string | undefined>;
  list(account?: AccountId): Promise<readonly { name: string; value: string; account?: AccountId }[]>;
}

export interface KeyReader {
  get(account: AccountId, id: KeyId): Promise<SealedKey | undefined>;
  poolSizes(): Promise<ReadonlyMap<KeyAlgorithm, number>>;
}

export interface AuditReportReader {
  get(account: AccountId, authority: AuthorityId, id: AuditReportId): Promise<AuditReport | undefined>;
  /** Whether a report waits that nobody holds. */
  isWaiting(now: EpochMs): Promise<boolean>;
}

export interface BucketReader {
  /** Who used the name first: nobody else may write or read there. */
  ownerOf(bucket: BucketName): Promise<AccountId | undefined>;
}

/** The earlier answer for an equal request, if its window is still open. */
export interface IdempotencyReader {
  find(account: AccountId, scope: string, token: string, digest: string, now: EpochMs): Promise<string | undefined>;
}

export interface SharingReader {
  /** The document that is attached to the account's own authority. */
  policy(account: AccountId, authority: AuthorityId): Promise<string | undefined>;
  /**
   * What decides about another account's request, for an authority whose key is held here. Undefined alike when there
   * is no such authority, when nothing is attached to it, and when its owner is suspended.
   */
  shared(owner: AccountId, authority: AuthorityId): Promise<SharedPolicy | undefined>;
  /** Authorities whose policy names the account, oldest first; those of suspended owners are left out. */
  page(principal: AccountId, wanted: { region: Region; limit: number; after?: string }): Promise<Page<SharedAuthority>>;
  /** In the order of principal and source account. */
  permissions(account: AccountId, authority: AuthorityId): Promise<readonly ServicePermission[]>;
}

export interface Store extends Committer {
  readonly accounts: AccountReader;
  readonly authorities: AuthorityReader;
  readonly issued: IssuedCertificateReader;
  readonly managed: ManagedCertificateReader;
  readonly tags: TagReader;
  readonly settings: SettingReader;
  readonly keys: KeyReader;
  readonly idempotency: IdempotencyReader;
  readonly sharing: SharingReader;
  readonly auditReports: AuditReportReader;
  readonly buckets: BucketReader;
  /** Resolves when a read and a write path answer; rejects with the cause. */
  check(): Promise<void>;
  close(): Promise<void>;
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
