import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Caller } from '../../src/core/account.ts';
import type { Authority } from '../../src/core/authority.ts';
import { region } from '../../src/core/ids.ts';
import { bindServices } from '../../src/services/bind.ts';
import { withinQuotas } from '../../src/services/quotas.ts';
import { rejectsWith } from './expect-fault.ts';
import { aRoot, authorityWish, certification, issueWish, noSuch, requestWish } from './wishes.ts';
import { openPlace, type Place } from './world.ts';

const none = { authorities: 1e9, certificates: 1e9, revoked: 1e9 };
const limit = { what: 'authority', reason: 'quota' };

describe('quotas', () => {
  let at: Place;
  let caller: Caller;
  const within = (quotas: Partial<typeof none>) => withinQuotas(at, bindServices(at), { ...none, ...quotas });
  const repeatable = (token: string) => ({ scope: 'a-scope', token, digest: 'd'.repeat(64), windowMs: 300_000 });
  before(async () => {
    at = await openPlace();
  });
  beforeEach(async () => {
    caller = await at.newcomer();
  });
  after(() => at.close());

  describe('of authorities', () => {
    it('count those of one account in one region, and deleted ones until they are gone', async () => {
      const services = within({ authorities: 2 });
      const first = await services.createAuthority(caller, authorityWish());
      await services.createAuthority(caller, authorityWish());
      const refused = () => services.createAuthority(caller, authorityWish());
      const { message } = await rejectsWith(refused(), 'limit', limit);
      assert.equal(message, 'You have reached the limit of 2 private certificate authorities.');
      await services.createAuthority({ ...caller, region: region('eu-west-1') }, authorityWish());
      await services.createAuthority(await at.newcomer(), authorityWish());
      await services.deleteAuthority(caller, { id: first, from: ['pending'], purge: [], restorableDays: 7 });
      await rejectsWith(refused(), 'limit', limit);
      at.clock.advance(7 * 86_400_000);
      await services.createAuthority(caller, authorityWish());
      await rejectsWith(refused(), 'limit', limit);
    });

    it('hold when many are made at once, and give a place back when one is not made', async () => {
      const services = within({ authorities: 3 });
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, () => services.createAuthority(caller, authorityWish())),
      );
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 3);
      const others = await at.newcomer();
      await rejectsWith(
        services.createAuthority(others, authorityWish({ keyUsages: ['digitalSignature'] })),
        'invalid',
      );
      for (let count = 0; count < 3; count += 1) await services.createAuthority(others, authorityWish());
    });

    it('let a request be repeated', async () => {
      const services = within({ authorities: 1 });
      const wish = authorityWish({ repeatable: repeatable('t') });
      const id = await services.createAuthority(caller, wish);
      assert.equal(await services.createAuthority(caller, wish), id);
    });
  });

  describe('of certificates', () => {
    let root: Authority;
    beforeEach(async () => {
      root = await aRoot(at, caller);
    });

    it('count what an authority ever signed, by whichever verb, and what was there before', async () => {
      await bindServices(at).issueCertificate(caller, issueWish(root.id));
      const services = within({ certificates: 4 }); // a root and a leaf are there
      await services.requestCertificate(caller, requestWish(root.id));
      await services.createAuthority(
        caller,
        authorityWish({ type: 'subordinate', sign: certification({ issuer: root.id, pathLength: 0 }) }),
      );
      const { message } = await rejectsWith(services.issueCertificate(caller, issueWish(root.id)), 'limit', limit);
      assert.equal(message, 'The private certificate authority has reached its limit of 4 certificates.');
      await rejectsWith(services.requestCertificate(caller, requestWish(root.id)), 'limit', limit);
      const other = await aRoot(at, caller);
      await services.issueCertificate(caller, issueWish(other.id));
    });

    it('hold when many are asked for at once, and give a place back when one is refused', async () => {
      const services = within({ certificates: 5 });
      await rejectsWith(services.issueCertificate(caller, issueWish(root.id, { csr: new Uint8Array() })), 'malformed');
      const outcomes = await Promise.allSettled(
        Array.from({ length: 9 }, () => services.issueCertificate(caller, issueWish(root.id))),
      );
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 4);
    });

    it('let a request be repeated, and do not count it again', async () => {
      const services = within({ certificates: 3 });
      const wish = issueWish(root.id, { repeatable: repeatable('t') });
      const serial = await services.issueCertificate(caller, wish);
      for (let again = 0; again < 5; again += 1) assert.equal(await services.issueCertificate(caller, wish), serial);
      await services.issueCertificate(caller, issueWish(root.id));
      assert.equal(await services.issueCertificate(caller, wish), serial);
      await rejectsWith(services.issueCertificate(caller, issueWish(root.id)), 'limit', limit);
    });

    it('learn what another server added when they seem to be reached', async () => {
      const [one, other] = [within({ certificates: 3 }), within({ certificates: 3 })];
      await one.issueCertificate(caller, issueWish(root.id));
      await other.issueCertificate(caller, issueWish(root.id));
      await rejectsWith(other.issueCertificate(caller, issueWish(root.id)), 'limit', limit);
    });

    it('say nothing of an authority that the caller does not have', async () => {
      const services = within({ certificates: 1 });
      await rejectsWith(services.issueCertificate(caller, issueWish(root.id)), 'limit', limit);
      const stranger = await at.newcomer();
      await rejectsWith(services.issueCertificate(stranger, issueWish(root.id)), 'not-found');
      await rejectsWith(services.issueCertificate(caller, issueWish(noSuch.authority)), 'not-found');
    });
  });

  it('of revocations count those of an authority', async () => {
    const root = await aRoot(at, caller);
    const services = within({ revoked: 1 });
    const [first, second] = [
      await services.issueCertificate(caller, issueWish(root.id)),
      await services.issueCertificate(caller, issueWish(root.id)),
    ];
    const revoke = (serial: typeof first) =>
      services.revokeCertificate(caller, { authority: root.id, serial, reason: 'unspecified' });
    await revoke(first);
    const { message } = await rejectsWith(revoke(second), 'limit', limit);
    assert.equal(message, 'The private certificate authority has reached its limit of 1 revoked certificates.');
  });
});
