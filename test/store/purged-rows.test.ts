/** What is left of a purged authority in any table of either engine, and what one that had its very id would inherit. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, it, type TestContext } from 'node:test';
import pg from 'pg';
import type { AuditReport } from '../../src/core/audit-report.ts';
import { auditReportId } from '../../src/core/ids.ts';
import { bucketName, objectKey } from '../../src/core/object.ts';
import { type OpenedStore, openStore } from '../../src/store/open.ts';
import { startPostgres } from '../contracts/postgres-server.ts';
import {
  aClaim,
  anAccount,
  anAuthority,
  anAuthorityCertificate,
  anIssued,
  aSealedKey,
  day,
  home,
  now,
  pendingAuthority,
} from '../contracts/store-builders.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Tables = ReadonlyMap<string, readonly object[]>;

const bucket = bucketName('a-bucket');

/** An authority with everything that one can have; how it is deleted, and what hangs on it. */
async function aFullAuthority(store: OpenedStore) {
  const [owner, guest] = [anAccount(), anAccount()];
  for (const account of [owner, guest]) await store.commit('create-account', { account, keys: [] });
  const account = owner.id;
  const key = aSealedKey(account);
  const authority = anAuthority(account, { key: key.id });
  const { id } = authority;
  const tags = [{ key: 'team', value: 'pki' }];
  await store.commit('create-authority', { authority, key, tags, claim: aClaim(account, id, { expiresAt: now }) });
  const issued = anIssued(authority);
  await store.commit('record-issued', { certificate: issued, authorityVersion: 1 });
  await store.commit('put-policy', {
    account,
    authority: id,
    version: 1,
    now,
    policy: { text: 'a policy', principals: [guest.id] },
  });
  const permission = { principal: 'acm.test', sourceAccount: account, actions: ['IssueCertificate'], createdAt: now };
  await store.commit('create-permission', { account, authority: id, permission } as const);
  const report: AuditReport = {
    id: auditReportId(randomUUID()),
    account,
    authority: id,
    region: home,
    form: 'csv',
    bucket,
    key: objectKey(`audit-report/${id}/one.csv`),
    createdAt: now,
    state: { kind: 'creating' },
  };
  await store.commit('create-audit-report', { report, since: 0 });
  const certificate = anAuthorityCertificate();
  await store.commit('update-authority', { account, id, version: 2, now, certificate });
  const state = { kind: 'deleted', before: 'disabled', restorableUntil: now } as const;
  await store.commit('update-authority', { account, id, version: 3, now, state });
  return { account, guest: guest.id, authority, key, issued, certificate, report, version: 4 };
}

async function purgesAll(store: OpenedStore, tables: () => Promise<Tables>): Promise<void> {
  const { account, guest, authority, key, issued, certificate, report, version } = await aFullAuthority(store);
  const { id } = authority;
  const withId = async () => [...(await tables())].filter(([, rows]) => rows.some((row) => textOf(row).includes(id)));
  const names = (found: readonly (readonly [string, unknown])[]) => found.map(([name]) => name).sort();
  assert.equal(
    names(await withId()).join(' '),
    'audit_reports authorities authority_certificates authority_policies idempotency issued policy_principals ' +
      'service_permissions tags',
  );
  assert.ok((await tables()).get('keys')?.some((row) => textOf(row).includes(key.id)));

  await store.commit('purge-authority', { account, id, version, now });
  await store.commit('delete-ended', { now }); // what a token is good for ends with the token, for every authority
  assert.deepEqual(names(await withId()), ['issued', 'purged_authorities']);
  for (const [name, rows] of await tables()) {
    const isLeft = rows.some((row) =>
      [key.id, report.id, 'a policy', 'acm.test'].some((at) => textOf(row).includes(at)),
    );
    assert.equal(isLeft, false, name);
  }
  assert.equal(await store.buckets.ownerOf(bucket), account, "the bucket is the account's, not the authority's");

  // No id comes twice; if one did, nothing would be waiting for it.
  const later = pendingAuthority(account, { id });
  await store.commit('create-authority', { authority: later, tags: [] });
  assert.deepEqual(await store.authorities.get(account, id), later);
  assert.deepEqual(await store.tags.of(account, { kind: 'authority', id }), []);
  assert.deepEqual(await store.sharing.permissions(account, id), []);
  assert.equal(await store.sharing.policy(account, id), undefined);
  assert.equal(await store.sharing.shared(account, id), undefined);
  assert.deepEqual((await store.sharing.page(guest, { region: home, limit: 9 })).items, []);
  assert.equal(await store.auditReports.get(account, id, report.id), undefined);
  assert.equal(await store.auditReports.isWaiting(now + day), false);
  assert.deepEqual(await store.issued.get(account, issued.serial), issued);
  assert.deepEqual((await store.authorities.published(id))?.der, certificate.der);
}

/** A row as text, octets as Latin-1. */
function textOf(row: object): string {
  return Object.values(row)
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
    .join('\n');
}

it('a purged authority leaves only what it issued and what relying parties fetch (SQLite)', async (t: TestContext) => {
  const file = join(temporaryFolder(t), 'chancery.sqlite');
  const store = await openStore({ url: `sqlite:${file}` });
  const reader = new DatabaseSync(file, { readOnly: true });
  const all = (query: string): object[] => reader.prepare(query).all();
  const names = all("select name from sqlite_schema where type = 'table'").map((row) => textOf(row));
  await purgesAll(store, async () => new Map(names.map((name) => [name, all(`select * from ${name}`)])));
  reader.close();
  await store.close();
});

it('a purged authority leaves only what it issued and what relying parties fetch (PostgreSQL)', async (t) => {
  const server = await startPostgres();
  if (server === undefined) return t.skip('PostgreSQL is not installed');
  after(() => server.stop());
  const url = await server.database();
  const store = await openStore({ url });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const all = async (query: string): Promise<object[]> => (await client.query(query)).rows;
  const names = (await all("select table_name from information_schema.tables where table_schema = 'public'")).map(
    textOf,
  );
  await purgesAll(store, async () => {
    const tables = new Map<string, object[]>();
    for (const name of names) tables.set(name, await all(`select * from "${name}"`));
    return tables;
  });
  await client.end();
  await store.close();
});
