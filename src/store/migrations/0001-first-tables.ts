import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { Engine } from '../work.ts';

/**
 * The tables of the first release. Two words differ by engine and are filled in below: INT (64 bits), BYTES; TEXT
 * sorts by its octets in both. SQLite's tables are STRICT and, as every key is our own, WITHOUT ROWID.
 *
 * Indexes are chosen so that issuing pays for two B-trees and one small partial index:
 * - `issued` is keyed by (account, serial). Serial numbers begin with the time, so inserts append and the key itself
 *   gives every list its default order. `issued_listed` counts what lists show, and serves their end date; SQLite
 *   calls it covering only when the columns of its own condition are in it (two octets); that nothing is revoked is a
 *   third. `issued_revoked` is empty until something is.
 * - the DER is in `issued_der`, so that a scan of `issued` reads only what lists show.
 * - `managed_page` holds all that AWS's list filters by, so that a filter that matches little reads no rows in vain.
 */
export async function firstTables(db: Database, engine: Engine): Promise<void> {
  for (const [name, columns] of Object.entries(tables)) {
    await sql.raw(`create table ${name} (${typed(columns, engine)}) ${tableOptions[engine]}`).execute(db);
  }
  for (const index of indexes) await sql.raw(`create ${index}`).execute(db);
}

const tableOptions = { sqlite: 'strict, without rowid', postgres: '' } satisfies Record<Engine, string>;

const types = {
  sqlite: { INT: 'integer', BYTES: 'blob', TEXT: 'text' },
  postgres: { INT: 'bigint', BYTES: 'bytea', TEXT: 'text collate "C"' },
} satisfies Record<Engine, Record<'INT' | 'BYTES' | 'TEXT', string>>;

function typed(columns: string, engine: Engine): string {
  const { INT, BYTES, TEXT } = types[engine];
  return columns.replaceAll('INT', INT).replaceAll('BYTES', BYTES).replaceAll('TEXT', TEXT);
}

const keyColumns = `
  account TEXT not null,
  id TEXT not null,
  algorithm TEXT not null,
  public_key BYTES not null,
  master_key_version INT not null,
  wrapped_data_key BYTES not null,
  sealed_private_key BYTES not null`;

const askerColumns = `
  user_name TEXT not null,
  front TEXT not null,
  operation TEXT not null,
  request_id TEXT not null`;

const tables = {
  accounts: `
    id TEXT primary key not null,
    domain TEXT not null unique,
    name TEXT not null,
    suspended INT not null,
    created_at INT not null`,
  access_keys: `
    id TEXT primary key not null,
    account TEXT not null references accounts (id),
    user_name TEXT not null,
    role TEXT not null,
    is_operator INT not null,
    disabled INT not null,
    sealed_secret BYTES not null,
    created_at INT not null,
    last_used_at INT`,
  sessions: `
    token_hash TEXT primary key not null,
    account TEXT not null,
    access_key TEXT not null,
    scope_region TEXT,
    issued_at INT not null,
    expires_at INT not null`,
  settings: `
    account TEXT not null,
    name TEXT not null,
    value TEXT not null,
    primary key (account, name)`,
  authorities: `
    account TEXT not null,
    id TEXT not null,
    region TEXT not null,
    type TEXT not null,
    state TEXT not null,
    state_detail TEXT not null,
    subject TEXT not null,
    common_name TEXT not null,
    key_algorithm TEXT not null,
    signature_algorithm TEXT not null,
    key_id TEXT,
    csr BYTES not null,
    key_usages TEXT not null,
    usage_mode TEXT not null,
    certificate_number INT,
    not_after INT,
    vendor TEXT not null,
    created_at INT not null,
    changed_at INT not null,
    version INT not null,
    primary key (account, id)`,
  authority_certificates: `
    account TEXT not null,
    authority TEXT not null,
    number INT not null,
    der BYTES not null,
    chain BYTES not null,
    serial TEXT not null,
    not_before INT not null,
    not_after INT not null,
    subject TEXT not null,
    issuer TEXT,
    path_length INT,
    primary key (account, authority, number),
    foreign key (account, authority) references authorities (account, id) on delete cascade`,
  keys: `${keyColumns}, primary key (account, id)`,
  key_pool: `${keyColumns}, primary key (algorithm, id)`,
  issued: `
    account TEXT not null,
    serial TEXT not null,
    authority TEXT not null,
    not_before INT not null,
    not_after INT not null,
    common_name TEXT not null,
    key_algorithm TEXT not null,
    signature_algorithm TEXT not null,
    issued_at INT not null,
    ${askerColumns},
    template TEXT not null,
    is_authority INT not null,
    managed TEXT,
    hidden_at INT,
    revoked_at INT,
    revocation_reason TEXT,
    primary key (account, serial)`,
  issued_der: `
    account TEXT not null,
    serial TEXT not null,
    der BYTES not null,
    primary key (account, serial)`,
  managed: `
    account TEXT not null,
    id TEXT not null,
    scm TEXT,
    region TEXT not null,
    origin TEXT not null,
    state TEXT not null,
    state_detail TEXT not null,
    name TEXT not null,
    domain TEXT,
    authority TEXT,
    key_id TEXT not null,
    key_algorithm TEXT not null,
    body_number INT,
    body_sha256 BYTES,
    body_serial TEXT,
    not_after INT,
    has_names INT not null,
    search_text TEXT not null,
    enterprise_project TEXT,
    exported_at INT,
    created_at INT not null,
    issued_at INT,
    imported_at INT,
    changed_at INT not null,
    ${askerColumns},
    vendor TEXT not null,
    version INT not null,
    primary key (account, id)`,
  managed_bodies: `
    account TEXT not null,
    managed TEXT not null,
    number INT not null,
    key_id TEXT not null,
    der BYTES not null,
    chain BYTES not null,
    serial TEXT not null,
    not_before INT not null,
    not_after INT not null,
    subject TEXT not null,
    dns_names TEXT not null,
    key_algorithm TEXT not null,
    signature_algorithm TEXT not null,
    primary key (account, managed, number),
    foreign key (account, managed) references managed (account, id) on delete cascade`,
  tags: `
    account TEXT not null,
    kind TEXT not null,
    resource TEXT not null,
    key TEXT not null,
    value TEXT not null,
    primary key (account, kind, resource, key)`,
  idempotency: `
    account TEXT not null,
    scope TEXT not null,
    token TEXT not null,
    digest TEXT not null,
    result TEXT not null,
    expires_at INT not null,
    primary key (account, scope, token, digest)`,
};

const indexes = [
  'index access_keys_account on access_keys (account)',
  'index sessions_end on sessions (expires_at)',
  'index idempotency_end on idempotency (expires_at)',
  'index authorities_id on authorities (id)',
  'index authorities_page on authorities (account, created_at, id)',
  'index authorities_region_page on authorities (account, region, created_at, id)',
  'index issued_listed on issued (account, not_after, hidden_at, is_authority, revoked_at) where hidden_at is null and is_authority = 0',
  'index issued_revoked on issued (account, revoked_at) where revoked_at is not null',
  'unique index managed_scm on managed (account, scm) where scm is not null',
  'index managed_page on managed (account, region, key_algorithm, created_at, id, state, not_after, has_names)',
  "index managed_imported on managed (account, not_after, id) where origin = 'imported'",
  "index managed_imported_changed on managed (account, changed_at, id) where origin = 'imported'",
  "index managed_imported_sha256 on managed (account, body_sha256) where origin = 'imported'",
];
