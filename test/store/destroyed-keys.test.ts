/** A key that was destroyed is in none of the files that the server keeps: not in free space, not in the log. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { poolAccount } from '../../src/core/commands.ts';
import type { SealedKey } from '../../src/core/key.ts';
import { type OpenedStore, openStore } from '../../src/store/open.ts';
import { startLongReader } from '../../src/workers/long-reader-client.ts';
import { startWriter } from '../../src/workers/writer-client.ts';
import { aManaged, anAccountId, aSealedKey, now, octets, pendingAuthority } from '../contracts/store-builders.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Some beside each other in a page, one of a size that goes into pages of its own. */
const sizes = [90, 200, 2_600, 9_000];

/** Authorities, certificates with keys and ready keys, half of each destroyed. */
async function destroyHalf(store: OpenedStore) {
  const account = anAccountId();
  const keys = (of = account) =>
    sizes.flatMap((size) => [0, 1].map(() => aSealedKey(of, { sealedPrivateKey: octets(size) })));
  const [kept, gone]: [SealedKey[], SealedKey[]] = [[], []];
  const sort = (key: SealedKey, at: number) => (at % 2 === 0 ? kept : gone).push(key);
  const purges: (() => Promise<unknown>)[] = [];
  for (const [at, key] of keys().entries()) {
    const authority = pendingAuthority(account, { key: key.id });
    await store.commit('create-authority', { authority, key, tags: [] });
    sort(key, at);
    const { id, version } = authority;
    if (at % 2 === 1) purges.push(() => store.commit('purge-authority', { account, id, version, now }));
  }
  for (const [at, key] of keys().entries()) {
    const certificate = aManaged(account, { key: key.id });
    await store.commit('create-managed', { certificate, key, tags: [] });
    sort(key, at);
    if (at % 2 === 1) purges.push(() => store.commit('delete-managed', { account, id: certificate.id }));
  }
  const ready = keys(poolAccount);
  await store.commit('fill-key-pool', { keys: ready });
  for (const _ of ready) {
    const taken = await store.commit('take-pool-key', { algorithm: 'P-256' });
    if (taken !== undefined) gone.push(taken);
  }
  await Promise.all(purges.map((purge) => purge()));
  return { kept, gone };
}

/** How many of the keys are seen in any of the files, by any part of theirs. */
function seen(folder: string, keys: readonly SealedKey[]): number {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  const isSeen = ({ sealedPrivateKey: sealed, wrappedDataKey: wrapped }: SealedKey) =>
    [sealed.subarray(0, 16), sealed.subarray(40, 56), sealed.subarray(-16), wrapped.subarray(0, 16)].some((part) =>
      files.some((file) => file.includes(part)),
    );
  return keys.filter(isSeen).length;
}

describe('a destroyed key', () => {
  it('is gone from file and log as soon as the log was emptied, the others are not', async (t) => {
    const folder = temporaryFolder(t);
    const store = await openStore({ url: `sqlite:${join(folder, 'chancery.sqlite')}` });
    const { kept, gone } = await destroyHalf(store);
    assert.deepEqual([seen(folder, kept), seen(folder, gone)], [8, 0]);
    for (const { account, id } of kept) assert.ok(await store.keys.get(account, id));
    await store.close();
    assert.deepEqual([seen(folder, kept), seen(folder, gone)], [8, 0]);
  });

  it('is gone when a server closes its store, with the log itself', async (t) => {
    const folder = temporaryFolder(t);
    const store = await openStore({ url: `sqlite:${join(folder, 'chancery.sqlite')}`, startWriter, startLongReader });
    const { kept, gone } = await destroyHalf(store);
    await store.issued.count(anAccountId());
    await store.close();
    assert.deepEqual(readdirSync(folder).sort(), ['chancery.lock', 'chancery.sqlite']);
    assert.deepEqual([seen(folder, kept), seen(folder, gone)], [8, 0]);
  });

  it('is gone after the next start, when the server was killed before it emptied the log', async (t) => {
    const folder = temporaryFolder(t);
    const file = join(folder, 'chancery.sqlite');
    const store = await openStore({ url: `sqlite:${file}` });
    const other = new DatabaseSync(file, { readOnly: true });
    const { gone } = await destroyHalf(store);
    await store.close();
    other.close(); // the last, and it cannot write: the log stays, as after a kill
    await (await openStore({ url: `sqlite:${file}` })).close();
    assert.equal(seen(folder, gone), 0);
  });

  it('is destroyed without waiting for a long read, and is gone from the log after it', async (t) => {
    const folder = temporaryFolder(t);
    const file = join(folder, 'chancery.sqlite');
    const store = await openStore({ url: `sqlite:${file}`, startWriter });
    const reading = new DatabaseSync(file, { readOnly: true });
    reading.exec('begin; select count(*) from keys');
    reading.prepare('select count(*) from keys').get();
    const { kept, gone } = await destroyHalf(store);
    assert.ok(seen(folder, gone) > 0, 'the read still needs what the log has');
    reading.exec('commit');
    for (let tries = 0; tries < 200 && seen(folder, gone) > 0; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.deepEqual([seen(folder, kept), seen(folder, gone)], [8, 0]);
    reading.close();
    await store.close();
  });
});
