import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ManagedCertificate, ManagedStatus } from '../../src/core/certificate.ts';
import { region, scmId } from '../../src/core/ids.ts';
import {
  aBody,
  aClaim,
  aManaged,
  anAccountId,
  anAuthority,
  anIssued,
  aSealedKey,
  day,
  home,
  now,
  octets,
} from './store-builders.ts';
import { isFault, type StoreUnderTest } from './store-under-test.ts';

export function managedContract(on: StoreUnderTest): void {
  const create = async (certificate: ManagedCertificate) => {
    await on.store.commit('create-managed', { certificate, tags: [] });
    return certificate;
  };

  it('keeps a certificate whole, with its key and tags, for its own account only', async () => {
    const account = anAccountId();
    const key = aSealedKey(account);
    const vendor = { aws: { names: ['a.example'], options: { x: 1 } }, huawei: { enterpriseProject: '7' } };
    const certificate = aManaged(account, { key: key.id, vendor });
    const tags = [
      { key: 'b', value: '2' },
      { key: 'a', value: '1' },
    ];
    const { id, scm, body } = certificate;
    await on.store.commit('create-managed', { certificate, key, tags });
    assert.deepEqual(await on.store.managed.get(account, id), certificate);
    assert.deepEqual(await on.store.managed.byScmId(account, scm ?? assert.fail()), certificate);
    assert.deepEqual(await on.store.keys.get(account, key.id), key);
    assert.deepEqual(await on.store.tags.of(account, { kind: 'certificate', id }), tags.toReversed());
    assert.equal(await on.store.managed.hasImported(account, body?.der ?? assert.fail()), true);
    assert.equal(await on.store.managed.hasImported(account, octets()), false);
    const other = anAccountId();
    assert.equal(await on.store.managed.get(other, id), undefined);
    assert.equal(await on.store.managed.byScmId(other, scm ?? assert.fail()), undefined);
    assert.equal(await on.store.managed.hasImported(other, body?.der ?? assert.fail()), false);
    assert.equal((await on.store.managed.page(other, page())).items.length, 0);
    assert.equal((await on.store.managed.slice(other, slice())).total, 0);
  });

  it('keeps a pending and a failed one, which have no body', async () => {
    const account = anAccountId();
    const { body: _body, importedAt: _at, scm: _scm, ...bare } = aManaged(account, { origin: 'issued' });
    const pending = await create({ ...bare, state: { kind: 'pending' } });
    assert.deepEqual(await on.store.managed.get(account, pending.id), pending);
    const failed = await create({ ...bare, id: aManaged(account).id, state: { kind: 'failed', reason: 'denied' } });
    assert.deepEqual(await on.store.managed.get(account, failed.id), failed);
  });

  it('refuses a taken id and a taken SCM id of the account, naming which', async () => {
    const first = await create(aManaged(anAccountId()));
    const { account } = first;
    await assert.rejects(create(aManaged(account, { id: first.id })), isFault('already-exists', 'certificate'));
    const taken = aManaged(account, { scm: first.scm ?? assert.fail() });
    await assert.rejects(create(taken), isFault('already-exists', 'SCM certificate id'));
    await create({ ...taken, account: anAccountId() });
  });

  it('is created once for equal claims, and with its issued row under the version of the authority', async () => {
    const authority = anAuthority(anAccountId());
    const { account } = authority;
    await on.store.commit('create-authority', { authority, tags: [] });
    const certificate = aManaged(account, { origin: 'issued' });
    const key = aSealedKey(account, { id: certificate.key });
    const claim = aClaim(account, certificate.id);
    const row = anIssued(authority, { managed: certificate.id });
    const wish = { certificate, key, tags: [], claim };
    const stale = on.store.commit('create-managed', { ...wish, issued: { certificate: row, authorityVersion: 2 } });
    await assert.rejects(stale, isFault('conflict', 'authority'));
    assert.equal(await on.store.managed.get(account, certificate.id), undefined);
    const issued = { certificate: row, authorityVersion: 1 };
    const racing = await Promise.all([
      on.store.commit('create-managed', { ...wish, issued }),
      on.store.commit('create-managed', { ...wish, certificate: aManaged(account), key: aSealedKey(account) }),
    ]);
    assert.equal(racing.filter(({ claimed }) => claimed).length, 1);
    assert.equal((await on.store.managed.page(account, page())).items.length, 1);
  });

  it('takes a new body and a new key, keeps what was not named, and counts the change', async () => {
    const before = await create(aManaged(anAccountId()));
    const { account, id } = before;
    const key = aSealedKey(account, { algorithm: 'RSA-2048' });
    const body = aBody({ dnsNames: [] });
    const change = { account, id, version: 1, now: now + 5, body, key, domain: 'new.example', importedAt: now + 5 };
    await on.store.commit('update-managed', change);
    const { importedAt, domain } = change;
    const expected = { ...before, body, key: key.id, keyAlgorithm: key.algorithm, domain, importedAt };
    assert.deepEqual(await on.store.managed.get(account, id), { ...expected, changedAt: now + 5, version: 2 });
    assert.equal(await on.store.managed.hasImported(account, before.body?.der ?? assert.fail()), false);
    assert.equal(await on.store.managed.hasImported(account, body.der), true);
    const state = { kind: 'failed', reason: 'other' } as const;
    await on.store.commit('update-managed', { account, id, version: 2, now: now + 6, state, issuedAt: now });
    const failed = { ...expected, state, issuedAt: now, changedAt: now + 6, version: 3 };
    assert.deepEqual(await on.store.managed.get(account, id), failed);
  });

  it('refuses a change of another version, another account, or nothing', async () => {
    const { account, id } = await create(aManaged(anAccountId()));
    const change = { account, id, version: 1, now, body: aBody() };
    await assert.rejects(
      on.store.commit('update-managed', { ...change, version: 3 }),
      isFault('conflict', 'certificate'),
    );
    await assert.rejects(
      on.store.commit('update-managed', { ...change, account: anAccountId() }),
      isFault('not-found'),
    );
    const racing = [on.store.commit('update-managed', change), on.store.commit('update-managed', change)];
    const statuses = (await Promise.allSettled(racing)).map(({ status }) => status);
    assert.deepEqual(statuses.sort(), ['fulfilled', 'rejected']);
  });

  it('notes an export of the own account only', async () => {
    const { account, id } = await create(aManaged(anAccountId()));
    await on.store.commit('mark-exported', { account, id, now: now + 3 });
    assert.equal((await on.store.managed.get(account, id))?.exportedAt, now + 3);
    const stranger = { account: anAccountId(), id, now };
    await assert.rejects(on.store.commit('mark-exported', stranger), isFault('not-found', 'certificate'));
  });

  it('is deleted with its keys, history and tags, by its own account only', async () => {
    const account = anAccountId();
    const [first, second] = [aSealedKey(account), aSealedKey(account)];
    const certificate = aManaged(account, { key: first.id });
    const { id } = certificate;
    await on.store.commit('create-managed', { certificate, key: first, tags: [{ key: 'a', value: 'b' }] });
    await on.store.commit('update-managed', { account, id, version: 1, now, body: aBody(), key: second });
    await assert.rejects(on.store.commit('delete-managed', { account: anAccountId(), id }), isFault('not-found'));
    assert.ok(await on.store.keys.get(account, second.id));
    await on.store.commit('delete-managed', { account, id });
    assert.equal(await on.store.managed.get(account, id), undefined);
    for (const key of [first, second]) assert.equal(await on.store.keys.get(account, key.id), undefined);
    assert.deepEqual(await on.store.tags.of(account, { kind: 'certificate', id }), []);
    await assert.rejects(on.store.commit('delete-managed', { account, id }), isFault('not-found'));
  });

  it('pages both ways without gaps or doubles while others come and go', async () => {
    const account = anAccountId();
    const algorithms = ['P-256', 'RSA-2048', 'RSA-1024'] as const;
    const made: ManagedCertificate[] = [];
    for (let at = 0; at < 12; at += 1) {
      const keyAlgorithm = algorithms[at % 3] ?? 'P-384';
      made.push(await create(aManaged(account, { createdAt: now + Math.floor(at / 4), keyAlgorithm })));
    }
    const order = made.map(({ createdAt, id }) => `${createdAt}.${id}`).sort();
    for (const descending of [false, true]) {
      const seen: string[] = [];
      for (let after: string | undefined, pages = 0; pages < 9; pages += 1) {
        const one = await on.store.managed.page(account, page({ limit: 5, descending, ...(after ? { after } : {}) }));
        seen.push(...one.items.map(({ createdAt, id }) => `${createdAt}.${id}`));
        if (pages === 0) await create(aManaged(account, { createdAt: descending ? now + 99 : now - 99 }));
        after = one.next;
        if (after === undefined) break;
      }
      const expected = descending ? [...order.toReversed(), ...seen.slice(12)] : order;
      assert.deepEqual(seen, expected);
    }
    await assert.rejects(on.store.managed.page(account, page({ after: '1.2' })), isFault('invalid', 'page'));
  });

  it('pages by region, status of the clock, key algorithm and having names', async () => {
    const account = anAccountId();
    const ended = aBody({ validity: { notBefore: 0, notAfter: now - 1 } });
    const nameless = aBody({ dnsNames: [] });
    const { body: _body, ...bare } = aManaged(account);
    const { domain: _domain, ...unnamed } = aManaged(account, { createdAt: now + 5, body: nameless });
    const made = {
      issued: await create(aManaged(account, { createdAt: now + 1, keyAlgorithm: 'RSA-2048' })),
      expired: await create(aManaged(account, { createdAt: now + 2, body: ended })),
      pending: await create({ ...bare, createdAt: now + 3, state: { kind: 'pending' } }),
      failed: await create(aManaged(account, { createdAt: now + 4, state: { kind: 'failed', reason: 'x' } })),
      unnamed: await create(unnamed),
      elsewhere: await create(aManaged(account, { region: region('cn-north-4') })),
    };
    type Made = (keyof typeof made)[];
    const ids = async (wanted: Parameters<typeof page>[0]) =>
      (await on.store.managed.page(account, page(wanted))).items.map(({ id }) => id);
    const named = (...names: Made) => names.map((name) => made[name].id);
    assert.deepEqual(await ids({}), named('issued', 'expired', 'pending', 'failed', 'unnamed'));
    assert.deepEqual(await ids({ statuses: ['issued'] }), named('issued', 'unnamed'));
    for (const status of ['expired', 'pending', 'failed'] satisfies ManagedStatus[]) {
      assert.deepEqual(await ids({ statuses: [status] }), named(status));
    }
    assert.deepEqual(await ids({ statuses: ['pending', 'expired'] }), named('expired', 'pending'));
    assert.deepEqual(await ids({ statuses: [] }), []);
    assert.deepEqual(await ids({ keyAlgorithms: ['RSA-2048', 'P-521'] }), named('issued'));
    assert.deepEqual(await ids({ named: true }), named('issued', 'expired', 'pending', 'failed'));
    assert.deepEqual(await ids({ region: region('cn-north-4') }), named('elsewhere'));
  });

  it('slices the imported ones by content, status, end, project and every sort key, with the total', async () => {
    const account = anAccountId();
    const until = (notAfter: number, dnsNames = ['x.example']) =>
      aBody({ validity: { notBefore: 0, notAfter }, dnsNames });
    const made = [
      aManaged(account, { name: 'Shop', body: until(now + 3), changedAt: now + 1 }),
      aManaged(account, { name: 'old', body: until(now - 1), changedAt: now + 3 }),
      aManaged(account, { name: 'oldest', body: until(now - 30 * day), changedAt: now + 2 }),
      aManaged(account, {
        name: '',
        domain: 'api.example',
        body: until(now + 9, ['API.example', 'www.other.test']),
        vendor: { huawei: { enterpriseProject: 'p1' } },
        changedAt: now + 4,
      }),
    ];
    for (const certificate of [...made, aManaged(account, { origin: 'issued' })]) await create(certificate);
    const order = async (wanted: Parameters<typeof slice>[0]) => {
      const { items, total } = await on.store.managed.slice(account, slice(wanted));
      return `${items.map(({ id }) => made.findIndex((one) => one.id === id)).join('')}/${total}`;
    };
    assert.equal(await order({}), '2103/4');
    assert.equal(await order({ sort: { key: 'notAfter', descending: true }, offset: 1, limit: 2 }), '01/4');
    assert.equal(await order({ sort: { key: 'changedAt', descending: false } }), '0213/4');
    assert.match(await order({ sort: { key: 'status', descending: false } }), /^(12|21)(03|30)\/4$/);
    assert.equal(await order({ status: 'issued' }), '03/2');
    assert.equal(await order({ status: 'expired' }), '21/2');
    assert.equal(await order({ endsAfter: now - 7 * day }), '103/3');
    assert.equal(await order({ enterpriseProject: 'p1' }), '3/1');
    assert.equal(await order({ enterpriseProject: { none: true } }), '210/3');
    assert.equal(await order({ content: 'SHOP' }), '0/1');
    assert.equal(await order({ content: 'other.te' }), '3/1');
    assert.equal(await order({ content: '%' }), '/0');
    assert.equal(await on.store.managed.byScmId(account, scmId('scs0000000000001')), undefined);
  });
}

type PageWanted = Parameters<StoreUnderTest['store']['managed']['page']>[1];
type SliceWanted = Parameters<StoreUnderTest['store']['managed']['slice']>[1];

function page(wanted: Partial<PageWanted> = {}): PageWanted {
  return { region: home, descending: false, limit: 50, now, ...wanted };
}

function slice(wanted: Partial<SliceWanted> = {}): SliceWanted {
  return { origin: 'imported', sort: { key: 'notAfter', descending: false }, offset: 0, limit: 10, now, ...wanted };
}
