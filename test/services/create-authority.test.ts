import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Caller } from '../../src/core/account.ts';
import { Fault } from '../../src/core/fault.ts';
import type { World } from '../../src/services/world.ts';
import { createAuthority } from '../../src/services/create-authority.ts';
import { deleteAuthority } from '../../src/services/delete-authority.ts';
import { findAuthority } from '../../src/services/find-authority.ts';
import { updateAuthority } from '../../src/services/update-authority.ts';
import { readCsr } from '../../src/x509/csr.ts';
import { rejectsWith } from './expect-fault.ts';
import { afterSigning, day, openPlace, type Place, watchingKeys } from './world.ts';
import { aRoot, aSubordinate, authorityWish, certification, named, noSuch, rowsOf, term } from './wishes.ts';

describe('creating an authority', () => {
  let at: Place;
  let caller: Caller;
  before(async () => {
    at = await openPlace();
  });
  beforeEach(async () => {
    caller = await at.newcomer();
  });
  after(() => at.close());

  /** Refused, and no authority, certificate or key of it is there. */
  async function leavesNothing(from: World, wish: ReturnType<typeof authorityWish>, ...refusal: Refusal) {
    const before = await rowsOf(at, caller);
    const { world, made } = watchingKeys(from);
    await rejectsWith(createAuthority(world, caller, wish), ...refusal);
    assert.deepEqual(await rowsOf(at, caller), before);
    for (const { id } of made) assert.equal(await at.store.keys.get(caller.account, id), undefined);
  }
  type Refusal = [kind: Fault['kind'], about?: { what?: string; reason?: string }];

  it('leaves it pending, with its key in the vault and a CSR of that key', async () => {
    const tags = [{ key: 'team', value: 'pki' }];
    const id = await createAuthority(at, caller, authorityWish({ tags }));
    const { certificate, csr, key, state, version } = await findAuthority(at, caller, id);
    assert.deepEqual([state.kind, certificate, version], ['pending', undefined, 1]);
    const sealed = key && (await at.store.keys.get(caller.account, key));
    assert.deepEqual(readCsr(csr).publicKey.spki, sealed?.publicKey);
    assert.deepEqual(readCsr(csr).subject, named('Test Authority'));
    assert.deepEqual(await at.store.tags.of(caller.account, { kind: 'authority', id }), tags);
    assert.equal(await at.store.issued.count(caller.account), 0);
  });

  it('signs a root by itself in the same step', async () => {
    const { certificate, id, state } = await aRoot(at, caller, { sign: certification({ pathLength: 2 }) });
    assert.equal(state.kind, 'active');
    assert.ok(certificate);
    const read = new X509Certificate(certificate.der);
    assert.ok(read.verify(read.publicKey) && read.ca);
    assert.deepEqual([certificate.chain, certificate.issuer, certificate.pathLength], [[], undefined, 2]);
    const row = await at.store.issued.get(caller.account, certificate.serial as never); // signed here: 32 digits
    assert.deepEqual([row?.authority, row?.isAuthority], [id, true]);
  });

  it('signs a subordinate by its issuer in the same step, with the chain up to the root', async () => {
    const root = await aRoot(at, caller, { sign: certification({ pathLength: 1 }) });
    const { certificate, state } = await aSubordinate(at, caller, root.id);
    assert.ok(certificate && root.certificate);
    assert.deepEqual([state.kind, certificate.issuer, certificate.pathLength], ['active', root.id, 0]);
    assert.deepEqual(certificate.chain, [root.certificate.der]);
    assert.ok(new X509Certificate(certificate.der).verify(new X509Certificate(root.certificate.der).publicKey));
    const row = await at.store.issued.get(caller.account, certificate.serial as never); // signed here: 32 digits
    assert.equal(row?.authority, root.id);
  });

  describe('stores nothing', () => {
    it('when the signer fails', async () => {
      const broken = {
        ...at,
        signer: { ...at.signer, signCsr: at.signer.signCsr.bind(at.signer), issueWith: stopped },
      };
      await leavesNothing(broken, authorityWish({ sign: certification() }), 'unavailable');
    });
    it('without keyCertSign, for itself or in its certificate', async () => {
      await leavesNothing(at, authorityWish({ keyUsages: ['cRLSign'] }), 'invalid', { reason: 'no-cert-sign' });
      const sign = certification({ keyUsages: ['digitalSignature'] });
      await leavesNothing(at, authorityWish({ sign }), 'invalid', { reason: 'no-cert-sign' });
    });
    it('with a signature of another family than its key, or than its issuer’s', async () => {
      await leavesNothing(at, authorityWish({ signatureAlgorithm: 'SHA256-RSA' }), 'mismatch');
      const { id } = await aRoot(at, caller);
      for (const issuer of [undefined, id]) {
        const sign = certification({ issuer, signatureAlgorithm: 'SHA256-RSA' });
        const type = issuer === undefined ? 'root' : 'subordinate';
        await leavesNothing(at, authorityWish({ type, sign }), 'mismatch', { what: 'signature algorithm' });
      }
    });
    it('below an issuer that is not there, or another account’s', async () => {
      const foreign = await aRoot(at, await at.newcomer());
      for (const issuer of [noSuch.authority, foreign.id]) {
        const sign = certification({ issuer });
        await leavesNothing(at, authorityWish({ type: 'subordinate', sign }), 'not-found', { what: 'authority' });
      }
    });
    it('below an issuer that is pending or disabled', async () => {
      const pending = await createAuthority(at, caller, authorityWish());
      const { id: disabled } = await aRoot(at, caller);
      await updateAuthority(at, caller, { id: disabled, from: ['active'], state: 'disabled' });
      for (const [issuer, reason] of [
        [pending, 'pending'],
        [disabled, 'disabled'],
      ] as const) {
        const sign = certification({ issuer });
        await leavesNothing(at, authorityWish({ type: 'subordinate', sign }), 'wrong-state', { reason });
      }
    });
    it('beyond its issuer’s path length: RFC 5280 §4.2.1.9', async () => {
      const root = await aRoot(at, caller, { sign: certification({ pathLength: 1 }) });
      for (const pathLength of [1, 2, undefined]) {
        const sign = certification({ issuer: root.id, pathLength });
        await leavesNothing(at, authorityWish({ type: 'subordinate', sign }), 'invalid', { reason: 'path-length' });
      }
    });
    it('beyond its issuer’s end', async () => {
      const root = await aRoot(at, caller);
      const sign = certification({ issuer: root.id, term: term('years', 11) });
      await leavesNothing(at, authorityWish({ type: 'subordinate', sign }), 'invalid', { reason: 'beyond-issuer' });
    });
    it('below a short-lived authority for longer than seven days', async () => {
      const root = await aRoot(at, caller, { usageMode: 'short-lived' });
      const wish = (sign: ReturnType<typeof certification>) => authorityWish({ type: 'subordinate', sign });
      const long = certification({ issuer: root.id, term: term('hours', 7 * 24 + 1) });
      await leavesNothing(at, wish(long), 'invalid', { what: 'validity', reason: 'short-lived' });
      await createAuthority(at, caller, wish(certification({ issuer: root.id, term: term('days', 7) })));
    });
    it('when it ends before it begins or is past', async () => {
      const past = { wish: { unit: 'until', at: at.clock.now() - day }, backdateMs: 30 * day } as const;
      const sign = certification({ term: past });
      await leavesNothing(at, authorityWish({ sign }), 'invalid', { what: 'validity', reason: 'past' });
    });
    it('as a subordinate that would sign itself, or a root that another would sign', async () => {
      const orphan = authorityWish({ type: 'subordinate', sign: certification() });
      await leavesNothing(at, orphan, 'invalid', { what: 'authority' });
      const { id: issuer } = await aRoot(at, caller);
      const adopted = authorityWish({ type: 'root', sign: certification({ issuer }) });
      await leavesNothing(at, adopted, 'invalid', { what: 'authority', reason: 'root' });
    });
    it('when its issuer is disabled between the signature and the commit', async () => {
      const { id } = await aRoot(at, caller);
      const world = afterSigning<World>(at, () =>
        updateAuthority(at, caller, { id, from: ['active'], state: 'disabled' }),
      );
      const sign = certification({ issuer: id });
      await leavesNothing(world, authorityWish({ type: 'subordinate', sign }), 'wrong-state', { reason: 'disabled' });
    });
  });

  describe('again with the same token', () => {
    const repeatable = { scope: 'create', token: 'token', digest: 'ab'.repeat(32), windowMs: 300_000 };
    it('gives the same authority while the window is open, and another one after it', async () => {
      const first = await createAuthority(at, caller, authorityWish({ repeatable }));
      at.clock.advance(299_000);
      assert.equal(await createAuthority(at, caller, authorityWish({ repeatable })), first);
      at.clock.advance(2_000);
      assert.notEqual(await createAuthority(at, caller, authorityWish({ repeatable })), first);
    });
    it('gives another authority for another request, and another account', async () => {
      const first = await createAuthority(at, caller, authorityWish({ repeatable }));
      const other = { ...repeatable, digest: 'cd'.repeat(32) };
      assert.notEqual(await createAuthority(at, caller, authorityWish({ repeatable: other })), first);
      assert.notEqual(await createAuthority(at, await at.newcomer(), authorityWish({ repeatable })), first);
    });
    it('two at once give one', async () => {
      const wish = authorityWish({ repeatable, sign: certification() });
      const [one, two] = await Promise.all([createAuthority(at, caller, wish), createAuthority(at, caller, wish)]);
      assert.equal(one, two);
      assert.deepEqual(await rowsOf(at, caller), { issued: 1, authorities: 1, managed: 0 });
    });
    it('gives a new one when the first was removed for good: its id would name nothing', async () => {
      const id = await createAuthority(at, caller, authorityWish({ repeatable }));
      await deleteAuthority(at, caller, { id, from: ['pending'], purge: ['pending'], restorableDays: 0 });
      const again = await createAuthority(at, caller, authorityWish({ repeatable }));
      assert.equal((await findAuthority(at, caller, again)).state.kind, 'pending');
      assert.equal(await createAuthority(at, caller, authorityWish({ repeatable })), again);
    });
  });
});

async function stopped(): Promise<never> {
  throw new Fault('unavailable', 'the signer has stopped');
}
