import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Caller } from '../../src/core/account.ts';
import type { Authority } from '../../src/core/authority.ts';
import { certify } from '../../src/services/certify-authority.ts';
import { findAuthority } from '../../src/services/find-authority.ts';
import { issueCertificate } from '../../src/services/issue-certificate.ts';
import { issueIntermediate } from '../../src/services/issue-intermediate.ts';
import { requestCertificate } from '../../src/services/request-certificate.ts';
import { updateAuthority } from '../../src/services/update-authority.ts';
import type { World } from '../../src/services/world.ts';
import { rejectsWith } from './expect-fault.ts';
import { afterSigning, openPlace, type Place } from './world.ts';
import { aRoot, certification, csrVector, issueWish, noSuch, pendingOne, requestWish, rowsOf, term } from './wishes.ts';

describe('certifying an authority whose key its owner keeps', () => {
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

  type Wish = Parameters<typeof issueIntermediate>[2];
  const intermediate = (more: Partial<Wish> = {}, world: World = at) =>
    issueIntermediate(world, caller, {
      issuer: root.id,
      csr: csrVector('p256'),
      signatureAlgorithm: 'SHA256-ECDSA',
      term: term('years', 5),
      pathLength: 0,
      keyUsages: ['digitalSignature', 'keyCertSign', 'cRLSign'],
      vendor: {},
      ...more,
    });

  it('signs it with its path length; it is in no list and has no key here', async () => {
    const id = await intermediate({ pathLength: 1 });
    const { certificate, key, state, type } = await findAuthority(at, caller, id);
    assert.deepEqual([state.kind, type, key], ['active', 'subordinate', undefined]);
    assert.ok(certificate && root.certificate);
    const read = new X509Certificate(certificate.der);
    assert.ok(read.ca && read.verify(new X509Certificate(root.certificate.der).publicKey));
    assert.deepEqual([certificate.issuer, certificate.pathLength], [root.id, 1]);
    const { issued, authorities } = await rowsOf(at, caller);
    assert.deepEqual({ issued, authorities }, { issued: 2, authorities: 1 });
  });
  it('issues nothing here, in any way', async () => {
    const id = await intermediate({ pathLength: 1 });
    const before = await rowsOf(at, caller);
    const sub = await pendingOne(at, caller, { type: 'subordinate' });
    const wishes = [
      issueCertificate(at, caller, issueWish(id)),
      requestCertificate(at, caller, requestWish(id)),
      intermediate({ issuer: id }),
      certify(at, caller, sub, certification({ issuer: id })),
    ];
    for (const wish of wishes) await rejectsWith(wish, 'wrong-state', { what: 'authority' });
    assert.deepEqual(await rowsOf(at, caller), { ...before, authorities: before.authorities + 1 });
  });

  describe('is refused, and nothing is stored:', () => {
    type Expected = Parameters<typeof rejectsWith> extends [unknown, ...infer Rest] ? Rest : never;
    async function refused(more: Partial<Wish>, ...expected: Expected): Promise<void> {
      const before = await rowsOf(at, caller);
      await rejectsWith(intermediate(more), ...expected);
      assert.deepEqual(await rowsOf(at, caller), before);
    }
    it('below nobody, another account’s, or one that does not issue', async () => {
      await refused({ issuer: noSuch.authority }, 'not-found');
      await refused({ issuer: (await aRoot(at, await at.newcomer())).id }, 'not-found');
      await refused({ issuer: (await pendingOne(at, caller)).id }, 'wrong-state', { reason: 'pending' });
    });
    it('beyond the issuer’s path length, end, or seven days', async () => {
      const { id: narrow } = await aRoot(at, caller, { sign: certification({ pathLength: 1 }) });
      await refused({ issuer: narrow, pathLength: 1 }, 'invalid', { reason: 'path-length' });
      await refused({ term: term('years', 11) }, 'invalid', { reason: 'beyond-issuer' });
      const { id: issuer } = await aRoot(at, caller, { usageMode: 'short-lived' });
      await refused({ issuer, term: term('days', 8) }, 'invalid', { reason: 'short-lived' });
    });
    it('with another family’s signature, or for a CSR that is not signed by its key', async () => {
      await refused({ signatureAlgorithm: 'SHA256-RSA' }, 'mismatch');
      await refused({ csr: csrVector('broken-signature') }, 'invalid', { reason: 'signature' });
      await refused({ csr: csrVector('rsa1024') }, 'invalid', { reason: 'weak-key' });
    });
    it('when its issuer is disabled between the signature and the commit', async () => {
      const before = await rowsOf(at, caller);
      const wanted = { id: root.id, from: ['active'], state: 'disabled' } as const;
      const world = afterSigning<World>(at, () => updateAuthority(at, caller, wanted));
      await rejectsWith(intermediate({}, world), 'wrong-state', { reason: 'disabled' });
      assert.deepEqual(await rowsOf(at, caller), before);
    });
  });
});
