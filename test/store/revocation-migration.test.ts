import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { firstTables } from '../../src/store/migrations/0001-first-tables.ts';
import { revocation } from '../../src/store/migrations/0005-revocation.ts';
import { workOver } from '../../src/store/sqlite/group-commit.ts';
import { SqliteSession } from '../../src/store/sqlite/session.ts';
import { temporaryFolder } from './temporary-folder.ts';

it('what AWS’s API had stored of CRL and OCSP counts for certificates after the upgrade', async (t) => {
  const session = new SqliteSession(join(temporaryFolder(t), 'old.db'), { readOnly: false });
  const { db } = workOver(session);
  await firstTables(db, 'sqlite');
  const bucket = { Enabled: true, ExpirationInDays: 7, S3BucketName: 'bucket' };
  const stored: [string, object, object | null][] = [
    ['none', {}, null],
    ['off', { CrlConfiguration: { Enabled: false }, OcspConfiguration: { Enabled: false } }, {}],
    ['on', { CrlConfiguration: bucket, OcspConfiguration: { Enabled: true } }, { crl: { kind: 'complete' }, ocsp: {} }],
    [
      'named',
      {
        CrlConfiguration: { ...bucket, CrlType: 'PARTITIONED', CustomCname: 'c.test', CustomPath: 'a/b' },
        OcspConfiguration: { Enabled: true, OcspCustomCname: 'o.test' },
      },
      { crl: { kind: 'partitioned', host: 'c.test', path: 'a/b' }, ocsp: { host: 'o.test' } },
    ],
    [
      'omitted',
      { CrlConfiguration: { ...bucket, CrlDistributionPointExtensionConfiguration: { OmitExtension: true } } },
      { crl: { kind: 'complete', isUnnamed: true } },
    ],
  ];
  const columns =
    "'r', 'root', 'active', '{}', '[]', '', 'P-256', 'SHA256-ECDSA', null, x'00', '[]', 'general', null, null";
  for (const [id, configuration] of stored) {
    const vendor = JSON.stringify(id === 'none' ? {} : { aws: { revocationConfiguration: configuration } });
    session.change(`insert into authorities values ('1', ?, ${columns}, ?, 0, 0, 1)`, [id, vendor]);
  }
  await revocation(db, 'sqlite');
  const rows = session.all<{ id: string; revocation: string | null }>('select id, revocation from authorities', []);
  const found = Object.fromEntries(rows.map((row) => [row.id, row.revocation && JSON.parse(row.revocation)]));
  assert.deepEqual(found, Object.fromEntries(stored.map(([id, , settings]) => [id, settings])));
  session.close();
});
