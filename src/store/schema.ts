/**
 * The tables as Kysely sees them. Instants are milliseconds since 1970, booleans are 0 or 1, `string` columns named
 * here as JSON hold what only whole nouns need; whatever a list filters or sorts by is a column of its own.
 */
import type { Kysely } from 'kysely';
import type { Role } from '../core/account.ts';
import type { AuditReportState, ReportForm } from '../core/audit-report.ts';
import type { AuthorityState, AuthorityType, UsageMode } from '../core/authority.ts';
import type { CertificateOrigin, ManagedState } from '../core/certificate.ts';
import type { TaggedResource } from '../core/commands.ts';
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
} from '../core/ids.ts';
import type { KeyAlgorithm, SignatureAlgorithm } from '../core/key.ts';
import type { BucketName, ObjectKey } from '../core/object.ts';
import type { RevocationReason } from '../core/revocation.ts';

export interface Schema {
  accounts: AccountTable;
  access_keys: AccessKeyTable;
  sessions: SessionTable;
  settings: SettingTable;
  authorities: AuthorityTable;
  purged_authorities: PurgedAuthorityTable;
  authority_certificates: AuthorityCertificateTable;
  keys: KeyTable;
  key_pool: KeyTable;
  issued: IssuedTable;
  issued_der: IssuedDerTable;
  managed: ManagedTable;
  managed_bodies: ManagedBodyTable;
  tags: TagTable;
  idempotency: IdempotencyTable;
  audit_reports: AuditReportTable;
  buckets: BucketTable;
  authority_policies: AuthorityPolicyTable;
  policy_principals: PolicyPrincipalTable;
  service_permissions: ServicePermissionTable;
}

export type Database = Kysely<Schema>;
export type Flag = 0 | 1;
/** Text that `json.ts` reads and writes. */
export type Json = string;

export interface AccountTable {
  id: AccountId;
  domain: DomainId;
  name: string;
  suspended: Flag;
  created_at: EpochMs;
}

export interface AccessKeyTable {
  id: AccessKeyId;
  account: AccountId;
  user_name: string;
  role: Role;
  is_operator: Flag;
  disabled: Flag;
  sealed_secret: Uint8Array;
  created_at: EpochMs;
  last_used_at: EpochMs | null;
}

export interface SessionTable {
  token_hash: string;
  account: AccountId;
  access_key: AccessKeyId;
  /** The project's region; null for a session of the whole domain. */
  scope_region: string | null;
  issued_at: EpochMs;
  expires_at: EpochMs;
}

export interface SettingTable {
  /** Empty for the server's own. */
  account: string;
  name: string;
  value: string;
}

export interface AuthorityTable {
  account: AccountId;
  id: AuthorityId;
  region: Region;
  type: AuthorityType;
  state: AuthorityState['kind'];
  state_detail: Json;
  subject: Json;
  common_name: string;
  key_algorithm: KeyAlgorithm;
  signature_algorithm: SignatureAlgorithm;
  key_id: KeyId | null;
  csr: Uint8Array;
  key_usages: Json;
  usage_mode: UsageMode;
  /** Which row of `authority_certificates` is in force. */
  certificate_number: number | null;
  not_after: EpochMs | null;
  vendor: Json;
  created_at: EpochMs;
  changed_at: EpochMs;
  version: number;
  /** When the restore period of a deleted one ends. */
  purge_at: EpochMs | null;
  /** What its certificates say of CRL and OCSP. */
  revocation: Json | null;
}

/** What relying parties still need of an authority that is gone: one that had a certificate. */
export interface PurgedAuthorityTable {
  account: AccountId;
  id: AuthorityId;
  common_name: string;
  der: Uint8Array;
  chain: Uint8Array;
  purged_at: EpochMs;
}

export interface AuthorityCertificateTable {
  account: AccountId;
  authority: AuthorityId;
  number: number;
  der: Uint8Array;
  chain: Uint8Array;
  serial: string;
  not_before: EpochMs;
  not_after: EpochMs;
  subject: Json;
  issuer: AuthorityId | null;
  path_length: number | null;
}

