import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Caller } from '../../src/core/account.ts';
import { activateAuthority } from '../../src/services/activate-authority.ts';
import { findAuthority } from '../../src/services/find-authority.ts';
import { issueCertificate } from '../../src/services/issue-certificate.ts';
import { updateAuthority } from '../../src/services/update-authority.ts';
import type { World } from '../../src/services/world.ts';
import { rejectsWith } from './expect-fault.ts';
import { afterSigning, openPlace, type Place } from './world.ts';
import { aRoot, certification, issueWish, noSuch, pendingOne, rowsOf, term } from './wishes.ts';

describe('activating an authority', () => {
  let at: Place;
  let caller: Caller;
  before(async () => {
    at = await openPlace();
  });
  beforeEach(async () => {
    caller = await at.newcomer();
  });
  after(() => at.close());

  it('signs a pending subordinate, which then issues; its vendor’s fields change in the same commit', async () => {
    const { id: issuer, certificate: above } = await aRoot(at, caller);
    const { id, version } = await pendingOne(at, caller, {
      type: 'subordinate',
      vendor: { huawei: { pathLength: 3 } },
    });
    await activateAuthority(at, caller, id, certification({ issuer, pathLength: 0 }), { huawei: { pathLength: 0 } });
    const active = await findAuthority(at, caller, id);
    assert.equal(active.state.kind, 'active');
    assert.equal(active.version, version + 1);
    assert.equal(active.certificate?.issuer, issuer);
    assert.deepEqual(active.vendor, { huawei: { pathLength: 0 } });
    assert.ok(above && new X509Certificate(active.certificate.der).verify(new X509Certificate(above.der).publicKey));
    await issueCertificate(at, caller, issueWish(id));
    assert.equal(await at.store.issued.count(caller.account), 3);
    assert.deepEqual(at.audited.at(-2), { verb: 'issued', what: 'authority', id });
  });
  it('lets a pending root sign itself', async () => {
    const { id } = await pendingOne(at, caller);
    await activateAuthority(at, caller, id, certification());
    assert.equal((await findAuthority(at, caller, id)).state.kind, 'active');
  });

  describe('is refused, leaves it pending and signs nothing that is kept:', () => {
    async function refused(type: 'root' | 'subordinate', sign: ReturnType<typeof certification>, ...fault: Expected) {
      const { id } = await pendingOne(at, caller, { type });
      const before = await rowsOf(at, caller);
      await rejectsWith(activateAuthority(at, caller, id, sign), ...fault);
      const { state, certificate, version } = await findAuthority(at, caller, id);
      assert.deepEqual([state.kind, certificate, version], ['pending', undefined, 1]);
      assert.deepEqual(await rowsOf(at, caller), before);
    }
    type Expected = Parameters<typeof rejectsWith> extends [unknown, ...infer Rest] ? Rest : never;

    it('a root below another', async () => {
      const { id: issuer } = await aRoot(at, caller);
      await refused('root', certification({ issuer }), 'invalid', { reason: 'root' });
    });
    it('a subordinate by itself', () => refused('subordinate', certification(), 'invalid', { reason: 'subordinate' }));
    it('below nobody, or another account’s', async () => {
      const foreign = await aRoot(at, await at.newcomer());
      for (const issuer of [noSuch.authority, foreign.id])
        await refused('subordinate', certification({ issuer }), 'not-found', { what: 'authority' });
    });
    it('below a path length of 0', async () => {
      const { id: issuer } = await aRoot(at, caller, { sign: certification({ pathLength: 0 }) });
      await refused('subordinate', certification({ issuer, pathLength: 0 }), 'invalid', { reason: 'path-length' });
    });
    it('beyond the issuer’s end', async () => {
      const { id: issuer } = await aRoot(at, caller);
      const sign = certification({ issuer, term: term('years', 11) });
      await refused('subordinate', sign, 'invalid', { what: 'validity', reason: 'beyond-issuer' });
    });
    it('for longer than a short-lived issuer allows', async () => {
      const { id: issuer } = await aRoot(at, caller, { usageMode: 'short-lived' });
      const sign = certification({ issuer, term: term('days', 8) });
      await refused('subordinate', sign, 'invalid', { what: 'validity', reason: 'short-lived' });
    });
    it('below an expired issuer', async () => {
      const { id: issuer } = await aRoot(at, caller, { sign: certification({ term: term('hours', 1) }) });
      at.clock.advance(2 * 3_600_000);
      await refused('subordinate', certification({ issuer }), 'wrong-state', { reason: 'expired' });
    });
    it('without keyCertSign', async () => {
      const { id: issuer } = await aRoot(at, caller);
      await refused('subordinate', certification({ issuer, keyUsages: ['cRLSign'] }), 'invalid', { what: 'key usage' });
    });
  });

  it('is refused for an authority that is active or not there, also another account’s', async () => {
    const { id: issuer } = await aRoot(at, caller);
    const { id: active } = await aRoot(at, caller);
    const { id: foreign } = await pendingOne(at, await at.newcomer(), { type: 'subordinate' });
    const sign = certification({ issuer });
    await rejectsWith(activateAuthority(at, caller, active, sign), 'wrong-state', { reason: 'active' });
    await rejectsWith(activateAuthority(at, caller, noSuch.authority, sign), 'not-found');
    await rejectsWith(activateAuthority(at, caller, foreign, sign), 'not-found');
  });
  it('two at once give one certificate', async () => {
    const { id: issuer } = await aRoot(at, caller);
    const { id } = await pendingOne(at, caller, { type: 'subordinate' });
    const both = await Promise.allSettled([
      activateAuthority(at, caller, id, certification({ issuer })),
      activateAuthority(at, caller, id, certification({ issuer })),
    ]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal(await at.store.issued.count(caller.account), 2);
  });
  it('is refused when the issuer is disabled between the signature and the commit', async () => {
    const { id: issuer } = await aRoot(at, caller);
    const { id } = await pendingOne(at, caller, { type: 'subordinate' });
    const wanted = { id: issuer, from: ['active'], state: 'disabled' } as const;
    const world = afterSigning<World>(at, () => updateAuthority(at, caller, wanted));
    await rejectsWith(activateAuthority(world, caller, id, certification({ issuer })), 'wrong-state', {
      reason: 'disabled',
    });
    assert.equal((await findAuthority(at, caller, id)).state.kind, 'pending');
    assert.equal(await at.store.issued.count(caller.account), 1);
  });
});
