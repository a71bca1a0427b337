import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Caller } from '../../src/core/account.ts';
import { createAccessKey } from '../../src/services/accounts/create-access-key.ts';
import { updateAccessKey } from '../../src/services/accounts/update-access-key.ts';
import { closeSession } from '../../src/services/sessions/close-session.ts';
import { findSession } from '../../src/services/sessions/find-session.ts';
import { openSession } from '../../src/services/sessions/open-session.ts';
import { rejectsWith } from './expect-fault.ts';
import { day, openPlace, type Place } from './world.ts';

describe('a token session', () => {
  let at: Place;
  let caller: Caller;
  before(async () => {
    at = await openPlace();
  });
  beforeEach(async () => {
    caller = await at.newcomer();
  });
  after(() => at.close());

  const open = ({ account, accessKey } = caller) => openSession(at, { account, accessKey, scope: { kind: 'domain' } });
  /** Another user of the same account, who may only read. */
  async function reader(): Promise<Caller> {
    const wish = { account: caller.account, userName: 'reader', role: 'read-only', isOperator: false } as const;
    const { id } = await createAccessKey(at, wish);
    return { ...caller, ...wish, accessKey: id };
  }

  it('speaks for the access key that opened it; only the hash of its token is stored', async () => {
    const { token, session } = await open();
    const found = await findSession(at, caller, token);
    assert.deepEqual(found.session, session);
    assert.deepEqual(
      [found.account.id, found.userName, found.role],
      [caller.account, 'administrator', 'administrator'],
    );
    assert.equal(session.tokenHash, createHash('sha256').update(token).digest('hex'));
    assert.ok(!JSON.stringify(session).includes(token));
    assert.match(token, /^[\w-]{64}$/); // 384 bits
  });
  it('has a token of its own each time', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => open()));
    assert.equal(new Set(tokens.map(({ token }) => token)).size, 20);
  });
  it('ends after 24 hours', async () => {
    const { token, session } = await open();
    assert.equal(session.expiresAt, session.issuedAt + day);
    at.clock.advance(day - 1);
    await findSession(at, caller, token);
    at.clock.advance(1);
    await rejectsWith(findSession(at, caller, token), 'not-found', { what: 'token' });
  });
  it('is not found with a token that is none', async () => {
    const { token } = await open();
    for (const wrong of ['', 'token', `${token}x`, token.toLowerCase()])
      await rejectsWith(findSession(at, caller, wrong), 'not-found', { what: 'token' });
  });
  it('of another account is not found, and not closed', async () => {
    const { token } = await open();
    const stranger = await at.newcomer();
    await rejectsWith(findSession(at, stranger, token), 'not-found');
    await rejectsWith(closeSession(at, stranger, token), 'not-found');
    await findSession(at, caller, token);
  });
  it('ends with its access key, and is back with it', async () => {
    const user = await reader();
    const { token } = await open(user);
    await updateAccessKey(at, { account: caller.account, id: user.accessKey, disabled: true });
    await rejectsWith(findSession(at, caller, token), 'not-found');
    await updateAccessKey(at, { account: caller.account, id: user.accessKey, disabled: false });
    assert.equal((await findSession(at, caller, token)).role, 'read-only');
  });
  it('takes the role that its key has now', async () => {
    const user = await reader();
    const { token } = await open(user);
    await updateAccessKey(at, { account: caller.account, id: user.accessKey, role: 'administrator' });
    assert.equal((await findSession(at, user, token)).role, 'administrator');
  });
  it('is closed by its own user and by an administrator, not by another reader', async () => {
    const user = await reader();
    const [administrators, own, others] = await Promise.all([open(), open(user), open(user)]);
    await rejectsWith(closeSession(at, user, administrators.token), 'forbidden', { what: 'token' });
    await findSession(at, caller, administrators.token);
    await closeSession(at, user, own.token);
    await closeSession(at, caller, others.token);
    for (const { token } of [own, others]) await rejectsWith(findSession(at, caller, token), 'not-found');
    await rejectsWith(closeSession(at, caller, own.token), 'not-found');
  });
});