export interface KeyTable {
  account: AccountId;
  id: KeyId;
  algorithm: KeyAlgorithm;
  public_key: Uint8Array;
  master_key_version: number;
  wrapped_data_key: Uint8Array;
  sealed_private_key: Uint8Array;
}

export interface IssuedTable {
  account: AccountId;
  serial: SerialNumber;
  authority: AuthorityId;
  not_before: EpochMs;
  not_after: EpochMs;
  common_name: string;
  key_algorithm: KeyAlgorithm;
  signature_algorithm: SignatureAlgorithm;
  issued_at: EpochMs;
  user_name: string;
  front: string;
  operation: string;
  request_id: string;
  template: string;
  is_authority: Flag;
  managed: CertificateId | null;
  /** The account that asked; null when it is the row's own. */
  asker_account: AccountId | null;
  /** The CRL that the certificate names, where it is one of ours. */
  crl_url: string | null;
  /** When a view deleted it, or a newer body of the same managed certificate took its place in lists. */
  hidden_at: EpochMs | null;
  /** Both or none. */
  revoked_at: EpochMs | null;
  revocation_reason: RevocationReason | null;
}

export interface IssuedDerTable {
  account: AccountId;
  serial: SerialNumber;
  der: Uint8Array;
}

export interface ManagedTable {
  account: AccountId;
  id: CertificateId;
  scm: ScmId | null;
  region: Region;
  origin: CertificateOrigin;
  state: ManagedState['kind'];
  state_detail: Json;
  name: string;
  domain: string | null;
  authority: AuthorityId | null;
  /** The authority's owner; null when it is the row's own account. */
  authority_account: AccountId | null;
  key_id: KeyId;
  key_algorithm: KeyAlgorithm;
  /** Which row of `managed_bodies` is in force. */
  body_number: number | null;
  /** Of the body in force: SHA-256 of its DER, serial, end, and whether it has a DNS name. */
  body_sha256: Uint8Array | null;
  body_serial: string | null;
  not_after: EpochMs | null;
  has_names: Flag;
  /** Name, domain and DNS names in lower case, one a line. */
  search_text: string;
  enterprise_project: string | null;
  exported_at: EpochMs | null;
  created_at: EpochMs;
  issued_at: EpochMs | null;
  imported_at: EpochMs | null;
  changed_at: EpochMs;
  user_name: string;
  front: string;
  operation: string;
  request_id: string;
  vendor: Json;
  version: number;
}

export interface ManagedBodyTable {
  account: AccountId;
  managed: CertificateId;
  number: number;
  key_id: KeyId;
  der: Uint8Array;
  chain: Uint8Array;
  serial: string;
  not_before: EpochMs;
  not_after: EpochMs;
  subject: Json;
  dns_names: Json;
  key_algorithm: KeyAlgorithm;
  signature_algorithm: string;
}

export interface TagTable {
  account: AccountId;
  kind: TaggedResource['kind'];
  resource: TaggedResource['id'];
  key: string;
  value: string;
}

export interface IdempotencyTable {
  account: AccountId;
  scope: string;
  token: string;
  digest: string;
  result: string;
  expires_at: EpochMs;
}

/** What other accounts may do with an authority, as its owner wrote it. */
export interface AuthorityPolicyTable {
  account: AccountId;
  authority: AuthorityId;
  policy: string;
  changed_at: EpochMs;
}

/** The accounts that a policy names. */
export interface PolicyPrincipalTable {
  principal: AccountId;
  account: AccountId;
  authority: AuthorityId;
}

export interface ServicePermissionTable {
  account: AccountId;
  authority: AuthorityId;
  principal: string;
  source_account: AccountId;
  actions: Json;
  created_at: EpochMs;
}

export interface AuditReportTable {
  id: AuditReportId;
  account: AccountId;
  authority: AuthorityId;
  region: Region;
  form: ReportForm;
  bucket: BucketName;
  object_key: ObjectKey;
  created_at: EpochMs;
  state: AuditReportState['kind'];
  failure: string | null;
  /** Who writes it, and until when nobody else may; 0 while nobody does. */
  holder: string | null;
  held_until: EpochMs;
  attempts: number;
}

export interface BucketTable {
  name: BucketName;
  account: AccountId;
}
