import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { tagsPerResource } from '../../src/core/tag.ts';
import { createAuthority } from '../../src/services/create-authority.ts';
import { listTags, putTags, removeTags } from '../../src/services/tag-resource.ts';
import { rejectsWith } from './expect-fault.ts';
import { openPlace, type Place } from './world.ts';
import { authorityWish } from './wishes.ts';

describe('the tags of a resource', () => {
  let at: Place;
  before(async () => {
    at = await openPlace();
  });
  after(() => at.close());

  it('are added, replaced, removed by key or by key and value, and are its own account’s', async () => {
    const caller = await at.newcomer();
    const stranger = await at.newcomer();
    const resource = { kind: 'authority', id: await createAuthority(at, caller, authorityWish()) } as const;
    await putTags(at, caller, resource, [
      { key: 'b', value: '1' },
      { key: 'a', value: '1' },
    ]);
    await putTags(at, caller, resource, [{ key: 'b', value: '2' }]);
    assert.deepEqual(await listTags(at, caller, resource), [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ]);
    await removeTags(at, stranger, resource, [{ key: 'a' }]);
    assert.deepEqual(await listTags(at, stranger, resource), []);
    await removeTags(at, caller, resource, [{ key: 'a', value: 'other' }, { key: 'b', value: '2' }, { key: 'none' }]);
    assert.deepEqual(await listTags(at, caller, resource), [{ key: 'a', value: '1' }]);
  });
  it('are 50 at most, and one too many changes nothing', async () => {
    const caller = await at.newcomer();
    const resource = { kind: 'authority', id: await createAuthority(at, caller, authorityWish()) } as const;
    const tags = Array.from({ length: tagsPerResource }, (_, i) => ({ key: `k${i}`, value: 'v' }));
    await putTags(at, caller, resource, tags);
    await rejectsWith(
      putTags(at, caller, resource, [
        { key: 'k0', value: 'w' },
        { key: 'more', value: 'v' },
      ]),
      'limit',
    );
    assert.equal((await listTags(at, caller, resource)).find(({ key }) => key === 'k0')?.value, 'v');
    await putTags(at, caller, resource, [{ key: 'k0', value: 'w' }]);
  });
});
