import assert from 'node:assert/strict';
import { it } from 'node:test';
import { tagsPerResource } from '../../src/core/tag.ts';
import { anAccountId, anAuthority, aSealedKey } from './store-builders.ts';
import { isFault, type StoreUnderTest } from './store-under-test.ts';

export function keysAndTagsContract(on: StoreUnderTest): void {
  it('hands each ready key out once, also to takers that race', async () => {
    const pool = anAccountId();
    const keys = Array.from({ length: 5 }, () => aSealedKey(pool, { algorithm: 'RSA-3072' }));
    await on.store.commit('fill-key-pool', { keys: keys.slice(0, 3) });
    await on.store.commit('fill-key-pool', { keys: keys.slice(3) });
    assert.equal((await on.store.keys.poolSizes()).get('RSA-3072'), 5);
    const taken = await Promise.all(keys.map(() => on.store.commit('take-pool-key', { algorithm: 'RSA-3072' })));
    const ids = (some: readonly ({ id: string } | undefined)[]) => some.map((key) => key?.id ?? 'none').sort();
    assert.deepEqual(ids(taken), ids(keys));
    assert.deepEqual(
      taken[0],
      keys.find(({ id }) => id === taken[0]?.id),
    );
    assert.equal(await on.store.commit('take-pool-key', { algorithm: 'RSA-3072' }), undefined);
    assert.equal((await on.store.keys.poolSizes()).get('RSA-3072') ?? 0, 0);
  });

  it('takes no key of another algorithm from the pool', async () => {
    await on.store.commit('fill-key-pool', { keys: [aSealedKey(anAccountId(), { algorithm: 'P-521' })] });
    assert.equal(await on.store.commit('take-pool-key', { algorithm: 'P-384' }), undefined);
    assert.ok(await on.store.commit('take-pool-key', { algorithm: 'P-521' }));
  });

  it('adds, replaces and removes tags, by key or by key and value, of the own account', async () => {
    const { account, id } = anAuthority(anAccountId());
    const resource = { kind: 'authority', id } as const;
    const tags = [
      { key: 'ä', value: '' },
      { key: 'a', value: '1' },
      { key: 'B', value: '2' },
    ];
    await on.store.commit('put-tags', { account, resource, tags });
    await on.store.commit('put-tags', { account, resource, tags: [{ key: 'a', value: '3' }] });
    const other = anAccountId();
    assert.deepEqual(await on.store.tags.of(other, resource), []);
    await on.store.commit('remove-tags', { account: other, resource, tags: [{ key: 'a' }] });
    await on.store.commit('remove-tags', { account, resource, tags: [{ key: 'a', value: '1' }, { key: 'unknown' }] });
    const left = await on.store.tags.of(account, resource);
    assert.deepEqual(left, [tags[2], { key: 'a', value: '3' }, tags[0]]);
    await on.store.commit('remove-tags', { account, resource, tags: [{ key: 'a', value: '3' }, { key: 'B' }] });
    assert.deepEqual(await on.store.tags.of(account, resource), [tags[0]]);
  });

  it('allows 50 tags on a resource and keeps none of a wish that goes beyond, also in a race', async () => {
    const { account, id } = anAuthority(anAccountId());
    const resource = { kind: 'authority', id } as const;
    const some = (from: number, count: number) =>
      Array.from({ length: count }, (_none, at) => ({ key: `k${from + at}`, value: '' }));
    await on.store.commit('put-tags', { account, resource, tags: some(0, 45) });
    const wishes = [some(100, 4), some(200, 4)].map((tags) => on.store.commit('put-tags', { account, resource, tags }));
    const outcomes = await Promise.allSettled(wishes);
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal((await on.store.tags.of(account, resource)).length, 49);
    const beyond = { account, resource, tags: some(300, 2) };
    await assert.rejects(on.store.commit('put-tags', beyond), isFault('limit', 'authority'));
    await on.store.commit('put-tags', { account, resource, tags: some(300, 1) });
    assert.equal((await on.store.tags.of(account, resource)).length, tagsPerResource);
  });

  it('answers that it can read and write', async () => {
    await on.store.check();
  });
}
