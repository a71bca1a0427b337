import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { bucketName, objectKey } from '../../src/core/object.ts';
import { LocalFolder } from '../../src/objects/local-folder.ts';
import { isFault } from '../contracts/store-under-test.ts';
import { bodyOf, brokenBody, octetsOf } from './bodies.ts';

const folder = mkdtempSync(join(tmpdir(), 'chancery-objects-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const root = join(folder, 'objects');
const store = new LocalFolder(root);
const at = (bucket: string, key: string) => ({ bucket: bucketName(bucket), key: objectKey(key) });
const csv = { contentType: 'text/csv', access: 'private' } as const;

describe('objects in a local folder', () => {
  it('are kept octet by octet below their bucket, readable by the server alone', async () => {
    const parts = [randomBytes(70_000), randomBytes(1), randomBytes(300_000)];
    const place = at('my.bucket-1', 'audit-report/of/one.csv');
    await store.put(place, { body: bodyOf(...parts), ...csv });
    const file = join(root, 'my.bucket-1', 'audit-report', 'of', 'one.csv');
    assert.deepEqual(readFileSync(file), Buffer.concat(parts));
    for (const path of [root, join(root, 'my.bucket-1'), join(root, 'my.bucket-1', 'audit-report')]) {
      assert.equal(statSync(path).mode & 0o777, 0o700);
    }
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const found = (await store.local.find(place)) ?? assert.fail();
    assert.deepEqual([found.size, found.contentType], [370_001, 'text/csv; charset=utf-8']);
    assert.deepEqual(await octetsOf(found.read()), Buffer.concat(parts));
  });

  it('are replaced whole', async () => {
    const place = at('replaced', 'a.json');
    await store.put(place, { body: bodyOf('a long first text'), ...csv });
    await store.put(place, { body: bodyOf('second'), ...csv });
    assert.equal(readFileSync(join(root, 'replaced', 'a.json'), 'utf8'), 'second');
  });

  it('are not there at all when their body breaks off', async () => {
    const place = at('broken', 'a.json');
    await assert.rejects(store.put(place, { body: brokenBody(), ...csv }), /the source broke off/);
    assert.equal(await store.local.find(place), undefined);
    assert.deepEqual(readdirSync(join(root, '.incoming')), []);
  });

  it('have a bucket of any valid name, which is made for the first of them and not for a question', async () => {
    await store.checkBucket(bucketName('asked-for'));
    assert.equal(existsSync(join(root, 'asked-for')), false);
    await store.put(at('asked-for', 'a.csv'), { body: bodyOf('a'), ...csv });
    await store.checkBucket(bucketName('asked-for'));
    assert.ok(statSync(join(root, 'asked-for')).isDirectory());
  });

  it('leave nothing for ever of what a server that died was writing', async () => {
    const [old, recent] = [join(root, '.incoming', 'old'), join(root, '.incoming', 'recent')];
    for (const file of [old, recent]) writeFileSync(file, 'half');
    const beforeYesterday = Date.now() / 1000 - 2 * 86_400;
    utimesSync(old, beforeYesterday, beforeYesterday);
    await store.put(at('later', 'a.csv'), { body: bodyOf('a'), ...csv });
    assert.deepEqual(readdirSync(join(root, '.incoming')), ['recent']);
    rmSync(recent);
  });

  it('are not found where there is a folder, a file on the way, or nothing', async () => {
    await store.put(at('found', 'a/b.csv'), { body: bodyOf('b'), ...csv });
    for (const [bucket, key] of [
      ['found', 'a'],
      ['found', 'a/b.csv/c'],
      ['found', 'c'],
      ['unknown', 'a'],
    ] as const) {
      assert.equal(await store.local.find(at(bucket, key)), undefined);
    }
    for (const key of ['a', 'a/b.csv/c']) {
      await assert.rejects(store.put(at('found', key), { body: bodyOf('x'), ...csv }), isFault('failed', 'bucket'));
    }
  });

  it('neither follow a link out of the folder nor replace what it points to', async () => {
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    mkdirSync(join(root, 'linked'), { recursive: true });
    symlinkSync(outside, join(root, 'linked', 'out'));
    symlinkSync(outside, join(root, 'link-bucket'));
    symlinkSync('/etc/hostname', join(root, 'linked', 'host.csv'));
    const wishes = [at('linked', 'out/a.csv'), at('link-bucket', 'a.csv')];
    for (const place of wishes) {
      await assert.rejects(store.put(place, { body: bodyOf('x'), ...csv }), isFault('failed', 'bucket'));
      assert.equal(await store.local.find(place), undefined);
    }
    assert.equal(await store.local.find(at('linked', 'host.csv')), undefined);
    assert.ok(!existsSync(join(outside, 'a.csv')));
  });
});

describe('names of buckets and objects', () => {
  it('are those of S3: nothing that leads out of a folder is a bucket', () => {
    for (const good of ['abc', 'a1.b-c', `a${'b'.repeat(61)}c`, 'amzn-s3-demo-bucket', '1.2.3.x']) bucketName(good);
    const bad = [
      'ab',
      'a'.repeat(64),
      '.ab',
      'ab.',
      '-ab',
      'a..b',
      'A-b',
      'a_b',
      'a/b',
      '..',
      '../a',
      '1.2.3.4',
      'a b',
      '',
    ];
    for (const name of [...bad, 'abc\0', 'abc\n', 'ä-b', 'abc%2f']) {
      assert.throws(() => bucketName(name), isFault('invalid', 'bucket'), JSON.stringify(name));
    }
  });

  it('and nothing that leads out of a bucket is a key', () => {
    for (const good of ['a', 'a/b.csv', `${'a'.repeat(255)}/b`, '.a', 'a..b', 'a!-_.*()']) objectKey(good);
    const bad = [
      '',
      '/a',
      'a/',
      'a//b',
      '.',
      '..',
      '../a',
      'a/../b',
      'a/./b',
      'a\0',
      'a\n',
      'a\\b',
      'a%2e',
      'a b',
      'ä',
    ];
    for (const key of [...bad, 'a'.repeat(256), 'a/'.repeat(512) + 'a']) {
      assert.throws(() => objectKey(key), isFault('invalid', 'key'), JSON.stringify(key));
    }
  });
});
