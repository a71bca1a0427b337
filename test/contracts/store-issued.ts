import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Authority } from '../../src/core/authority.ts';
import { type IssuedStatus, issuedStatusOf } from '../../src/core/certificate.ts';
import { revocationReasons } from '../../src/core/revocation.ts';
import {
  aClaim,
  aManaged,
  anAccountId,
  anAuthority,
  anAuthorityCertificate,
  anIssued,
  aSerial,
  nameOf,
  now,
  pendingAuthority,
} from './store-builders.ts';
import { isFault, type StoreUnderTest } from './store-under-test.ts';

export function issuedContract(on: StoreUnderTest): void {
  const authorityOf = async (account = anAccountId(), more: Partial<Authority> = {}) => {
    const authority = anAuthority(account, more);
    await on.store.commit('create-authority', { authority, tags: [] });
    return authority;
  };

  it('counts what one authority issued and revoked', async () => {
    const authority = await authorityOf();
    const { account } = authority;
    const other = await authorityOf(account);
    const [first, second] = [anIssued(authority), anIssued(authority)];
    for (const certificate of [first, second, anIssued(other)]) {
      await on.store.commit('record-issued', { certificate, authorityVersion: 1 });
    }
    assert.deepEqual(await on.store.issued.countOf(account, authority.id), { issued: 2, revoked: 0 });
    const revocation = { reason: 'superseded' as const, at: now };
    await on.store.commit('revoke-issued', { account, authority: authority.id, serial: first.serial, revocation });
    await on.store.commit('hide-issued', { account, serial: second.serial, now });
    assert.deepEqual(await on.store.issued.countOf(account, authority.id), { issued: 2, revoked: 1 });
    assert.deepEqual(await on.store.issued.countOf(anAccountId(), authority.id), { issued: 0, revoked: 0 });
  });

  it('keeps a certificate whole, for its own account only', async () => {
    const certificate = anIssued(await authorityOf());
    const { account, serial } = certificate;
    const kept = await on.store.commit('record-issued', { certificate, authorityVersion: 1 });
    assert.deepEqual(kept, { claimed: true });
    assert.deepEqual(await on.store.issued.get(account, serial), certificate);
    assert.equal(await on.store.issued.isListed(account, serial), true);
    assert.equal(await on.store.issued.count(account), 1);
    const other = anAccountId();
    assert.equal(await on.store.issued.get(other, serial), undefined);
    assert.equal(await on.store.issued.isListed(other, serial), false);
    assert.equal(await on.store.issued.count(other), 0);
  });

  it('keeps the URL of the CRL that a certificate names, where it names one', async () => {
    const authority = anAuthority(anAccountId());
    await on.store.commit('create-authority', { authority, tags: [] });
    for (const certificate of [anIssued(authority, { crl: 'http://pki.test/crl/a.crl' }), anIssued(authority)]) {
      await on.store.commit('record-issued', { certificate, authorityVersion: 1 });
      const { account, serial } = certificate;
      assert.equal((await on.store.issued.get(account, serial))?.crl, certificate.crl);
    }
  });

  it('remembers which other account asked, and nothing more when it was the own one', async () => {
    const authority = await authorityOf();
    const asked = anIssued(authority);
    const certificate = { ...asked, asker: { ...asked.asker, account: anAccountId() } };
    await on.store.commit('record-issued', { certificate, authorityVersion: 1 });
    assert.deepEqual(await on.store.issued.get(authority.account, certificate.serial), certificate);
    const { serial, asker } = anIssued(authority);
    const own = { ...asked, serial, asker: { ...asker, account: authority.account } };
    await on.store.commit('record-issued', { certificate: own, authorityVersion: 1 });
    assert.deepEqual((await on.store.issued.get(authority.account, serial))?.asker, asker);
  });

  it('keeps nothing when the authority has changed, is not there, or is of another account', async () => {
    const authority = await authorityOf();
    const certificate = anIssued(authority);
    const { account, serial } = certificate;
    const claim = aClaim(account, serial);
    const stale = on.store.commit('record-issued', { certificate, authorityVersion: 2, claim });
    await assert.rejects(stale, isFault('conflict', 'authority'));
    assert.equal(await on.store.issued.get(account, serial), undefined);
    assert.equal(await on.store.idempotency.find(account, claim.scope, claim.token, claim.digest, now), undefined);
    const foreign = { certificate: { ...certificate, account: anAccountId() }, authorityVersion: 1 };
    await assert.rejects(on.store.commit('record-issued', foreign), isFault('conflict', 'authority'));
  });

  it('refuses a serial number that was used, and the others of the same moment are kept', async () => {
    const authority = await authorityOf();
    const used = anIssued(authority);
    await on.store.commit('record-issued', { certificate: used, authorityVersion: 1 });
    const wishes = [anIssued(authority), { ...used, commonName: 'thief' }, anIssued(authority)];
    const claims = wishes.map(({ serial }, at) => aClaim(authority.account, serial, { token: `t${at}` }));
    const outcomes = await Promise.allSettled(
      wishes.map((certificate, at) =>
        on.store.commit('record-issued', { certificate, authorityVersion: 1, claim: claims[at] ?? assert.fail() }),
      ),
    );
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    await assert.rejects(
      Promise.reject(outcomes[1]?.status === 'rejected' && outcomes[1].reason),
      isFault('already-exists'),
    );
    assert.equal((await on.store.issued.get(used.account, used.serial))?.commonName, used.commonName);
    const { scope, digest } = claims[1] ?? assert.fail();
    assert.equal(await on.store.idempotency.find(authority.account, scope, 't1', digest, now), undefined);
  });

  it('answers an equal claim with the first result, also after the authority has changed', async () => {
    const authority = await authorityOf();
    const { account, id } = authority;
    const [first, second] = [anIssued(authority), anIssued(authority)];
    const record = (certificate: typeof first, more: Partial<ReturnType<typeof aClaim>> = {}) =>
      on.store.commit('record-issued', {
        certificate,
        authorityVersion: 1,
        claim: aClaim(account, certificate.serial, more),
      });
    assert.deepEqual(await record(first), { claimed: true });
    assert.deepEqual(await record(second), { claimed: false, result: first.serial });
    await on.store.commit('update-authority', { account, id, version: 1, now, state: { kind: 'disabled' } });
    assert.deepEqual(await record(second), { claimed: false, result: first.serial });
    assert.equal(await on.store.issued.count(account), 1);
    await assert.rejects(record(second, { digest: 'cd'.repeat(32) }), isFault('conflict', 'authority'));
    await assert.rejects(record(second, { scope: 'other' }), isFault('conflict', 'authority'));
  });

  it('keeps claims of different digests, scopes and accounts apart, and replaces ended ones', async () => {
    const authority = await authorityOf();
    const { account } = authority;
    const record = (more: Partial<ReturnType<typeof aClaim>>) => {
      const certificate = anIssued(authority);
      const claim = aClaim(account, certificate.serial, more);
      return on.store.commit('record-issued', { certificate, authorityVersion: 1, claim });
    };
    await record({ expiresAt: now + 10 });
    assert.deepEqual(await record({ digest: 'cd'.repeat(32) }), { claimed: true });
    assert.deepEqual(await record({ scope: 'other' }), { claimed: true });
    assert.equal((await record({ now: now + 9 })).claimed, false);
    assert.deepEqual(await record({ now: now + 10, expiresAt: now + 20 }), { claimed: true });
    const { scope, token, digest } = aClaim(account, '');
    assert.notEqual(await on.store.idempotency.find(account, scope, token, digest, now + 19), undefined);
    assert.equal(await on.store.idempotency.find(account, scope, token, digest, now + 20), undefined);
    assert.equal(await on.store.idempotency.find(anAccountId(), scope, token, digest, now), undefined);
    await on.store.commit('delete-ended', { now: now + 20 });
    assert.equal(await on.store.idempotency.find(account, scope, token, digest, now), undefined);
  });

  it('gives equal claims that race one winner, whose result all get', async () => {
    const authority = await authorityOf();
    const racing = Array.from({ length: 8 }, () => anIssued(authority));
    const outcomes = await Promise.all(
      racing.map((certificate) =>
        on.store.commit('record-issued', {
          certificate,
          authorityVersion: 1,
          claim: aClaim(authority.account, certificate.serial),
        }),
      ),
    );
    const winner = racing[outcomes.findIndex(({ claimed }) => claimed)];
    assert.ok(winner);
    for (const outcome of outcomes) {
      assert.equal(outcome.claimed ? winner.serial : outcome.result, winner.serial);
    }
    assert.equal(outcomes.filter(({ claimed }) => claimed).length, 1);
    assert.equal(await on.store.issued.count(authority.account), 1);
  });

  it('activates an authority in the same commit, under the versions of both', async () => {
    const signer = await authorityOf();
    const { account } = signer;
    const below = pendingAuthority(account, { type: 'subordinate' });
    await on.store.commit('create-authority', { authority: below, tags: [] });
    const certificate = anIssued(signer, { isAuthority: true });
    const inForce = anAuthorityCertificate({ issuer: signer.id, serial: certificate.serial });
    const vendor = { huawei: { pathLength: 3 } };
    const record = (version: number) =>
      on.store.commit('record-issued', {
        certificate,
        authorityVersion: 1,
        activate: { id: below.id, version, certificate: inForce, vendor },
      });
    await assert.rejects(record(7), isFault('conflict', 'authority'));
    assert.equal(await on.store.issued.get(account, certificate.serial), undefined);
    await record(1);
    const active = await on.store.authorities.get(account, below.id);
    assert.deepEqual(active, {
      ...below,
      state: { kind: 'active' },
      certificate: inForce,
      changedAt: now,
      version: 2,
      vendor,
    });
    const own = await on.store.issued.slice(account, listing());
    assert.deepEqual(own, { items: [], total: 0 }, "an authority's own certificate is not listed");
  });

  it('hides a certificate from lists once, and keeps its row', async () => {
    const certificate = anIssued(await authorityOf());
    const { account, serial } = certificate;
    await on.store.commit('record-issued', { certificate, authorityVersion: 1 });
    const stranger = { account: anAccountId(), serial, now };
    await assert.rejects(on.store.commit('hide-issued', stranger), isFault('not-found', 'certificate'));
    await on.store.commit('hide-issued', { account, serial, now });
    assert.equal(await on.store.issued.isListed(account, serial), false);
    assert.equal((await on.store.issued.slice(account, listing())).total, 0);
    assert.deepEqual(await on.store.issued.get(account, serial), certificate);
    await assert.rejects(on.store.commit('hide-issued', { account, serial, now }), isFault('not-found'));
  });

  it('revokes once, what is hidden too, and keeps the rest of the row', async () => {
    const certificate = anIssued(await authorityOf());
    const { account, authority, serial } = certificate;
    await on.store.commit('record-issued', { certificate, authorityVersion: 1 });
    await on.store.commit('hide-issued', { account, serial, now });
    const revocation = { at: now + 5, reason: 'key-compromise' } as const;
    const revoke = (more: object = {}) =>
      on.store.commit('revoke-issued', { account, authority, serial, revocation, ...more });
    await assert.rejects(revoke({ account: anAccountId() }), isFault('not-found', 'certificate'));
    await assert.rejects(revoke({ authority: (await authorityOf(account)).id }), isFault('not-found', 'certificate'));
    await assert.rejects(revoke({ serial: aSerial() }), isFault('not-found', 'certificate'));
    assert.deepEqual(await on.store.issued.get(account, serial), certificate);
    await revoke();
    assert.deepEqual(await on.store.issued.get(account, serial), { ...certificate, revocation });
    const later = { at: now + 9, reason: 'unspecified' };
    await assert.rejects(revoke({ revocation: later }), isFault('already-exists', 'revocation'));
    assert.deepEqual(await on.store.issued.get(account, serial), { ...certificate, revocation });
    assert.equal(await on.store.issued.isListed(account, serial), false);
  });

  it('gives revocations that race one winner, which stays', async () => {
    const certificate = anIssued(await authorityOf());
    const { account, authority, serial } = certificate;
    await on.store.commit('record-issued', { certificate, authorityVersion: 1 });
    const outcomes = await Promise.allSettled(
      revocationReasons.map((reason, at) =>
        on.store.commit('revoke-issued', { account, authority, serial, revocation: { at: now + at, reason } }),
      ),
    );
    const winners = outcomes.flatMap(({ status }, at) => (status === 'fulfilled' ? [at] : []));
    assert.equal(winners.length, 1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') assert.ok(isFault('already-exists', 'revocation')(outcome.reason));
    }
    const at = winners[0] ?? assert.fail();
    const kept = await on.store.issued.get(account, serial);
    assert.deepEqual(kept?.revocation, { at: now + at, reason: revocationReasons[at] });
  });

  it('lists what is revoked as that alone, ended or not', async () => {
    const account = anAccountId();
    const authority = await authorityOf(account);
    const ends = [now + 5, now - 1, now + 5, now - 1];
    const made = ends.map((notAfter, at) =>
      anIssued(authority, { serial: aSerial(now + at), validity: { notBefore: 0, notAfter } }),
    );
    for (const certificate of made) await on.store.commit('record-issued', { certificate, authorityVersion: 1 });
    const revocation = { at: now, reason: 'superseded' } as const;
    for (const { serial } of made.slice(0, 2)) {
      await on.store.commit('revoke-issued', { account, authority: authority.id, serial, revocation });
    }
    const found = async (status?: IssuedStatus) => {
      const { items, total } = await on.store.issued.slice(account, listing(status === undefined ? {} : { status }));
      const at = items.map(({ certificate }) => made.findIndex(({ serial }) => serial === certificate.serial));
      for (const { certificate } of items)
        assert.equal(issuedStatusOf(certificate, now), status ?? issuedStatusOf(certificate, now));
      return `${at.join('')}/${total}`;
    };
    assert.equal(await found(), '3210/4');
    assert.equal(await found('revoked'), '10/2');
    assert.equal(await found('issued'), '2/1');
    assert.equal(await found('expired'), '3/1');
  });

  it('slices by time, name, issuer and end, by status and a part of the name, with the total', async () => {
    const account = anAccountId();
    const z = await authorityOf(account, { subject: nameOf('Z issuer') });
    const a = await authorityOf(account, { subject: nameOf('A issuer') });
    const made = [
      anIssued(z, { serial: aSerial(now + 1), commonName: 'beta_1', validity: { notBefore: now, notAfter: now + 9 } }),
      anIssued(a, { serial: aSerial(now + 2), commonName: 'Alpha', validity: { notBefore: 0, notAfter: now - 1 } }),
      anIssued(z, { serial: aSerial(now + 3), commonName: 'gamma', validity: { notBefore: now, notAfter: now + 5 } }),
    ];
    for (const certificate of made) await on.store.commit('record-issued', { certificate, authorityVersion: 1 });
    const order = async (wanted: Parameters<typeof listing>[0]) => {
      const { items, total } = await on.store.issued.slice(account, listing(wanted));
      const indexes = items.map(({ certificate }) => made.findIndex(({ serial }) => serial === certificate.serial));
      return `${indexes.join('')}/${total}`;
    };
    assert.equal(await order({}), '210/3');
    assert.equal(await order({ sort: { key: 'createdAt', descending: false }, offset: 1, limit: 1 }), '1/3');
    assert.equal(await order({ sort: { key: 'commonName', descending: false } }), '102/3');
    assert.equal(await order({ sort: { key: 'issuerName', descending: false } }), '102/3');
    assert.equal(await order({ sort: { key: 'notAfter', descending: true } }), '021/3');
    assert.equal(await order({ status: 'issued' }), '20/2');
    assert.equal(await order({ status: 'expired' }), '1/1');
    assert.equal(await order({ commonNameContains: 'BETA_' }), '0/1');
    assert.equal(await order({ commonNameContains: 'bet_1' }), '/0', 'no wildcards');
    const [first] = (await on.store.issued.slice(account, listing({ status: 'expired' }))).items;
    const { der: _der, ...row } = made[1] ?? assert.fail();
    assert.deepEqual(first, { certificate: row, issuerName: 'A issuer' });
    assert.equal((await on.store.issued.slice(anAccountId(), listing())).total, 0);
  });

  it('lists a managed certificate once, with its newest body, until it is deleted', async () => {
    const authority = await authorityOf();
    const { account } = authority;
    const { scm: _scm, ...managed } = aManaged(account, { origin: 'issued', authority: authority.id });
    const bodyOf = (serial: string) => ({ ...(managed.body ?? assert.fail()), serial });
    const first = anIssued(authority, { managed: managed.id });
    const certificate = { ...managed, body: bodyOf(first.serial) };
    await on.store.commit('create-managed', {
      certificate,
      tags: [],
      issued: { certificate: first, authorityVersion: 1 },
    });
    const [line] = (await on.store.issued.slice(account, listing())).items;
    assert.deepEqual(line?.managed, certificate);
    const second = anIssued(authority, { managed: managed.id });
    const issued = { certificate: second, authorityVersion: 1 };
    const renewal = { account, id: managed.id, version: 1, now: now + 1, body: bodyOf(second.serial), issued };
    await on.store.commit('update-managed', renewal);
    const renewed = await on.store.issued.slice(account, listing());
    assert.deepEqual(
      renewed.items.map((item) => [item.certificate.serial, item.managed?.version]),
      [[second.serial, 2]],
    );
    assert.equal(await on.store.issued.count(account), 2);
    await on.store.commit('delete-managed', { account, id: managed.id });
    assert.equal((await on.store.issued.slice(account, listing())).total, 0);
    assert.deepEqual(await on.store.issued.get(account, second.serial), second);
  });
}

type Wanted = Parameters<StoreUnderTest['store']['issued']['slice']>[1];

function listing(wanted: Partial<Wanted> = {}): Wanted {
  return { sort: { key: 'createdAt', descending: true }, offset: 0, limit: 10, now, ...wanted };
}
