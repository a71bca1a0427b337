import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { AuthorityStatus } from '../../src/core/authority.ts';
import { region } from '../../src/core/ids.ts';
import {
  aClaim,
  anAccountId,
  anAuthority,
  anAuthorityCertificate,
  anIssued,
  aSealedKey,
  day,
  home,
  nameOf,
  now,
  octets,
  pendingAuthority,
} from './store-builders.ts';
import { isFault, type StoreUnderTest } from './store-under-test.ts';

export function authoritiesContract(on: StoreUnderTest): void {
  it('keeps an authority whole, with its key and tags, for its own account only', async () => {
    const account = anAccountId();
    const key = aSealedKey(account);
    const certificate = anAuthorityCertificate({ chain: [octets(), octets(7)], pathLength: 0 });
    const authority = anAuthority(account, { key: key.id, certificate });
    const tags = [{ key: 'team', value: 'pki' }];
    assert.deepEqual(await on.store.commit('create-authority', { authority, key, tags }), { claimed: true });
    assert.deepEqual(await on.store.authorities.get(account, authority.id), authority);
    assert.deepEqual(await on.store.keys.get(account, key.id), key);
    assert.deepEqual(await on.store.tags.of(account, { kind: 'authority', id: authority.id }), tags);
    const other = anAccountId();
    assert.equal(await on.store.authorities.get(other, authority.id), undefined);
    assert.equal(await on.store.keys.get(other, key.id), undefined);
    assert.deepEqual(await on.store.tags.of(other, { kind: 'authority', id: authority.id }), []);
    assert.deepEqual((await on.store.authorities.page(other, { limit: 10, now })).items, []);
  });

  it('keeps one without a certificate and without a key', async () => {
    const { key: _none, ...authority } = pendingAuthority(anAccountId());
    await on.store.commit('create-authority', { authority, tags: [] });
    assert.deepEqual(await on.store.authorities.get(authority.account, authority.id), authority);
    assert.equal(await on.store.authorities.published(authority.id), undefined);
  });

  it('publishes the certificate in force to anybody', async () => {
    const authority = anAuthority(anAccountId(), { state: { kind: 'disabled' } });
    await on.store.commit('create-authority', { authority, tags: [] });
    const { der, chain } = authority.certificate ?? {};
    assert.deepEqual(await on.store.authorities.published(authority.id), { der, chain });
  });

  it('refuses the same authority twice, a key of another account, and keeps nothing of them', async () => {
    const authority = anAuthority(anAccountId());
    await on.store.commit('create-authority', { authority, tags: [] });
    const key = aSealedKey(authority.account);
    const again = on.store.commit('create-authority', { authority, key, tags: [] });
    await assert.rejects(again, isFault('already-exists', 'authority'));
    assert.equal(await on.store.keys.get(authority.account, key.id), undefined);
    const foreign = aSealedKey(anAccountId());
    const other = anAuthority(authority.account);
    await assert.rejects(
      on.store.commit('create-authority', { authority: other, key: foreign, tags: [] }),
      isFault('mismatch'),
    );
    assert.equal(await on.store.authorities.get(other.account, other.id), undefined);
  });

  it('creates once for equal claims', async () => {
    const account = anAccountId();
    const [first, second] = [anAuthority(account), anAuthority(account)];
    const create = (authority: typeof first) =>
      on.store.commit('create-authority', { authority, tags: [], claim: aClaim(account, authority.id) });
    assert.deepEqual(await create(first), { claimed: true });
    assert.deepEqual(await create(second), { claimed: false, result: first.id });
    assert.equal(await on.store.authorities.get(account, second.id), undefined);
  });

  it('is made together with its own certificate, of its own or of a signer in the expected version', async () => {
    const root = anAuthority(anAccountId());
    const own = anIssued(root, { isAuthority: true });
    const selfSigned = { certificate: own, authorityVersion: 99 };
    await on.store.commit('create-authority', { authority: root, tags: [], issued: selfSigned });
    assert.deepEqual(await on.store.issued.get(root.account, own.serial), own);
    const below = anAuthority(root.account, { type: 'subordinate' });
    const issued = { certificate: anIssued(root, { isAuthority: true }), authorityVersion: 2 };
    const stale = on.store.commit('create-authority', { authority: below, tags: [], issued });
    await assert.rejects(stale, isFault('conflict', 'authority'));
    await on.store.commit('create-authority', {
      authority: below,
      tags: [],
      issued: { ...issued, authorityVersion: 1 },
    });
    assert.ok(await on.store.issued.get(root.account, issued.certificate.serial));
  });

  it('changes only the named parts and counts the change', async () => {
    const authority = pendingAuthority(anAccountId());
    const { account, id } = authority;
    await on.store.commit('create-authority', { authority, tags: [] });
    const certificate = anAuthorityCertificate({ issuer: anAuthority(account).id });
    const state = { kind: 'active' } as const;
    await on.store.commit('update-authority', { account, id, version: 1, now: now + 1, state, certificate });
    const active = { ...authority, state, certificate, changedAt: now + 1, version: 2 };
    assert.deepEqual(await on.store.authorities.get(account, id), active);
    const newer = anAuthorityCertificate();
    const vendor = { huawei: { enterpriseProject: '0' } };
    await on.store.commit('update-authority', { account, id, version: 2, now: now + 2, certificate: newer, vendor });
    const renewed = { ...active, certificate: newer, vendor, changedAt: now + 2, version: 3 };
    assert.deepEqual(await on.store.authorities.get(account, id), renewed);
  });

  it('keeps what certificates say of revocation, from the first day or from a change', async () => {
    const authority = anAuthority(anAccountId(), { revocation: { ocsp: { host: 'ocsp.example' } } });
    const { account, id } = authority;
    await on.store.commit('create-authority', { authority, tags: [] });
    assert.deepEqual(await on.store.authorities.get(account, id), authority);
    const revocation = { crl: { kind: 'partitioned', host: 'crl.example', path: 'a/b' } } as const;
    await on.store.commit('update-authority', { account, id, version: 1, now, revocation });
    assert.deepEqual((await on.store.authorities.get(account, id))?.revocation, revocation);
  });

  it('refuses a change of another version, another account, or nothing', async () => {
    const authority = anAuthority(anAccountId());
    const { account, id } = authority;
    await on.store.commit('create-authority', { authority, tags: [] });
    const change = { account, id, version: 1, now, state: { kind: 'disabled' } as const };
    await assert.rejects(
      on.store.commit('update-authority', { ...change, version: 2 }),
      isFault('conflict', 'authority'),
    );
    await assert.rejects(
      on.store.commit('update-authority', { ...change, account: anAccountId() }),
      isFault('not-found'),
    );
    const both = await Promise.allSettled([
      on.store.commit('update-authority', change),
      on.store.commit('update-authority', { ...change, state: { kind: 'active' } }),
    ]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });

  it('purges a pending authority with its key and tags, in the expected version, and no other', async () => {
    const account = anAccountId();
    const key = aSealedKey(account);
    const authority = pendingAuthority(account, { key: key.id });
    const { id } = authority;
    const resource = { kind: 'authority', id } as const;
    await on.store.commit('create-authority', { authority, key, tags: [{ key: 'a', value: '' }] });
    await assert.rejects(on.store.commit('purge-authority', { account, id, version: 2, now }), isFault('conflict'));
    const stranger = { account: anAccountId(), id, version: 1, now };
    await assert.rejects(on.store.commit('purge-authority', stranger), isFault('not-found'));
    await on.store.commit('purge-authority', { account, id, version: 1, now });
    assert.equal(await on.store.authorities.get(account, id), undefined);
    assert.equal(await on.store.keys.get(account, key.id), undefined);
    assert.deepEqual(await on.store.tags.of(account, resource), []);
    const active = anAuthority(account);
    await on.store.commit('create-authority', { authority: active, tags: [] });
    await assert.rejects(
      on.store.commit('purge-authority', { account, id: active.id, version: 1, now }),
      isFault('conflict'),
    );
    assert.ok(await on.store.authorities.get(account, active.id));
  });

  it('makes one that is being created pending with the key and the CSR that were made for it', async () => {
    const account = anAccountId();
    const key = aSealedKey(account);
    const state = { kind: 'creating', csrExtensions: [{ oid: '1.2.3', critical: true, value: octets(5) }] } as const;
    const creating = pendingAuthority(account, { state, key: key.id, csr: new Uint8Array() });
    const { id } = creating;
    await on.store.commit('create-authority', { authority: creating, tags: [] });
    assert.deepEqual(await on.store.authorities.get(account, id), creating);
    const isFound = async () => (await on.store.authorities.creating(1000)).some((each) => each.id === id);
    assert.equal(await isFound(), true);
    const made = { key, csr: octets() };
    const pending = { kind: 'pending' } as const;
    await on.store.commit('update-authority', { account, id, version: 1, now: now + 1, state: pending, made });
    const expected = { ...creating, state: pending, csr: made.csr, changedAt: now + 1, version: 2 };
    assert.deepEqual(await on.store.authorities.get(account, id), expected);
    assert.deepEqual(await on.store.keys.get(account, key.id), key);
    assert.equal(await isFound(), false);
    const late = on.store.commit('update-authority', {
      account,
      id,
      version: 1,
      now,
      state: pending,
      made: { key: aSealedKey(account), csr: octets() },
    });
    await assert.rejects(late, isFault('conflict'));
    assert.deepEqual(await on.store.keys.get(account, key.id), key);
  });

  it('purges a deleted authority when its period has ended, and keeps what relying parties and lists need', async () => {
    const account = anAccountId();
    const key = aSealedKey(account);
    const state = { kind: 'deleted', before: 'disabled', restorableUntil: now + 7 * day } as const;
    const authority = anAuthority(account, { key: key.id, state, subject: nameOf('Gone Root') });
    const { id, certificate } = authority;
    const issued = anIssued(authority);
    const tags = [{ key: 'a', value: '' }];
    await on.store.commit('create-authority', { authority, key, tags });
    await on.store.commit('record-issued', { certificate: issued, authorityVersion: 1 });
    const end = now + 7 * day;
    const purged = async (at: number) => (await on.store.authorities.gone(at, 1000)).some((each) => each.id === id);
    const page = async (at: number) => (await on.store.authorities.page(account, { limit: 9, now: at })).items.length;
    const slice = { sort: { key: 'createdAt', descending: false }, offset: 0, limit: 9 } as const;
    const total = async (at: number) => (await on.store.authorities.slice(account, { ...slice, now: at })).total;
    const counted = (at: number) => on.store.authorities.count(account, authority.region, at);
    assert.deepEqual([await counted(end - 1), await counted(end)], [1, 0]);
    assert.deepEqual([await purged(end - 1), await page(end - 1), await total(end - 1)], [false, 1, 1]);
    await assert.rejects(
      on.store.commit('purge-authority', { account, id, version: 1, now: end - 1 }),
      isFault('conflict'),
    );
    assert.deepEqual([await purged(end), await page(end), await total(end)], [true, 0, 0]);
    await on.store.commit('purge-authority', { account, id, version: 1, now: end });
    assert.equal(await on.store.authorities.get(account, id), undefined);
    assert.equal(await on.store.keys.get(account, key.id), undefined);
    assert.deepEqual(await on.store.tags.of(account, { kind: 'authority', id }), []);
    assert.equal(await purged(end), false);
    assert.deepEqual(await on.store.authorities.published(id), { der: certificate?.der, chain: [] });
    assert.deepEqual(await on.store.issued.get(account, issued.serial), issued);
    const listed = await on.store.issued.slice(account, { ...slice, now });
    assert.deepEqual(
      listed.items.map(({ issuerName }) => issuerName),
      ['Gone Root'],
    );
    await assert.rejects(
      on.store.commit('purge-authority', { account, id, version: 1, now: end }),
      isFault('not-found'),
    );
  });

  it('restores a deleted authority, which is then never due', async () => {
    const state = { kind: 'deleted', before: 'pending', restorableUntil: now } as const;
    const { account, id, ...rest } = pendingAuthority(anAccountId(), { state });
    await on.store.commit('create-authority', { authority: { account, id, ...rest }, tags: [] });
    const pending = { kind: 'pending' } as const;
    await on.store.commit('update-authority', { account, id, version: 1, now, state: pending });
    assert.equal(
      (await on.store.authorities.gone(now, 1000)).some((each) => each.id === id),
      false,
    );
  });

  it('pages oldest first without gaps or doubles while others are added, by region, without foreign keys', async () => {
    const account = anAccountId();
    const made = Array.from({ length: 7 }, (_none, at) =>
      anAuthority(account, { createdAt: now + Math.floor(at / 3) }),
    );
    const { key: _none, ...keyless } = anAuthority(account);
    const elsewhere = anAuthority(account, { region: region('cn-north-4'), createdAt: now + 50 });
    for (const authority of [...made, keyless, elsewhere])
      await on.store.commit('create-authority', { authority, tags: [] });
    const expected = made
      .map(({ createdAt, id }) => `${createdAt} ${id}`)
      .sort()
      .map((line) => line.split(' ')[1]);
    const seen: string[] = [];
    for (let after: string | undefined, pages = 0; pages < 9; pages += 1) {
      const page = await on.store.authorities.page(account, {
        region: home,
        limit: 3,
        now,
        ...(after ? { after } : {}),
      });
      seen.push(...page.items.map(({ id }) => id));
      if (pages === 0)
        await on.store.commit('create-authority', {
          authority: anAuthority(account, { createdAt: now - 1 }),
          tags: [],
        });
      after = page.next;
      if (after === undefined) break;
    }
    assert.deepEqual(seen, expected);
    assert.equal((await on.store.authorities.page(account, { limit: 100, now })).items.at(-1)?.id, elsewhere.id);
    await assert.rejects(on.store.authorities.page(account, { limit: 3, after: 'x', now }), isFault('invalid', 'page'));
  });

  it('slices by status of the clock, type, part of the name and every sort key, with the total', async () => {
    const account = anAccountId();
    const ended = anAuthorityCertificate({ validity: { notBefore: 0, notAfter: now - 1 } });
    const made = {
      active: anAuthority(account, { subject: nameOf('B 100% Root'), createdAt: now + 1 }),
      expired: anAuthority(account, { subject: nameOf('a'), certificate: ended, createdAt: now + 2 }),
      pending: pendingAuthority(account, { subject: nameOf('C'), type: 'subordinate', createdAt: now + 3 }),
      disabled: anAuthority(account, { subject: nameOf('D'), state: { kind: 'disabled' }, createdAt: now + 4 }),
    };
    for (const authority of Object.values(made)) await on.store.commit('create-authority', { authority, tags: [] });
    type Wanted = Parameters<typeof on.store.authorities.slice>[1];
    const slice = async (wanted: Partial<Wanted>) => {
      const sort = { key: 'createdAt', descending: false } as const;
      const all = await on.store.authorities.slice(account, { sort, offset: 0, limit: 10, now, ...wanted });
      return { total: all.total, ids: all.items.map(({ id }) => id) };
    };
    for (const status of ['active', 'expired', 'pending', 'disabled'] satisfies AuthorityStatus[]) {
      assert.deepEqual(await slice({ status }), { total: 1, ids: [made[status].id] }, status);
    }
    assert.deepEqual(await slice({ type: 'subordinate' }), { total: 1, ids: [made.pending.id] });
    assert.deepEqual(await slice({ commonNameContains: '100% r' }), { total: 1, ids: [made.active.id] });
    assert.deepEqual(await slice({ commonNameContains: '1%t' }), { total: 0, ids: [] });
    const [a, b, c, d] = [made.expired.id, made.active.id, made.pending.id, made.disabled.id];
    const byName = { key: 'commonName', descending: true } as const;
    assert.deepEqual(await slice({ sort: byName }), { total: 4, ids: [a, d, c, b] });
    assert.deepEqual((await slice({ sort: { key: 'notAfter', descending: false } })).ids.slice(0, 2), [c, a]);
    assert.equal((await slice({ sort: { key: 'type', descending: true } })).ids[0], c);
    assert.deepEqual(await slice({ offset: 1, limit: 2 }), { total: 4, ids: [a, c] });
    assert.equal((await on.store.authorities.get(account, a))?.certificate?.validity.notAfter, now - 1);
  });
}
