import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import type { AccessKey, Caller } from '../../src/core/account.ts';
import { accessKeyId, accountId, region } from '../../src/core/ids.ts';
import { createAccessKey } from '../../src/services/accounts/create-access-key.ts';
import { createAccount } from '../../src/services/accounts/create-account.ts';
import { findAccount } from '../../src/services/accounts/find-account.ts';
import { listAccessKeys, listAccounts, suspendAccount } from '../../src/services/accounts/list-accounts.ts';
import { newAccessKey } from '../../src/services/accounts/new-access-key.ts';
import { rotateAccessKey } from '../../src/services/accounts/rotate-access-key.ts';
import { updateAccessKey } from '../../src/services/accounts/update-access-key.ts';
import { projectOf } from '../../src/services/sessions/project-of.ts';
import { rejectsWith } from './expect-fault.ts';
import { openPlace, type Place } from './world.ts';

const nobody = accountId('999999999999');
const noKey = accessKeyId('AKIANOSUCHKEYATALL00');

describe('accounts and their credentials', () => {
  const places: Place[] = [];
  let at: Place;
  let operator: Caller;
  // A place each: whether an operator's key is left is a question about the whole server.
  beforeEach(async () => {
    at = await openPlace();
    places.push(at);
    operator = await at.newcomer(true);
  });
  after(() => Promise.all(places.map((place) => place.close())));

  const create = (more: Partial<Parameters<typeof createAccount>[1]> = {}) =>
    createAccount(at, { name: 'one', isOperator: false, key: newAccessKey(at), ...more });
  const keyOf = async (id: AccessKey['id']): Promise<AccessKey> => {
    const key = await at.store.accounts.accessKey(id);
    assert.ok(key);
    return key;
  };
  const secretOf = async (id: AccessKey['id']) => {
    const { account, sealedSecret } = await keyOf(id);
    return Buffer.from(at.vault.openSecret(account, id, sealedSecret)).toString();
  };

  describe('a new account', () => {
    it('has ids of both vendors’ forms and one administrator’s key, whose secret is stored sealed', async () => {
      const key = newAccessKey(at);
      const secret = Buffer.from(key.secret).toString();
      const account = await create({ key });
      assert.match(account.id, /^[1-9][0-9]{11}$/);
      assert.match(account.domain, /^[0-9a-f]{32}$/);
      assert.deepEqual(await findAccount(at, account.id), account);
      assert.deepEqual(await at.store.accounts.byDomain(account.domain), account);
      const { sealedSecret, ...row } = await keyOf(key.id);
      assert.deepEqual(row, {
        id: key.id,
        account: account.id,
        userName: 'administrator',
        role: 'administrator',
        isOperator: false,
        disabled: false,
        createdAt: at.clock.now(),
      });
      assert.equal(await secretOf(key.id), secret);
      assert.ok(!Buffer.from(sealedSecret).includes(secret));
    });
    it('may have an id of the operator’s choice, once', async () => {
      const id = accountId('123456789012');
      assert.equal((await create({ id })).id, id);
      await rejectsWith(create({ id }), 'already-exists');
      const taken = newAccessKey(at);
      await create({ key: taken });
      await rejectsWith(create({ key: taken }), 'already-exists');
      assert.equal((await listAccounts(at)).length, 3);
    });
    it('is not the first when there is one: two first starts make one account', async () => {
      await rejectsWith(create({ isFirst: true }), 'already-exists');
      assert.equal((await listAccounts(at)).length, 1);
    });
  });

  describe('a new credential', () => {
    it('is AKIA and 16 characters, with a secret of 40, each its own', () => {
      const made = Array.from({ length: 200 }, () => newAccessKey(at));
      for (const { id, secret } of made) {
        assert.match(id, /^AKIA[A-Z2-7]{16}$/);
        assert.match(Buffer.from(secret).toString(), /^[A-Za-z0-9]{40}$/);
      }
      assert.equal(new Set(made.map(({ id }) => id)).size, 200);
      assert.equal(new Set(made.map(({ secret }) => Buffer.from(secret).toString())).size, 200);
    });
    it('draws its characters without bias: octets above the last whole round are drawn again', () => {
      // 256 = 4 × 62 + 8: octets from 248 on would favour the first eight letters.
      const octets = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 255 : 1));
      const { secret } = newAccessKey({ random: { bytes: octets, uuid: () => '' } });
      assert.equal(Buffer.from(secret).toString(), 'B'.repeat(40));
    });
    it('of an account may be read-only; listing shows no secret', async () => {
      const wish = { account: operator.account, userName: 'reader', role: 'read-only', isOperator: false } as const;
      const { id, secret } = await createAccessKey(at, wish);
      assert.equal(await secretOf(id), Buffer.from(secret).toString());
      const keys = await listAccessKeys(at, operator.account);
      assert.deepEqual(keys.map(({ role }) => role).sort(), ['administrator', 'read-only']);
      for (const key of keys) assert.ok(!('sealedSecret' in key));
    });
    it('of no account is not made, and none are listed', async () => {
      const wish = { account: nobody, userName: 'reader', role: 'read-only', isOperator: false } as const;
      await rejectsWith(createAccessKey(at, wish), 'not-found', { what: 'account' });
      await rejectsWith(listAccessKeys(at, nobody), 'not-found', { what: 'account' });
      await rejectsWith(findAccount(at, nobody), 'not-found', { what: 'account' });
    });
  });

  describe('a credential', () => {
    it('gets a new secret, and the old one is gone', async () => {
      const before = await secretOf(operator.accessKey);
      const { id, secret } = await rotateAccessKey(at, { account: operator.account, id: operator.accessKey });
      assert.equal(id, operator.accessKey);
      assert.notEqual(Buffer.from(secret).toString(), before);
      assert.equal(await secretOf(id), Buffer.from(secret).toString());
    });
    it('is changed by its own account’s number only', async () => {
      const { account } = await at.newcomer();
      const before = await secretOf(operator.accessKey);
      for (const id of [operator.accessKey, noKey]) {
        await rejectsWith(rotateAccessKey(at, { account, id }), 'not-found');
        await rejectsWith(updateAccessKey(at, { account, id, disabled: true }), 'not-found');
      }
      assert.equal(await secretOf(operator.accessKey), before);
      assert.equal((await keyOf(operator.accessKey)).disabled, false);
    });
    it('is disabled, enabled, and given another role', async () => {
      const { account, accessKey: id } = await at.newcomer();
      await updateAccessKey(at, { account, id, disabled: true });
      await updateAccessKey(at, { account, id, role: 'read-only' });
      assert.deepEqual([(await keyOf(id)).disabled, (await keyOf(id)).role], [true, 'read-only']);
      await updateAccessKey(at, { account, id, disabled: false });
      assert.deepEqual([(await keyOf(id)).disabled, (await keyOf(id)).role], [false, 'read-only']);
    });
  });

  describe('the last operator', () => {
    const lastOnes = (): readonly (() => Promise<void>)[] => {
      const { account, accessKey: id } = operator;
      return [
        () => updateAccessKey(at, { account, id, disabled: true }),
        () => updateAccessKey(at, { account, id, role: 'read-only' }),
        () => suspendAccount(at, account, true),
      ];
    };
    it('is never locked out: not disabled, not made a reader, not suspended', async () => {
      await at.newcomer(); // an administrator, but no operator
      const { account } = operator;
      const reader = await createAccessKey(at, { account, userName: 'reader', role: 'read-only', isOperator: true });
      for (const lockOut of lastOnes()) await rejectsWith(lockOut(), 'conflict');
      await updateAccessKey(at, { account, id: reader.id, disabled: true });
      const key = await keyOf(operator.accessKey);
      assert.deepEqual(
        [key.disabled, key.role, (await findAccount(at, account)).suspended],
        [false, 'administrator', false],
      );
    });
    it('may go once there is another', async () => {
      const second = await at.newcomer(true);
      for (const lockOut of lastOnes()) await lockOut();
      await rejectsWith(suspendAccount(at, second.account, true), 'conflict');
    });
    it('of two who go at once, one stays', async () => {
      const second = await at.newcomer(true);
      const both = await Promise.allSettled(
        [operator, second].map(({ account, accessKey: id }) => updateAccessKey(at, { account, id, disabled: true })),
      );
      assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    });
  });

  it('an account is suspended and allowed again; one that is not there is not found', async () => {
    const { account } = await at.newcomer();
    await suspendAccount(at, account, true);
    assert.equal((await findAccount(at, account)).suspended, true);
    await suspendAccount(at, account, false);
    assert.equal((await findAccount(at, account)).suspended, false);
    await rejectsWith(suspendAccount(at, nobody, true), 'not-found');
  });
  it('a project is the same for the same domain and region, and another for every other', async () => {
    const { domain } = await at.newcomer();
    const here = projectOf(domain, region('us-east-1'));
    assert.match(here, /^[0-9a-f]{32}$/);
    assert.equal(projectOf(domain, region('us-east-1')), here);
    assert.notEqual(projectOf(domain, region('us-east-2')), here);
    assert.notEqual(projectOf(operator.domain, region('us-east-1')), here);
  });
});
