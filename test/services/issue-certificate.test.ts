import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Caller } from '../../src/core/account.ts';
import type { Authority } from '../../src/core/authority.ts';
import { region } from '../../src/core/ids.ts';
import { activateAuthority } from '../../src/services/activate-authority.ts';
import { deleteAuthority } from '../../src/services/delete-authority.ts';
import { issueCertificate } from '../../src/services/issue-certificate.ts';
import { updateAuthority } from '../../src/services/update-authority.ts';
import type { World } from '../../src/services/world.ts';
import { rejectsWith } from './expect-fault.ts';
import { afterSigning, beginning, day, openPlace, type Place } from './world.ts';
import {
  aRoot,
  aSubordinate,
  authorityProfile,
  certification,
  csrVector,
  issueWish,
  noSuch,
  pendingOne,
  rowsOf,
  term,
} from './wishes.ts';

describe('issuing a certificate for a CSR', () => {
  let at: Place;
  let caller: Caller;
  let root: Authority;
  before(async () => {
    at = await openPlace();
  });
  beforeEach(async () => {
    caller = await at.newcomer();
    root = await aRoot(at, caller);
  });
  after(() => at.close());

  type Fault = Parameters<typeof rejectsWith> extends [unknown, ...infer Rest] ? Rest : never;
  async function refused(more: Partial<ReturnType<typeof issueWish>>, ...fault: Fault): Promise<void> {
    const before = await rowsOf(at, caller);
    await rejectsWith(issueCertificate(at, caller, issueWish(root.id, more)), ...fault);
    assert.deepEqual(await rowsOf(at, caller), before);
  }
  async function issued(more: Partial<ReturnType<typeof issueWish>> = {}) {
    const serial = await issueCertificate(at, caller, issueWish(root.id, more));
    const row = await at.store.issued.get(caller.account, serial);
    assert.ok(row);
    return { serial, row, certificate: new X509Certificate(row.der) };
  }
  const disable = (id = root.id) => updateAuthority(at, caller, { id, from: ['active'], state: 'disabled' });

  it('is durable before its serial number is known, with who asked for what', async () => {
    const { serial, row, certificate } = await issued();
    assert.equal(certificate.serialNumber.toLowerCase(), serial);
    assert.ok(certificate.verify(new X509Certificate(root.certificate?.der ?? '').publicKey));
    const { authority, template, isAuthority, asker, issuedAt } = row;
    assert.deepEqual([authority, template, isAuthority, issuedAt], [root.id, 'leaf', false, at.clock.now()]);
    assert.deepEqual(asker, {
      userName: 'administrator',
      front: 'a-front',
      operation: 'AnOperation',
      requestId: 'a-request',
    });
    assert.deepEqual(at.audited.at(-1), { verb: 'issued', what: 'certificate', id: serial });
  });

  describe('its validity', () => {
    const from = Math.floor(beginning / 1000) * 1000;
    it('ends as counted from the moment of issuing and begins an hour before it', async () => {
      const now = Math.floor(at.clock.now() / 1000) * 1000;
      assert.equal(now, from);
      const { row } = await issued({ term: term('days', 7) });
      assert.deepEqual(row.validity, { notBefore: now - 3_600_000, notAfter: now + 7 * day });
    });
    it('begins where the caller says, and still ends as counted from now', async () => {
      const { row } = await issued({ term: term('days', 7, { notBefore: from + 2 * day }) });
      assert.deepEqual(row.validity, { notBefore: from + 2 * day, notAfter: from + 7 * day });
    });
    it('is counted from the caller’s own start where he says so', async () => {
      const { row } = await issued({ term: term('days', 7, { countFrom: from + day, backdateMs: 0 }) });
      assert.deepEqual(row.validity, { notBefore: from + day, notAfter: from + 8 * day });
    });
    it('is refused when it ends before it begins, in the past, or at this moment', async () => {
      await refused({ term: term('days', 7, { notBefore: from + 7 * day }) }, 'invalid', { reason: 'past' });
      for (const end of [at.clock.now(), at.clock.now() - day]) {
        const past = { wish: { unit: 'until', at: end }, backdateMs: 30 * day } as const;
        await refused({ term: past }, 'invalid', { what: 'validity', reason: 'past' });
      }
    });
    it('is refused beyond the authority’s by a second, and taken to its very end', async () => {
      const end = root.certificate?.validity.notAfter ?? 0;
      const until = (moment: number) => ({ wish: { unit: 'until', at: moment }, backdateMs: 0 }) as const;
      await refused({ term: until(end + 1000) }, 'invalid', { what: 'validity', reason: 'beyond-issuer' });
      assert.equal((await issued({ term: until(end) })).row.validity.notAfter, end);
    });
    it('is seven days at most under a short-lived authority, counted from now whatever its begin', async () => {
      root = await aRoot(at, caller, { usageMode: 'short-lived' });
      await issued({ term: term('days', 7) });
      for (const long of [term('hours', 169), term('days', 8), term('days', 8, { notBefore: from + 2 * day })])
        await refused({ term: long }, 'invalid', { what: 'validity', reason: 'short-lived' });
      await refused({ profile: authorityProfile({ pathLength: 0 }), term: term('days', 8) }, 'invalid', {
        reason: 'short-lived',
      });
    });
  });

  describe('is refused, and nothing is stored,', () => {
    it('by no authority, another account’s, and one of another region', async () => {
      const foreign = await aRoot(at, await at.newcomer());
      for (const authority of [noSuch.authority, foreign.id]) await refused({ authority }, 'not-found');
      await refused({ region: region('eu-west-1') }, 'not-found', { what: 'authority' });
      await issued({ region: caller.region });
    });
    it('by one that is pending, disabled, expired or deleted', async () => {
      const pending = await pendingOne(at, caller);
      await refused({ authority: pending.id }, 'wrong-state', { reason: 'pending' });
      await disable();
      await refused({}, 'wrong-state', { reason: 'disabled' });
      const wanted = { id: root.id, from: ['disabled'], purge: [], restorableDays: 7 } as const;
      await deleteAuthority(at, caller, wanted);
      await refused({}, 'wrong-state', { reason: 'deleted' });
      const { id } = await aRoot(at, caller, { sign: certification({ term: term('hours', 1) }) });
      at.clock.advance(3_600_001);
      await refused({ authority: id, term: term('hours', 1) }, 'wrong-state', { reason: 'expired' });
    });
    it('with an algorithm that the authority’s key cannot make', () =>
      refused({ signatureAlgorithm: 'SHA256-RSA' }, 'mismatch', { what: 'signature algorithm' }));
    it('for a CSR that does not parse, is not signed by its key, or holds a weak key', async () => {
      await refused({ csr: Buffer.from('no CSR') }, 'malformed');
      await refused({ csr: csrVector('broken-signature') }, 'invalid', { reason: 'signature' });
      await refused({ csr: csrVector('rsa1024') }, 'invalid', { reason: 'weak-key' });
    });
    it('for an authority below a path length of 0', async () => {
      const { id: authority } = await aSubordinate(at, caller, root.id, { pathLength: 0 });
      await refused({ authority, profile: authorityProfile({ pathLength: 0 }) }, 'invalid', { reason: 'path-length' });
    });
  });

  it('a leaf whose CSR asks to be an authority is a leaf', async () => {
    const { certificate, row } = await issued({ csr: csrVector('asks-for-ca') });
    assert.deepEqual([certificate.ca, row.isAuthority], [false, false]);
  });

  describe('under a self-signed profile', () => {
    const profile = authorityProfile({ isSelfSigned: true });
    it('certifies the key of a pending root, and of an active one again', async () => {
      const pending = await pendingOne(at, caller);
      const { row } = await issued({ authority: pending.id, profile, csr: pending.csr });
      assert.ok(new X509Certificate(row.der).verify(new X509Certificate(row.der).publicKey));
      assert.deepEqual([row.isAuthority, row.template], [true, 'root']);
      await issued({ profile, csr: root.csr });
    });
    it('refuses any other key: it would mint an authority without limit', async () => {
      const pending = await pendingOne(at, caller);
      await refused({ profile, csr: csrVector('p256') }, 'mismatch', { reason: 'not-own-key' });
      await refused({ profile, csr: pending.csr }, 'mismatch', { reason: 'not-own-key' });
    });
    it('refuses a subordinate', async () => {
      const { id: authority, csr } = await aSubordinate(at, caller, root.id);
      const pending = await pendingOne(at, caller, { type: 'subordinate' });
      for (const wish of [
        { authority, csr },
        { authority: pending.id, csr: pending.csr },
      ])
        await refused({ ...wish, profile }, 'invalid', { what: 'template', reason: 'not-a-root' });
    });
    it('refuses a root that is disabled or deleted', async () => {
      await disable();
      await refused({ profile, csr: root.csr }, 'wrong-state', { reason: 'disabled' });
      await deleteAuthority(at, caller, { id: root.id, from: ['disabled'], purge: [], restorableDays: 7 });
      await refused({ profile, csr: root.csr }, 'wrong-state', { reason: 'deleted' });
    });
  });

  describe('with a token', () => {
    const repeatable = { scope: 'issue', token: 'token', digest: 'ab'.repeat(32), windowMs: 300_000 };
    it('gives the same serial number while the window is open, also when the authority issues no more', async () => {
      const { serial } = await issued({ repeatable });
      assert.equal((await issued({ repeatable })).serial, serial);
      await disable();
      assert.equal((await issued({ repeatable })).serial, serial);
      at.clock.advance(300_001);
      await refused({ repeatable }, 'wrong-state');
    });
    it('gives another for another request, scope or account', async () => {
      const { serial } = await issued({ repeatable });
      const others = [{ digest: 'cd'.repeat(32) }, { scope: 'elsewhere' }, { token: 'another' }];
      const found = new Set([serial]);
      for (const other of others) found.add((await issued({ repeatable: { ...repeatable, ...other } })).serial);
      const stranger = await at.newcomer();
      found.add(await issueCertificate(at, stranger, issueWish((await aRoot(at, stranger)).id, { repeatable })));
      assert.equal(found.size, 5);
    });
    it('asked many times at once is one certificate', async () => {
      const before = await at.store.issued.count(caller.account);
      const serials = await Promise.all(
        Array.from({ length: 8 }, () => issueCertificate(at, caller, issueWish(root.id, { repeatable }))),
      );
      assert.equal(new Set(serials).size, 1);
      assert.equal(await at.store.issued.count(caller.account), before + 1);
      assert.equal((await issued({ repeatable })).serial, serials[0]);
    });
  });

  describe('while its authority changes', () => {
    it('is not stored, tried again and refused when it was disabled between the signature and the commit', async () => {
      const before = await rowsOf(at, caller);
      const world = afterSigning<World>(at, () => disable());
      await rejectsWith(issueCertificate(world, caller, issueWish(root.id)), 'wrong-state', { reason: 'disabled' });
      assert.deepEqual(await rowsOf(at, caller), before);
    });
    it('is signed again under the new version when it still issues', async () => {
      const vendor = { huawei: { enterpriseProject: 'p' } };
      const world = afterSigning<World>(at, () =>
        updateAuthority(at, caller, { id: root.id, from: ['active'], vendor }),
      );
      const before = await at.store.issued.count(caller.account);
      const serial = await issueCertificate(world, caller, issueWish(root.id));
      assert.equal(await at.store.issued.count(caller.account), before + 1);
      assert.ok(await at.store.issued.get(caller.account, serial));
    });
    it('is a conflict when it never stops changing, and nothing is stored', async () => {
      const before = await at.store.issued.count(caller.account);
      const change = () => updateAuthority(at, caller, { id: root.id, from: ['active'], vendor: {} });
      let signatures = 0;
      const signer: World['signer'] = {
        issue: async (...of) => {
          const made = await at.signer.issue(...of);
          signatures += 1;
          await change();
          return made;
        },
        issueWith: (...of) => at.signer.issueWith(...of),
        signCsr: (...of) => at.signer.signCsr(...of),
        forget: (...of) => at.signer.forget(...of),
      };
      await rejectsWith(issueCertificate({ ...at, signer }, caller, issueWish(root.id)), 'conflict');
      assert.equal(signatures, 4);
      assert.equal(await at.store.issued.count(caller.account), before);
    });
    it('of a pending root: it still certifies itself when it was activated meanwhile', async () => {
      const pending = await pendingOne(at, caller);
      const profile = authorityProfile({ isSelfSigned: true });
      const world = afterSigning<World>(at, () => activateAuthority(at, caller, pending.id, certification()));
      const serial = await issueCertificate(world, caller, issueWish(pending.id, { profile, csr: pending.csr }));
      assert.equal((await at.store.issued.get(caller.account, serial))?.authority, pending.id);
    });
  });
});
