import assert from 'node:assert/strict';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { sanitizedName, zip, zipFileName } from '../../src/formats/index.ts';
import { needs, outputOf } from '../programs.ts';
import { folderForTests } from './fixtures.ts';

const members = [
  { name: 'server.key', bytes: new TextEncoder().encode('a key'), isSecret: true },
  { name: 'chain.crt', bytes: new TextEncoder().encode('a chain'), isSecret: false },
];
const now = Date.UTC(2026, 10, 1, 12);

describe('zip', async () => {
  const folder = await folderForTests();

  it('keeps the order, and the same input gives the same bytes', () => {
    assert.deepEqual(Object.keys(unzipSync(zip(members, now))), ['server.key', 'chain.crt']);
    assert.deepEqual(zip(members, now), zip(members, now));
  });

  it('is unpacked by unzip, with secrets readable by their owner alone', async (t) => {
    const unzip = needs(t, 'unzip');
    if (unzip === undefined) return;
    await writeFile(join(folder, 'a.zip'), zip(members, now));
    await outputOf(unzip, ['-q', join(folder, 'a.zip'), '-d', folder]);
    assert.equal((await stat(join(folder, 'server.key'))).mode & 0o777, 0o600);
    assert.equal((await stat(join(folder, 'chain.crt'))).mode & 0o777, 0o644);
  });

  it('holds any date, in the range that zip knows', () => {
    for (const at of [0, Date.UTC(1980, 0, 1), Date.UTC(2100, 5, 1), 253402300799000]) zip(members, at);
  });

  it('never holds a name that leads out of its folder', () => {
    const wild = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('../x', '..', '/etc/passwd', 'a\\..\\b', '.'));
    fc.assert(
      fc.property(wild, (name) => {
        const [only = ''] = Object.keys(unzipSync(zip([{ name, bytes: new Uint8Array(1), isSecret: false }], now)));
        assert.match(only, /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/);
      }),
    );
  });
});

describe('zipFileName', () => {
  it('is <certificate name>_<type in lower case>.zip', () => {
    assert.equal(zipFileName('test', 'APACHE'), 'test_apache.zip');
    assert.equal(zipFileName('www.example.com', 'Other'), 'www.example.com_other.zip');
  });

  it('is safe as a file name and inside a header, whatever the certificate is called', () => {
    assert.equal(zipFileName('*.example.com', 'NGINX'), '_.example.com_nginx.zip');
    assert.equal(zipFileName('../../etc/passwd', 'iis'), '__.._etc_passwd_iis.zip');
    assert.equal(zipFileName('a"\r\nb', 'iis'), 'a___b_iis.zip');
    assert.equal(zipFileName('', 'iis'), 'certificate_iis.zip');
    assert.equal(zipFileName('证书', 'iis'), 'certificate_iis.zip');
    assert.equal(sanitizedName('-rf'), '_rf');
    assert.ok(sanitizedName('a'.repeat(1000)).length <= 100);
  });
});
