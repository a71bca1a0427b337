import assert from 'node:assert/strict';
import { it } from 'node:test';
import { accountId, type AccountId, region } from '../../src/core/ids.ts';
import type { Authority } from '../../src/core/authority.ts';
import { aManaged, anAccount, anAuthority, anIssued, home, now, pendingAuthority } from './store-builders.ts';
import { isFault, type StoreUnderTest } from './store-under-test.ts';

export function sharingContract(on: StoreUnderTest): void {
  const ownerOf = async () => {
    const account = anAccount();
    await on.store.commit('create-account', { account, keys: [] });
    return account.id;
  };
  const authorityOf = async (owner: AccountId, more: Partial<Authority> = {}) => {
    const authority = anAuthority(owner, more);
    await on.store.commit('create-authority', { authority, tags: [] });
    return authority;
  };
  const put = ({ account, id }: Authority, text: string | undefined, principals: AccountId[] = [], version = 1) =>
    on.store.commit('put-policy', {
      account,
      authority: id,
      version,
      policy: text === undefined ? undefined : { text, principals },
      now,
    });

  it('keeps, replaces and takes away the policy of an authority, each time as a new version', async () => {
    const authority = await authorityOf(await ownerOf());
    const { account, id } = authority;
    assert.equal(await on.store.sharing.policy(account, id), undefined);
    assert.equal(await on.store.sharing.shared(account, id), undefined);
    await put(authority, 'first');
    assert.equal(await on.store.sharing.policy(account, id), 'first');
    assert.equal(await on.store.sharing.policy(await ownerOf(), id), undefined);
    assert.deepEqual(await on.store.sharing.shared(account, id), { region: home, version: 2, policy: 'first' });
    await put(authority, 'second', [], 2);
    assert.deepEqual(await on.store.sharing.shared(account, id), { region: home, version: 3, policy: 'second' });
    const changed = await on.store.authorities.get(account, id);
    assert.deepEqual(changed, { ...authority, version: 3 });
    await put(authority, undefined, [], 3);
    assert.equal(await on.store.sharing.policy(account, id), undefined);
    assert.equal(await on.store.sharing.shared(account, id), undefined);
  });

  it('refuses a policy for another version, another account or nothing', async () => {
    const authority = await authorityOf(await ownerOf());
    await assert.rejects(put(authority, 'late', [], 2), isFault('conflict', 'authority'));
    await assert.rejects(put({ ...authority, account: await ownerOf() }, 'foreign'), isFault('not-found', 'authority'));
    assert.equal(await on.store.sharing.policy(authority.account, authority.id), undefined);
  });

  it('refuses at once what was signed under the policy of before', async () => {
    const authority = await authorityOf(await ownerOf());
    await put(authority, 'policy');
    const stale = on.store.commit('record-issued', { certificate: anIssued(authority), authorityVersion: 1 });
    await assert.rejects(stale, isFault('conflict', 'authority'));
    await on.store.commit('record-issued', { certificate: anIssued(authority), authorityVersion: 2 });
  });

  it('shares nothing of a suspended owner, or whose key is held elsewhere', async () => {
    const owner = await ownerOf();
    const [authority, keyless] = [await authorityOf(owner), await authorityOf(owner, { key: undefined })];
    const guest = await ownerOf();
    for (const each of [authority, keyless]) await put(each, 'policy', [guest]);
    const names = async () =>
      (await on.store.sharing.page(guest, { region: home, limit: 9 })).items.map((item) => item.authority.id);
    assert.deepEqual(await names(), [authority.id]);
    assert.equal(await on.store.sharing.shared(owner, keyless.id), undefined);
    await on.store.commit('set-account-suspended', { account: owner, suspended: true });
    assert.equal(await on.store.sharing.shared(owner, authority.id), undefined);
    assert.deepEqual(await names(), []);
    await on.store.commit('set-account-suspended', { account: owner, suspended: false });
    assert.deepEqual(await names(), [authority.id]);
  });

  it('pages what names an account, oldest first and by region, and forgets those named no more', async () => {
    const [first, second, guest] = [await ownerOf(), await ownerOf(), await ownerOf()];
    const made: Authority[] = [];
    for (const [at, owner] of [second, first, second, first, first].entries()) {
      const authority = await authorityOf(owner, { createdAt: now + at });
      await put(authority, `policy ${at}`, [guest, guest, owner]);
      made.push({ ...authority, version: 2 });
    }
    const elsewhere = await authorityOf(first, { region: region('us-west-2') });
    await put(elsewhere, 'elsewhere', [guest]);
    const page = (after?: string) => on.store.sharing.page(guest, { region: home, limit: 2, after });
    const pages = [await page()];
    for (let last = pages[0]; last?.next !== undefined; ) {
      last = await page(last.next);
      pages.push(last);
    }
    assert.equal(pages.length, 3);
    assert.deepEqual(
      pages.flatMap(({ items }) => items),
      made.map((authority, at) => ({ authority, policy: `policy ${at}` })),
    );
    const [one] = made;
    await put(one ?? assert.fail(), 'others', [second], 2);
    assert.equal((await page()).items[0]?.policy, 'policy 1');
    assert.deepEqual(await on.store.sharing.page(await ownerOf(), { region: home, limit: 9 }), { items: [] });
  });

  it('takes a policy that names thousands of accounts', async () => {
    const authority = await authorityOf(await ownerOf());
    const principals = Array.from({ length: 5400 }, (_, at) => accountId(String(700_000_000_000 + at)));
    await put(authority, 'many', principals);
    const named = await on.store.sharing.page(accountId('700000005399'), { region: home, limit: 9 });
    assert.deepEqual(
      named.items.map((item) => item.authority.id),
      [authority.id],
    );
  });

  it("keeps permissions of the vendor's services, each once, until they or the authority are gone", async () => {
    const account = await ownerOf();
    const authority = pendingAuthority(account);
    await on.store.commit('create-authority', { authority, tags: [] });
    const place = { account, authority: authority.id };
    const permission = {
      principal: 'acm.amazonaws.com',
      sourceAccount: account,
      actions: ['GetCertificate', 'IssueCertificate'],
      createdAt: now,
    };
    const create = (more = {}) => on.store.commit('create-permission', { ...place, permission, ...more });
    await create();
    await assert.rejects(create(), isFault('already-exists', 'permission'));
    await assert.rejects(create({ account: await ownerOf() }), isFault('not-found', 'authority'));
    assert.deepEqual(await on.store.sharing.permissions(account, authority.id), [permission]);
    assert.deepEqual(await on.store.sharing.permissions(await ownerOf(), authority.id), []);
    const { principal } = permission;
    const remove = (sourceAccount: AccountId) =>
      on.store.commit('delete-permission', { ...place, principal, sourceAccount });
    await assert.rejects(remove(await ownerOf()), isFault('not-found', 'permission'));
    await remove(account);
    assert.deepEqual(await on.store.sharing.permissions(account, authority.id), []);
    await create();
    await put(authority, 'policy', [account]);
    await on.store.commit('purge-authority', { account, id: authority.id, version: 2, now });
    assert.deepEqual(await on.store.sharing.permissions(account, authority.id), []);
    assert.equal(await on.store.sharing.policy(account, authority.id), undefined);
  });

  it("creates a managed certificate with the row of the owner's account, which must name who asked", async () => {
    const authority = await authorityOf(await ownerOf());
    const guest = await ownerOf();
    const issued = anIssued(authority);
    const named = { ...issued, asker: { ...issued.asker, account: guest } };
    const managed = aManaged(guest, { authority: authority.id, authorityAccount: authority.account });
    const create = (certificate: typeof issued) =>
      on.store.commit('create-managed', {
        certificate: managed,
        tags: [],
        issued: { certificate, authorityVersion: 1 },
      });
    await assert.rejects(create(issued));
    await assert.rejects(create({ ...named, asker: { ...named.asker, account: await ownerOf() } }));
    assert.equal(await on.store.managed.get(guest, managed.id), undefined);
    await create(named);
    assert.deepEqual(await on.store.managed.get(guest, managed.id), managed);
    assert.deepEqual(await on.store.issued.get(authority.account, issued.serial), named);
    assert.equal(await on.store.issued.get(guest, issued.serial), undefined);
  });
}
