import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { openStore } from '../../src/store/open.ts';
import { startWriter } from '../../src/workers/writer-client.ts';
import { anAccountId, anAuthority, anIssued } from '../contracts/store-builders.ts';
import { isFault } from '../contracts/store-under-test.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

async function aStore(t: TestContext) {
  const sizes: number[] = [];
  const url = `sqlite:${join(temporaryFolder(t), 'chancery.sqlite')}`;
  const store = await openStore({ url, startWriter, onCommit: (size) => sizes.push(size) });
  const authority = anAuthority(anAccountId());
  await store.commit('create-authority', { authority, tags: [] });
  const record = (der?: Uint8Array) =>
    store.commit('record-issued', { certificate: anIssued(authority, der && { der }), authorityVersion: 1 });
  return { store, authority, record, sizes };
}

describe('the writer thread', () => {
  it('commits in groups and says how large they were', async (t) => {
    const { store, record, sizes } = await aStore(t);
    await Promise.all(Array.from({ length: 100 }, () => record()));
    assert.equal(
      sizes.reduce((sum, size) => sum + size),
      101,
    );
    assert.ok(sizes.length < 20, `${sizes.length} commits`);
    await store.close();
  });

  it('splits what is more than a group may hold, and answers all', async (t) => {
    const { store, authority, record, sizes } = await aStore(t);
    await Promise.all(Array.from({ length: 1100 }, () => record()));
    assert.equal(await store.issued.count(authority.account), 1100);
    assert.ok(Math.max(...sizes) <= 512);
    await store.close();
  });

  it('finishes what was submitted before it closes, and refuses what comes after', async (t) => {
    const { store, record } = await aStore(t);
    const last = Promise.all(Array.from({ length: 30 }, () => record()));
    await store.close();
    await last;
    await assert.rejects(record(), isFault('unavailable', 'store'));
  });

  it('keeps octets that are a view of a larger memory', async (t) => {
    const { store, authority, record } = await aStore(t);
    await record(Buffer.from('a small view of a pool'));
    const sort = { key: 'createdAt', descending: true } as const;
    const { items } = await store.issued.slice(authority.account, { sort, offset: 0, limit: 1, now: 0 });
    const [line] = items;
    assert.ok(line);
    const kept = await store.issued.get(authority.account, line.certificate.serial);
    assert.equal(Buffer.from(kept?.der ?? []).toString(), 'a small view of a pool');
    await store.close();
  });

  it('rejects what cannot be sent or stored, and goes on', async (t) => {
    const { store, record } = await aStore(t);
    // As from a caller without types: a symbol that no message carries, a setting that is no text.
    const symbol = JSON.parse('{}', () => Symbol('no id'));
    const used = [{ account: anAccountId(), id: symbol, at: 1 }];
    await assert.rejects(store.commit('touch-access-keys', { used }), /could not be cloned/);
    const value = JSON.parse('true');
    await assert.rejects(store.commit('put-setting', { name: 'x', value }), /cannot store a value of type boolean/);
    await record();
    await store.close();
  });
});
