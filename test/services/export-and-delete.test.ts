import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Caller } from '../../src/core/account.ts';
import type { ManagedCertificate } from '../../src/core/certificate.ts';
import { accountId, serialNumber } from '../../src/core/ids.ts';
import { deleteManagedCertificate, hideIssuedCertificate } from '../../src/services/delete-certificate.ts';
import { type Exportable, exportCertificate } from '../../src/services/export-certificate.ts';
import { findIssuedCertificate } from '../../src/services/find-issued-certificate.ts';
import { findManagedCertificate } from '../../src/services/find-managed-certificate.ts';
import { issueCertificate } from '../../src/services/issue-certificate.ts';
import { requestCertificate } from '../../src/services/request-certificate.ts';
import type { World } from '../../src/services/world.ts';
import { rejectsWith } from './expect-fault.ts';
import { asReader, openPlace, type Place, watchingKeys } from './world.ts';
import { aRoot, issueWish, noSuch, requestWish } from './wishes.ts';

const permission = { action: 'acm:ExportCertificate', access: 'write', resource: 'certificate' } as const;

describe('a managed certificate', () => {
  let at: Place;
  let caller: Caller;
  let certificate: ManagedCertificate;
  before(async () => {
    at = await openPlace();
  });
  beforeEach(async () => {
    caller = await at.newcomer();
    const { id: authority } = await aRoot(at, caller);
    certificate = await reread(await requestCertificate(at, caller, requestWish(authority)));
  });
  after(() => at.close());

  const reread = (id = certificate.id) => findManagedCertificate(at, caller, { id });
  const exported = <Form>(form: (exportable: Exportable) => Promise<Form>, as = caller, world: World = at) =>
    exportCertificate(world, as, certificate, permission, form);
  const nothing = async () => undefined;

  describe('is exported', () => {
    it('with the key of its certificate, and says so afterwards', async () => {
      at.clock.advance(5000);
      const pem = await exported(async ({ privateKey, algorithm, body }) => {
        const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
        assert.ok(new X509Certificate(body.der).checkPrivateKey(key));
        assert.equal(algorithm, 'P-256');
        return createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString();
      });
      assert.match(pem, /BEGIN PUBLIC KEY/);
      assert.equal((await reread()).exportedAt, at.clock.now());
      assert.deepEqual(at.audited.at(-1), { verb: 'exported', what: 'private key', id: certificate.id });
    });
    it('again: each time is a right of its own', async () => {
      await exported(nothing);
      await exported(nothing);
    });
    it('and the octets of its key are wiped once the form is made', async () => {
      const { world, released } = watchingKeys<World>(at);
      let seen: Uint8Array | undefined;
      await exported(
        async ({ privateKey }) => {
          seen = privateKey;
          assert.ok(privateKey.some((octet) => octet !== 0));
        },
        caller,
        world,
      );
      assert.equal(released.length, 1);
      assert.equal(seen, released[0]);
      assert.ok(seen?.every((octet) => octet === 0));
    });
    it('or not, when the form fails: its octets are wiped, and it does not count as exported', async () => {
      const { world, released } = watchingKeys<World>(at);
      const fail = async () => {
        throw new Error('no such form');
      };
      await assert.rejects(exported(fail, caller, world), /no such form/);
      assert.ok(released[0]?.every((octet) => octet === 0));
      assert.equal((await reread()).exportedAt, undefined);
      assert.ok(!at.audited.some(({ verb, id }) => verb === 'exported' && id === certificate.id));
    });
    it('or not, when it was deleted while the form was made: nobody gets the form', async () => {
      const { world, released } = watchingKeys<World>(at);
      const form = () => deleteManagedCertificate(at, caller, certificate.id);
      await rejectsWith(exported(form, caller, world), 'not-found');
      assert.ok(released[0]?.every((octet) => octet === 0));
    });
    it('not by a read-only key: nothing leaves the vault', async () => {
      const { world, released } = watchingKeys<World>(at);
      await rejectsWith(exported(nothing, asReader(caller), world), 'forbidden', { what: 'private key' });
      const elsewhere = { ...permission, account: accountId('999999999999') };
      await rejectsWith(exportCertificate(world, caller, certificate, elsewhere, nothing), 'forbidden');
      assert.deepEqual(released, []);
      assert.equal((await reread()).exportedAt, undefined);
    });
    it('not by another account, even if it had the noun in its hands', async () => {
      await rejectsWith(exported(nothing, await at.newcomer()), 'not-found', { what: 'private key' });
    });
    it('not while it is pending, and never when it has failed', async () => {
      const { world, released } = watchingKeys<World>(at);
      const { body: _, ...bodiless } = certificate;
      const states = [{ kind: 'pending' }, { kind: 'failed', reason: 'denied' }] as const;
      for (const state of states) {
        const waiting = { ...bodiless, state };
        await rejectsWith(exportCertificate(world, caller, waiting, permission, nothing), state.kind);
      }
      assert.deepEqual(released, []);
    });
  });

  describe('is deleted', () => {
    it('with its key and tags; what was issued stays on record', async () => {
      const { id, key, body } = certificate;
      await at.store.commit('put-tags', {
        account: caller.account,
        resource: { kind: 'certificate', id },
        tags: [{ key: 'a', value: 'b' }],
      });
      await deleteManagedCertificate(at, caller, id);
      await rejectsWith(reread(id), 'not-found', { what: 'certificate' });
      assert.equal(await at.store.keys.get(caller.account, key), undefined);
      assert.deepEqual(await at.store.tags.of(caller.account, { kind: 'certificate', id }), []);
      assert.ok(await findIssuedCertificate(at, caller, serialNumber(body?.serial ?? '')));
      await rejectsWith(deleteManagedCertificate(at, caller, id), 'not-found');
    });
    it('by its own account only', async () => {
      await rejectsWith(deleteManagedCertificate(at, await at.newcomer(), certificate.id), 'not-found');
      await rejectsWith(deleteManagedCertificate(at, caller, noSuch.certificate), 'not-found');
      assert.ok(await reread());
    });
  });

  it('issued from a CSR is hidden from lists, by its own account only, and stays on record', async () => {
    const serial = await issueCertificate(at, caller, issueWish((await aRoot(at, caller)).id));
    await rejectsWith(hideIssuedCertificate(at, await at.newcomer(), serial), 'not-found');
    await findIssuedCertificate(at, caller, serial, { listed: true });
    await hideIssuedCertificate(at, caller, serial);
    await rejectsWith(findIssuedCertificate(at, caller, serial, { listed: true }), 'not-found');
    assert.ok(await findIssuedCertificate(at, caller, serial));
    await rejectsWith(hideIssuedCertificate(at, caller, noSuch.serial), 'not-found');
  });
});
