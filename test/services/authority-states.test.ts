/** What may be done to an authority in which state, and what it is afterwards. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Caller } from '../../src/core/account.ts';
import { type Authority, type AuthorityStatus, statusOf } from '../../src/core/authority.ts';
import { region } from '../../src/core/ids.ts';
import { deleteAuthority } from '../../src/services/delete-authority.ts';
import { findAuthority } from '../../src/services/find-authority.ts';
import { restoreAuthority } from '../../src/services/restore-authority.ts';
import { updateAuthority } from '../../src/services/update-authority.ts';
import { rejectsWith } from './expect-fault.ts';
import { day, openPlace, type Place } from './world.ts';
import { aRoot, certification, noSuch, pendingOne, term } from './wishes.ts';

const statuses = ['pending', 'active', 'disabled', 'expired', 'deleted'] as const;
type Status = (typeof statuses)[number];

describe('the states of an authority', () => {
  let at: Place;
  let caller: Caller;
  before(async () => {
    at = await openPlace();
  });
  beforeEach(async () => {
    caller = await at.newcomer();
  });
  after(() => at.close());

  const remove = (id: Authority['id'], from: readonly AuthorityStatus[], purge: readonly AuthorityStatus[] = []) =>
    deleteAuthority(at, caller, { id, from, purge, restorableDays: 7 });
  const disable = (id: Authority['id']) => updateAuthority(at, caller, { id, from: ['active'], state: 'disabled' });
  const now = async (id: Authority['id']) => {
    const authority = await findAuthority(at, caller, id);
    return { ...authority, status: statusOf(authority, at.clock.now()) };
  };

  const makers: Readonly<Record<Status, () => Promise<Authority>>> = {
    pending: () => pendingOne(at, caller),
    active: () => aRoot(at, caller),
    disabled: async () => {
      const one = await aRoot(at, caller);
      await disable(one.id);
      return one;
    },
    expired: async () => {
      const one = await aRoot(at, caller, { sign: certification({ term: term('hours', 1) }) });
      at.clock.advance(3_600_001);
      return one;
    },
    deleted: async () => {
      const one = await makers.disabled();
      await remove(one.id, ['disabled']);
      return one;
    },
  };

  describe('a change', () => {
    for (const status of statuses) {
      const others = statuses.filter((other) => other !== status);
      it(`that wants ${status} finds it, and refuses every other`, async () => {
        const { id } = await makers[status]();
        const { version } = await now(id);
        const vendor = { huawei: { enterpriseProject: 'p' } };
        await rejectsWith(updateAuthority(at, caller, { id, from: others, vendor }), 'wrong-state', { reason: status });
        await rejectsWith(remove(id, others), 'wrong-state', { reason: status });
        assert.equal((await now(id)).version, version);
        await updateAuthority(at, caller, { id, from: [status], vendor });
        assert.equal((await now(id)).version, version + 1);
      });
    }
    it('disables and enables', async () => {
      const { id } = await aRoot(at, caller);
      await disable(id);
      assert.equal((await now(id)).status, 'disabled');
      await updateAuthority(at, caller, { id, from: ['disabled'], state: 'active' });
      assert.equal((await now(id)).status, 'active');
    });
    it('of one vendor’s fields leaves the other’s, also when two come at once', async () => {
      const { id } = await aRoot(at, caller, { vendor: { huawei: { pathLength: 3 } } });
      await Promise.all([
        updateAuthority(at, caller, { id, from: ['active'], vendor: { aws: { keyStorageStandard: 'one' } } }),
        updateAuthority(at, caller, {
          id,
          from: ['active'],
          vendor: (stored) => ({ huawei: { ...stored.huawei, enterpriseProject: 'p' } }),
        }),
      ]);
      const { vendor } = await now(id);
      assert.deepEqual(vendor, {
        aws: { keyStorageStandard: 'one' },
        huawei: { pathLength: 3, enterpriseProject: 'p' },
      });
    });
    it('is not found in another region or another account, or when there is none', async () => {
      const { id } = await aRoot(at, caller);
      const stranger = await at.newcomer();
      const wanted = { from: statuses, purge: [], restorableDays: 7, region: region('eu-west-1') } as const;
      for (const change of [updateAuthority, deleteAuthority, restoreAuthority]) {
        await rejectsWith(change(at, caller, { ...wanted, id }), 'not-found');
        await rejectsWith(change(at, stranger, { ...wanted, id, region: caller.region }), 'not-found');
        await rejectsWith(change(at, caller, { ...wanted, id: noSuch.authority, region: caller.region }), 'not-found');
      }
      assert.equal((await now(id)).version, 1);
    });
  });

  describe('a deletion', () => {
    for (const status of ['pending', 'disabled', 'expired'] as const)
      it(`of one that is ${status} can be taken back while its period lasts`, async () => {
        const { id } = await makers[status]();
        const restorableUntil = at.clock.now() + 7 * day;
        await remove(id, [status]);
        assert.deepEqual((await now(id)).state, { kind: 'deleted', before: status, restorableUntil });
        at.clock.advance(7 * day - 1);
        await restoreAuthority(at, caller, { id });
        assert.equal((await now(id)).status, status);
      });
    it('of an active one is refused even where it is wanted: it comes after disabling', async () => {
      const { id } = await makers.active();
      await rejectsWith(remove(id, ['active']), 'wrong-state', { reason: 'active' });
      assert.equal((await now(id)).status, 'active');
    });
    it('of a deleted one is refused', async () => {
      const { id } = await makers.deleted();
      await rejectsWith(remove(id, ['deleted']), 'wrong-state', { reason: 'deleted' });
    });
    it('is for good at once where its status says so, with the key', async () => {
      const { id, key } = await makers.pending();
      assert.ok(key && (await at.store.keys.get(caller.account, key)));
      await remove(id, ['pending'], ['pending']);
      await rejectsWith(now(id), 'not-found');
      assert.equal(await at.store.keys.get(caller.account, key), undefined);
    });
    it('of what has a certificate keeps key and certificate until it is restored', async () => {
      const { id, key } = await makers.deleted();
      const { certificate } = await now(id);
      assert.ok(certificate && key && (await at.store.keys.get(caller.account, key)));
    });
  });

  describe('a restoration', () => {
    it('is too late at the end of the period', async () => {
      const { id } = await makers.deleted();
      at.clock.advance(7 * day);
      await rejectsWith(restoreAuthority(at, caller, { id }), 'not-found', { what: 'authority' });
    });
    for (const status of statuses.filter((one) => one !== 'deleted'))
      it(`of one that is ${status} is refused`, async () => {
        const { id } = await makers[status]();
        await rejectsWith(restoreAuthority(at, caller, { id }), 'wrong-state', { reason: status });
      });
    it('two at once are one restoration', async () => {
      const { id } = await makers.deleted();
      const both = await Promise.allSettled([
        restoreAuthority(at, caller, { id }),
        restoreAuthority(at, caller, { id }),
      ]);
      assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      assert.equal((await now(id)).status, 'disabled');
    });
  });
});
