import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AccessKeys } from '../../src/wire/access-keys.ts';
import { aKey, anAccount, keyRing } from './a-key.ts';

const id = aKey().id;

describe('the cache of access keys', () => {
  it('reads a key once while it is fresh, however many ask', async () => {
    const { accessKeys, seen } = keyRing();
    const [one, other] = await Promise.all([accessKeys.find(id), accessKeys.find(id)]);
    assert.equal(one, other);
    assert.ok(!(accessKeys.find(id) instanceof Promise));
    assert.equal(seen.reads, 1);
  });

  it('sees within a second that another server disabled the key', async () => {
    const { accessKeys, stored, clock } = keyRing();
    await accessKeys.find(id);
    stored.set(id, aKey({ disabled: true }));
    clock.time += 1000;
    const open = await accessKeys.find(id);
    assert.ok(open !== undefined && !accessKeys.isUsable(open));
  });

  it('keeps what was derived while the secret is the same, and wipes it when the secret changes', async () => {
    const { accessKeys, stored, clock, seen } = keyRing();
    const first = await accessKeys.find(id);
    first?.derived.set('scope', Buffer.from('derived'));
    clock.time += 1000;
    assert.equal((await accessKeys.find(id))?.derived, first?.derived);
    assert.equal(seen.opened.length, 1);
    stored.set(id, aKey({ sealedSecret: Buffer.from('another secret') }));
    clock.time += 1000;
    const second = await accessKeys.find(id);
    assert.equal(Buffer.from(second?.secret ?? '').toString(), 'another secret');
    assert.equal(second?.derived.size, 0);
    assert.ok(seen.opened[0]?.every((octet) => octet === 0));
  });

  it('remembers that an id is unknown for as long, and never asks the store about an impossible one', async () => {
    const { accessKeys, stored, clock, seen } = keyRing();
    stored.clear();
    assert.equal(await accessKeys.find(id), undefined);
    assert.equal(await accessKeys.find(id), undefined);
    assert.equal(await accessKeys.find("x' or 1=1"), undefined);
    assert.equal(seen.reads, 1);
    stored.set(id, aKey());
    clock.time += 1000;
    assert.equal((await accessKeys.find(id))?.key.id, id);
  });

  it('lets nobody in when the store does not answer, and asks again the next time', async () => {
    let isDown = true;
    const accessKeys = new AccessKeys({
      accounts: {
        accessKey: async () => (isDown ? Promise.reject(new Error('down')) : aKey()),
        get: async () => anAccount,
      },
      openSecret: ({ sealedSecret }) => sealedSecret,
      clock: { now: () => 0 },
      onUse: () => {},
    });
    await assert.rejects(async () => accessKeys.find(id), /down/);
    isDown = false;
    assert.equal((await accessKeys.find(id))?.key.id, id);
  });

  it('does not grow without end', async () => {
    const { seen, clock } = keyRing();
    const accessKeys = new AccessKeys(
      {
        accounts: { accessKey: async () => (seen.reads++, undefined), get: async () => anAccount },
        openSecret: () => Buffer.alloc(0),
        clock,
        onUse: () => {},
      },
      { limit: 3 },
    );
    for (const last of ['1', '2', '3', '4', '1', '4']) await accessKeys.find(`AKIAUNKNOWNUNKNOW${last}`);
    assert.equal(seen.reads, 5);
  });
});
