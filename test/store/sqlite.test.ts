import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { openStore } from '../../src/store/open.ts';
import { anAccountId, anAuthority, anIssued } from '../contracts/store-builders.ts';
import { isFault } from '../contracts/store-under-test.ts';
import { needs } from '../programs.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('the lock of the data folder', () => {
  it('refuses a second store on the same folder, also from the same process, until the first is closed', async (t) => {
    const url = `sqlite:${join(temporaryFolder(t), 'chancery.sqlite')}`;
    const first = await openStore({ url });
    await assert.rejects(openStore({ url }), isFault('conflict', 'data folder'));
    await first.close();
    await (await openStore({ url })).close();
  });

  it('refuses while another process has the folder, and opens after that one was killed', async (t) => {
    const file = join(temporaryFolder(t), 'chancery.sqlite');
    const other = spawn(process.execPath, [join(import.meta.dirname, 'issue-until-killed.ts'), file]);
    await once(other.stdout, 'data');
    await assert.rejects(openStore({ url: `sqlite:${file}` }), /is in use by another running server/);
    other.kill('SIGKILL');
    await once(other, 'close');
    await (await openStore({ url: `sqlite:${file}` })).close();
  });

  it('takes no notice of a lock file that was left over', async (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(join(folder, 'chancery.lock'), '');
    await (await openStore({ url: `sqlite:${join(folder, 'chancery.sqlite')}` })).close();
  });
});

describe('the SQLite file', () => {
  it('is made with its folder, for its owner only', async (t) => {
    const folder = join(temporaryFolder(t), 'data');
    const store = await openStore({ url: `sqlite:${join(folder, 'chancery.sqlite')}` });
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name);
    await store.close();
  });

  it('fails its check when the disk takes no more, though it can still be read', async (t) => {
    const prlimit = needs(t, 'prlimit');
    if (prlimit === undefined) return;
    const file = join(temporaryFolder(t), 'chancery.sqlite');
    const reader = `
      import { openStore } from ${JSON.stringify(new URL('../../src/store/open.ts', import.meta.url).href)};
      const store = await openStore({ url: 'sqlite:${file}' });
      await store.check();
      console.log('works');
      process.stdin.once('data', async () => {
        await store.settings.list();
        await store.check().then(() => console.log('works'), (cause) => console.log('fails: ' + cause.message));
        process.exit();
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', reader]);
    const lines = child.stdout.setEncoding('utf8')[Symbol.asyncIterator]();
    assert.equal((await lines.next()).value, 'works\n');
    // No file may grow any more: what a full disk is to a process, but without SQLite's own signal for it.
    await once(spawn(prlimit, ['--pid', String(child.pid), '--fsize=0:0']), 'close');
    child.stdin.write('go');
    assert.match(String((await lines.next()).value), /^fails: the database does not take writes/);
  });

  it('refuses a URL of another kind', async () => {
    await assert.rejects(openStore({ url: 'mysql://db' }), isFault('invalid', 'database URL'));
  });

  it('commits what comes together as one group, of which one may fail', async (t) => {
    const sizes: number[] = [];
    const url = `sqlite:${join(temporaryFolder(t), 'chancery.sqlite')}`;
    const store = await openStore({ url, onCommit: (size) => sizes.push(size) });
    const authority = anAuthority(anAccountId());
    await store.commit('create-authority', { authority, tags: [] });
    const outcomes = await Promise.allSettled(
      [1, 1, 2, 1].map((authorityVersion) =>
        store.commit('record-issued', { certificate: anIssued(authority), authorityVersion }),
      ),
    );
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal(await store.issued.count(authority.account), 3);
    assert.deepEqual(sizes, [1, 4]);
    await store.close();
  });

  it('finds its pages and lists through indexes', async (t) => {
    const file = join(temporaryFolder(t), 'chancery.sqlite');
    await (await openStore({ url: `sqlite:${file}` })).close();
    const database = new DatabaseSync(file);
    const plan = (query: string) =>
      database
        .prepare(`explain query plan ${query}`)
        .all()
        .map(({ detail }) => String(detail));
    const page = `select created_at, id from managed where account = 'a' and region = 'r' and key_algorithm = 'P-256'
      and (state = 'issued' and not_after >= 5) and has_names = 1 and (created_at, id) > (1, 'x')
      order by created_at, id limit 101`;
    assert.deepEqual(plan(page).length, 1, 'a range of one index, without a sort');
    assert.match(
      plan(page)[0] ?? '',
      /USING COVERING INDEX managed_page \(account=\? AND region=\? AND key_algorithm=\?/,
    );
    const listed = `from issued i where i.account = 'a' and i.hidden_at is null and i.is_authority = 0`;
    assert.match(plan(`select count(*) ${listed}`)[0] ?? '', /COVERING INDEX issued_listed/);
    assert.deepEqual(plan(`select * ${listed} order by i.serial desc limit 10`), [
      'SEARCH i USING PRIMARY KEY (account=?)',
    ]);
    const authorities = `select * from authorities a where a.account = 'a' and a.region = 'r' and a.key_id is not null
      and (a.created_at, a.id) > (1, 'x') order by a.created_at, a.id limit 11`;
    assert.match(
      plan(authorities).join(),
      /^SEARCH a USING INDEX authorities_region_page \(account=\? AND region=\? AND \(created_at,id\)>\(\?,\?\)\)$/,
    );
    const copy = `select 1 from managed where account = 'a' and body_sha256 = x'00' and origin = 'imported' limit 1`;
    assert.match(plan(copy).join(), /INDEX managed_imported_sha256 \(account=\? AND body_sha256=\?\)/);
    database.close();
  });
});

describe('a backup', () => {
  it('is a whole copy for its owner only, made while others write', async (t) => {
    const folder = temporaryFolder(t);
    const store = await openStore({ url: `sqlite:${join(folder, 'chancery.sqlite')}` });
    const authority = anAuthority(anAccountId());
    const record = () => store.commit('record-issued', { certificate: anIssued(authority), authorityVersion: 1 });
    await store.commit('create-authority', { authority, tags: [] });
    await Promise.all(Array.from({ length: 50 }, record));
    mkdirSync(join(folder, 'copy'));
    const copy = join(folder, 'copy', 'chancery.sqlite');
    await Promise.all([store.backup(copy), ...Array.from({ length: 50 }, record)]);
    assert.equal(statSync(copy).mode & 0o777, 0o600);
    const restored = await openStore({ url: `sqlite:${copy}` });
    assert.deepEqual(await restored.authorities.get(authority.account, authority.id), authority);
    assert.ok((await restored.issued.count(authority.account)) >= 50);
    await restored.close();
    await store.close();
  });

  it('never replaces a file', async (t) => {
    const folder = temporaryFolder(t);
    const store = await openStore({ url: `sqlite:${join(folder, 'chancery.sqlite')}` });
    const taken = join(folder, 'taken');
    writeFileSync(taken, 'mine');
    await assert.rejects(store.backup(taken), isFault('already-exists', 'backup'));
    await assert.rejects(store.backup(join(folder, 'no', 'folder')));
    assert.equal(existsSync(join(folder, 'no')), false);
    assert.equal(statSync(taken).size, 4);
    await store.close();
  });
});
