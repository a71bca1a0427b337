import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Caller } from '../../src/core/account.ts';
import type { Authority } from '../../src/core/authority.ts';
import type { FaultKind } from '../../src/core/fault.ts';
import { region } from '../../src/core/ids.ts';
import { deleteManagedCertificate } from '../../src/services/delete-certificate.ts';
import { findManagedCertificate } from '../../src/services/find-managed-certificate.ts';
import { requestCertificate, type RequestWish } from '../../src/services/request-certificate.ts';
import { updateAuthority } from '../../src/services/update-authority.ts';
import type { World } from '../../src/services/world.ts';
import { rejectsWith } from './expect-fault.ts';
import { afterSigning, day, openPlace, type Place, watchingKeys } from './world.ts';
import { aRoot, aSubordinate, leafProfile, named, noSuch, requestWish, rowsOf, term } from './wishes.ts';

describe('requesting a certificate with its key here', () => {
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

  const request = (more: Partial<RequestWish> = {}, world: World = at) =>
    requestCertificate(world, caller, requestWish(root.id, more));
  const found = (id: Awaited<ReturnType<typeof request>>) => findManagedCertificate(at, caller, { id });
  const disable = () => updateAuthority(at, caller, { id: root.id, from: ['active'], state: 'disabled' });

  it('makes the key, the certificate and its issued row in one commit', async () => {
    const tags = [{ key: 'team', value: 'shop' }];
    const id = await request({ tags });
    const { body, key, state, origin, domain, name, authority, issuedAt } = await found(id);
    assert.deepEqual(
      { state, origin, domain, name, authority, issuedAt },
      {
        state: { kind: 'issued' },
        origin: 'issued',
        domain: 'www.example.com',
        name: 'shop',
        authority: root.id,
        issuedAt: at.clock.now(),
      },
    );
    assert.ok(body);
    const sealed = await at.store.keys.get(caller.account, key);
    const spki = new X509Certificate(body.der).publicKey.export({ format: 'der', type: 'spki' });
    assert.deepEqual(new Uint8Array(spki), sealed?.publicKey);
    assert.deepEqual(body.chain, [root.certificate?.der]);
    assert.deepEqual(body.dnsNames, ['www.example.com']);
    const row = await at.store.issued.get(caller.account, body.serial as never); // signed here: 32 digits
    assert.deepEqual([row?.managed, row?.authority], [id, root.id]);
    assert.deepEqual(await at.store.tags.of(caller.account, { kind: 'certificate', id }), tags);
  });
  it('has the chain up to the root below a subordinate', async () => {
    const sub = await aSubordinate(at, caller, root.id);
    const { body } = await found(await request({ authority: sub.id }));
    assert.deepEqual(body?.chain, [sub.certificate?.der, root.certificate?.der]);
  });
  it('takes key and signature algorithm of its authority where none are given', async () => {
    const { keyAlgorithm, body } = await found(await request({ keyAlgorithm: undefined }));
    assert.deepEqual([keyAlgorithm, body?.signatureAlgorithm], ['P-256', 'SHA256-ECDSA']);
  });
  it('may take parts of its name from its authority’s', async () => {
    const { body } = await found(await request({ subject: (issuer) => [...issuer, ...named('leaf')] }));
    assert.deepEqual(body?.subject, [...named('Test Authority'), ...named('leaf')]);
  });

  /** Each refusal: the wish that meets it, the fault of `throw`, the reason of `keep`. */
  const refusals: readonly {
    readonly what: string;
    readonly wish: () => Partial<RequestWish> | Promise<Partial<RequestWish>>;
    readonly fault: FaultKind;
    readonly reason: string;
  }[] = [
    {
      what: 'an authority that is not there',
      wish: () => ({ authority: noSuch.authority }),
      fault: 'not-found',
      reason: 'not-found',
    },
    {
      what: 'an authority of another account',
      wish: async () => ({ authority: (await aRoot(at, await at.newcomer())).id }),
      fault: 'not-found',
      reason: 'not-found',
    },
    {
      what: 'an authority of another region',
      wish: () => ({ authorityRegion: region('eu-west-1') }),
      fault: 'not-found',
      reason: 'not-found',
    },
    {
      what: 'an authority that is disabled',
      wish: async () => {
        await disable();
        return {};
      },
      fault: 'wrong-state',
      reason: 'authority-state',
    },
    {
      what: 'a life beyond the authority’s',
      wish: () => ({ term: term('years', 11) }),
      fault: 'invalid',
      reason: 'validity',
    },
    {
      what: 'more than seven days of a short-lived authority',
      wish: async () => ({ authority: (await aRoot(at, caller, { usageMode: 'short-lived' })).id }),
      fault: 'invalid',
      reason: 'validity',
    },
    {
      what: 'a short-lived authority where none may be',
      wish: async () => ({
        authority: (await aRoot(at, caller, { usageMode: 'short-lived' })).id,
        refusesShortLived: true,
        term: term('days', 1),
      }),
      fault: 'invalid',
      reason: 'short-lived',
    },
    {
      what: 'an RSA key where it must be of the authority’s family',
      wish: () => ({ keyFamily: 'of-authority', keyAlgorithm: 'RSA-2048' }),
      fault: 'mismatch',
      reason: 'arguments',
    },
    {
      what: 'a signature that the authority cannot make',
      wish: () => ({ signatureAlgorithm: 'SHA256-RSA' }),
      fault: 'mismatch',
      reason: 'arguments',
    },
    {
      what: 'no name at all',
      wish: () => ({ subject: [], profile: { ...leafProfile, subjectAltName: { from: 'none' } } }),
      fault: 'invalid',
      reason: 'no-name',
    },
  ];
  for (const { what, wish, fault, reason } of refusals) {
    it(`refuses ${what}, and nothing is stored`, async () => {
      const wanted = await wish();
      const before = await rowsOf(at, caller);
      const { world, made } = watchingKeys<World>(at);
      await rejectsWith(request({ ...wanted, whenRefused: 'throw' }, world), fault);
      assert.deepEqual(await rowsOf(at, caller), before);
      for (const { id } of made) assert.equal(await at.store.keys.get(caller.account, id), undefined);
    });
    it(`keeps a failed certificate with the reason ${reason} for ${what}, where that is wanted`, async () => {
      const wanted = await wish();
      const before = await rowsOf(at, caller);
      const { state, body, issuedAt } = await found(await request({ ...wanted, whenRefused: 'keep' }));
      assert.deepEqual([state, body, issuedAt], [{ kind: 'failed', reason }, undefined, undefined]);
      assert.deepEqual(await rowsOf(at, caller), { ...before, managed: before.managed + 1 });
    });
  }
  it('throws what is no refusal of an authority’s also where failures are kept', async () => {
    const before = await rowsOf(at, caller);
    await assert.rejects(
      request(
        {
          whenRefused: 'keep',
          subject: () => {
            throw new Error('a mistake of ours');
          },
        },
        at,
      ),
      /a mistake of ours/,
    );
    assert.deepEqual(await rowsOf(at, caller), before);
  });
  it('makes no RSA-1024 key', async () => {
    await rejectsWith(request({ keyAlgorithm: 'RSA-1024' }), 'unsupported', { what: 'key algorithm' });
  });

  describe('while its authority changes', () => {
    it('is refused when it was disabled between the signature and the commit', async () => {
      const before = await rowsOf(at, caller);
      await rejectsWith(request({}, afterSigning<World>(at, disable)), 'wrong-state', { reason: 'disabled' });
      assert.deepEqual(await rowsOf(at, caller), before);
    });
    it('fails when failures are kept, and what was signed before is not on record', async () => {
      const before = await rowsOf(at, caller);
      const id = await request({ whenRefused: 'keep' }, afterSigning<World>(at, disable));
      assert.deepEqual((await found(id)).state, { kind: 'failed', reason: 'authority-state' });
      assert.deepEqual(await rowsOf(at, caller), { ...before, managed: before.managed + 1 });
    });
  });

  describe('with a token', () => {
    const repeatable = { scope: 'request', token: 'token', digest: 'ab'.repeat(32), windowMs: day };
    it('gives the same certificate, and another one for another request', async () => {
      const id = await request({ repeatable });
      assert.equal(await request({ repeatable }), id);
      assert.notEqual(await request({ repeatable: { ...repeatable, digest: 'cd'.repeat(32) } }), id);
    });
    it('asked many times at once is one certificate and one key', async () => {
      const ids = await Promise.all([1, 2, 3, 4].map(() => request({ repeatable })));
      assert.equal(new Set(ids).size, 1);
      const { issued, managed } = await rowsOf(at, caller);
      assert.deepEqual([issued, managed], [2, 1]);
    });
    it('gives a new one after the first was deleted, and then that', async () => {
      const first = await request({ repeatable });
      await deleteManagedCertificate(at, caller, first);
      const second = await request({ repeatable });
      assert.notEqual(second, first);
      assert.equal(await request({ repeatable }), second);
    });
    it('gives the failed one again while the window is open', async () => {
      await disable();
      const id = await request({ repeatable, whenRefused: 'keep' });
      await updateAuthority(at, caller, { id: root.id, from: ['disabled'], state: 'active' });
      assert.equal(await request({ repeatable, whenRefused: 'keep' }), id);
    });
  });
});
