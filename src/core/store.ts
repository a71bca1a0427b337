/**
 * What the house needs from its store: a reader for each noun, and commands (`commands.ts`) that change it.
 * Every read of an account's things takes the account. The adapters live in the store's room.
 */
import type { AccessKey, Account } from './account.ts';
import type { AuditReport } from './audit-report.ts';
import type { Authority, AuthorityStatus, AuthorityType } from './authority.ts';
import type { IssuedCertificate, IssuedStatus, ManagedCertificate, ManagedStatus } from './certificate.ts';
import type { CommandName, Commands } from './commands.ts';
import type { Session } from './session.ts';
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
import type { KeyAlgorithm, SealedKey } from './key.ts';
import type { BucketName } from './object.ts';
import type { ServicePermission, SharedAuthority, SharedPolicy } from './sharing.ts';
import type { Tag, TaggedResource } from './tag.ts';

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
