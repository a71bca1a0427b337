import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { Fault } from '../../src/core/fault.ts';
import { accountId } from '../../src/core/ids.ts';
import { openStore } from '../../src/store/open.ts';
import { startLongReader } from '../../src/workers/long-reader-client.ts';
import { anAccount, anAuthority } from '../contracts/store-builders.ts';

const folder = mkdtempSync(join(tmpdir(), 'chancery-long-reader-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'chancery.db');
const wanted = { sort: { key: 'createdAt', descending: false }, offset: 0, limit: 10, now: Date.now() } as const;

describe('the long reader', async () => {
  const account = accountId('111122223333');
  const store = await openStore({ url: `sqlite:${file}`, startLongReader });
  after(() => store.close());
  await store.commit('create-account', { account: anAccount(account), keys: [] });

  it('sees what was committed before it was asked, octets and all', async () => {
    const authority = anAuthority(account);
    await store.commit('create-authority', { authority, tags: [] });
    const { items, total } = await store.authorities.slice(account, wanted);
    assert.equal(total, 1);
    assert.deepEqual(items, [await store.authorities.get(account, authority.id)]);
  });

  it('answers many at once, each its own', async () => {
    const totals = await Promise.all([
      store.authorities.slice(account, wanted),
      store.issued.slice(account, wanted),
      store.authorities.slice(accountId('444455556666'), wanted),
    ]);
    assert.deepEqual(
      totals.map(({ total }) => total),
      [1, 0, 0],
    );
  });

  it('says that it stopped to those who wait when it is closed, and to those who come later', async () => {
    const reader = startLongReader(file);
    const asked = reader.ask('issued.count', account);
    const gone = (cause: unknown) => cause instanceof Fault && cause.kind === 'unavailable';
    await Promise.all([assert.rejects(asked, gone), reader.close()]);
    await assert.rejects(reader.ask('issued.count', account), gone);
  });

  it('says so when its file cannot be read', async () => {
    const reader = startLongReader(join(folder, 'not-there', 'chancery.db'));
    await assert.rejects(
      reader.ask('issued.count', account),
      (cause) => cause instanceof Fault && cause.kind === 'unavailable',
    );
    await reader.close();
  });
});
