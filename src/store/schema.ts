/**
 * The tables as Kysely sees them, each beside its kind in `tables/`. Instants are milliseconds since 1970, booleans are
 * 0 or 1, columns named there as JSON hold what only whole nouns need; whatever a list filters or sorts by is a column of
 * its own.
 */
import type { Kysely } from 'kysely';
import type { AccessKeyTable, AccountTable, SessionTable } from './tables/account.ts';
import type { AuditReportTable, BucketTable } from './tables/audit-report.ts';
import type { AuthorityCertificateTable, AuthorityTable, PurgedAuthorityTable } from './tables/authority.ts';
import type { IdempotencyTable } from './tables/idempotency.ts';
import type { IssuedDerTable, IssuedTable } from './tables/issued.ts';
import type { KeyTable } from './tables/key.ts';
import type { ManagedBodyTable, ManagedTable } from './tables/managed.ts';
import type { SettingTable } from './tables/setting.ts';
import type { AuthorityPolicyTable, PolicyPrincipalTable, ServicePermissionTable } from './tables/sharing.ts';
import type { TagTable } from './tables/tag.ts';

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
