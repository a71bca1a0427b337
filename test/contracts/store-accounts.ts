import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it } from 'node:test';
import type { Session } from '../../src/core/session.ts';
import { accessKeyId, domainId } from '../../src/core/ids.ts';
import { anAccessKey, anAccount, anAccountId, day, now, octets } from './store-builders.ts';
import { isFault, type StoreUnderTest } from './store-under-test.ts';

export function accountsContract(on: StoreUnderTest): void {
  it('keeps an account with its keys, found by id, by domain and in the list', async () => {
    const account = anAccount();
    const key = anAccessKey(account.id, { lastUsedAt: now });
    await on.store.commit('create-account', { account, keys: [key] });
    assert.deepEqual(await on.store.accounts.get(account.id), account);
    assert.deepEqual(await on.store.accounts.byDomain(account.domain), account);
    assert.ok((await on.store.accounts.list()).some(({ id }) => id === account.id));
    assert.deepEqual(await on.store.accounts.accessKey(key.id), key);
    assert.deepEqual(await on.store.accounts.accessKeys(account.id), [key]);
  });

  it('refuses a second account of the same id or domain and keeps none of its keys', async () => {
    const account = anAccount();
    await on.store.commit('create-account', { account, keys: [] });
    const key = anAccessKey(account.id);
    await assert.rejects(on.store.commit('create-account', { account, keys: [key] }), isFault('already-exists'));
    const sameDomain = { ...anAccount(), domain: account.domain };
    await assert.rejects(
      on.store.commit('create-account', { account: sameDomain, keys: [] }),
      isFault('already-exists'),
    );
    assert.equal(await on.store.accounts.accessKey(key.id), undefined);
  });

  it('gives nothing for what is not there', async () => {
    assert.equal(await on.store.accounts.get(anAccountId()), undefined);
    assert.equal(await on.store.accounts.byDomain(domainId('0'.repeat(32))), undefined);
    assert.equal(await on.store.accounts.accessKey(accessKeyId('AKIAAAAAAAAAAAAAAAAA')), undefined);
    assert.equal(await on.store.accounts.session('0'.repeat(64)), undefined);
  });

  it('makes a first account only while there is none', async () => {
    await on.store.commit('create-account', { account: anAccount(), keys: [] });
    const before = (await on.store.accounts.list()).length;
    await assert.rejects(
      on.store.commit('create-account', { account: anAccount(), keys: [], isFirst: true }),
      isFault('already-exists', 'account'),
    );
    assert.equal((await on.store.accounts.list()).length, before);
  });

  it('keeps a setting that is there when it is put only if absent, also in a race', async () => {
    const name = 'master-key-of-this-test';
    await Promise.all(['one', 'other'].map((value) => on.store.commit('put-setting', { name, value, ifAbsent: true })));
    const first = await on.store.settings.get(name);
    await on.store.commit('put-setting', { name, value: 'third', ifAbsent: true });
    assert.equal(await on.store.settings.get(name), first);
    await on.store.commit('put-setting', { name, value: 'third' });
    assert.equal(await on.store.settings.get(name), 'third');
  });

  it('suspends an account that is there', async () => {
    const account = anAccount();
    await on.store.commit('create-account', { account, keys: [] });
    await on.store.commit('set-account-suspended', { account: account.id, suspended: true });
    assert.equal((await on.store.accounts.get(account.id))?.suspended, true);
    const other = { account: anAccountId(), suspended: true };
    await assert.rejects(on.store.commit('set-account-suspended', other), isFault('not-found', 'account'));
  });

  it('adds a key to an account, once', async () => {
    const account = anAccount();
    await on.store.commit('create-account', { account, keys: [] });
    const key = anAccessKey(account.id);
    await on.store.commit('create-access-key', { key });
    await assert.rejects(on.store.commit('create-access-key', { key }), isFault('already-exists', 'access key'));
    const stray = anAccessKey(anAccountId());
    await assert.rejects(on.store.commit('create-access-key', { key: stray }), isFault('not-found', 'account'));
  });

  it('changes only the named parts of a key, and only of the own account', async () => {
    const account = anAccount();
    const key = anAccessKey(account.id);
    await on.store.commit('create-account', { account, keys: [key] });
    const sealedSecret = octets();
    await on.store.commit('update-access-key', { account: account.id, id: key.id, disabled: true, sealedSecret });
    assert.deepEqual(await on.store.accounts.accessKey(key.id), { ...key, disabled: true, sealedSecret });
    await on.store.commit('update-access-key', { account: account.id, id: key.id, role: 'read-only' });
    assert.equal((await on.store.accounts.accessKey(key.id))?.role, 'read-only');
    const stranger = { account: anAccountId(), id: key.id, disabled: false };
    await assert.rejects(on.store.commit('update-access-key', stranger), isFault('not-found', 'access key'));
    assert.equal((await on.store.accounts.accessKey(key.id))?.disabled, true);
  });

  it('never leaves the server without an enabled operator key, not even in a race', async () => {
    const account = anAccount();
    const keys = [anAccessKey(account.id, { isOperator: true }), anAccessKey(account.id, { isOperator: true })];
    await on.store.commit('create-account', { account, keys });
    const disable = keys.map(({ id }) =>
      on.store.commit('update-access-key', { account: account.id, id, disabled: true }),
    );
    const refused = (await Promise.allSettled(disable)).filter(({ status }) => status === 'rejected');
    assert.equal(refused.length, 1);
    const left = (await on.store.accounts.accessKeys(account.id)).filter(({ disabled }) => !disabled);
    assert.equal(left.length, 1);
    const [last] = left;
    assert.ok(last);
    await assert.rejects(
      on.store.commit('update-access-key', { account: account.id, id: last.id, role: 'read-only' }),
      isFault('conflict', 'access key'),
    );
    await assert.rejects(
      on.store.commit('set-account-suspended', { account: account.id, suspended: true }),
      isFault('conflict', 'account'),
    );
    assert.equal((await on.store.accounts.get(account.id))?.suspended, false);
  });

  it('notes the last use of keys, never backwards, and never of another account', async () => {
    const account = anAccount();
    const key = anAccessKey(account.id);
    await on.store.commit('create-account', { account, keys: [key] });
    const used = (at: number, owner = account.id) => ({ used: [{ account: owner, id: key.id, at }] });
    await on.store.commit('touch-access-keys', used(now + 5));
    await on.store.commit('touch-access-keys', used(now));
    await on.store.commit('touch-access-keys', used(now + 9, anAccountId()));
    assert.equal((await on.store.accounts.accessKey(key.id))?.lastUsedAt, now + 5);
  });

  it('keeps sessions until they are deleted or have ended', async () => {
    const account = anAccountId();
    const session = (expiresAt: number): Session => ({
      tokenHash: randomBytes(32).toString('hex'),
      account,
      accessKey: anAccessKey(account).id,
      scope: { kind: 'project', region: 'cn-north-4' },
      issuedAt: now,
      expiresAt,
    });
    const [left, deleted, ended] = [session(now + day), session(now + day), session(now)];
    const domainWide = { ...session(now + day), scope: { kind: 'domain' } as const };
    for (const one of [left, deleted, ended, domainWide]) await on.store.commit('create-session', { session: one });
    await on.store.commit('delete-session', { tokenHash: deleted.tokenHash });
    await on.store.commit('delete-ended', { now });
    assert.deepEqual(await on.store.accounts.session(left.tokenHash), left);
    assert.deepEqual(await on.store.accounts.session(domainWide.tokenHash), domainWide);
    assert.equal(await on.store.accounts.session(deleted.tokenHash), undefined);
    assert.equal(await on.store.accounts.session(ended.tokenHash), undefined);
  });

  it("prefers an account's setting to the server's, and lists both", async () => {
    const account = anAccountId();
    const name = `bundle-profile-${account}`;
    await on.store.commit('put-setting', { name, value: 'modern' });
    assert.equal(await on.store.settings.get(name, account), 'modern');
    await on.store.commit('put-setting', { account, name, value: 'modern' });
    await on.store.commit('put-setting', { account, name, value: 'legacy' });
    assert.equal(await on.store.settings.get(name, account), 'legacy');
    assert.equal(await on.store.settings.get(name, anAccountId()), 'modern');
    assert.equal(await on.store.settings.get(name), 'modern');
    const listed = (await on.store.settings.list(account)).filter((setting) => setting.name === name);
    assert.deepEqual(listed, [
      { name, value: 'modern' },
      { name, value: 'legacy', account },
    ]);
    assert.equal((await on.store.settings.list(anAccountId())).filter((one) => one.account !== undefined).length, 0);
    await on.store.commit('put-setting', { account, name, value: undefined });
    assert.equal(await on.store.settings.get(name, account), 'modern');
  });
}
