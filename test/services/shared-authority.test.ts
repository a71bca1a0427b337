/** The right to another account's authority: what it is good for, and when it ends. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Caller, Permission } from '../../src/core/account.ts';
import type { SharedAccess } from '../../src/core/shared-access.ts';
import type { SharedUse } from '../../src/core/sharing.ts';
import { deleteAuthorityPolicy, putAuthorityPolicy } from '../../src/services/authority-policy.ts';
import { findAuthority } from '../../src/services/find-authority.ts';
import { findIssuedCertificate } from '../../src/services/find-issued-certificate.ts';
import { issueCertificate } from '../../src/services/issue-certificate.ts';
import { requestCertificate } from '../../src/services/request-certificate.ts';
import { revokeCertificate } from '../../src/services/revoke-certificate.ts';
import { findSharedAccess } from '../../src/services/shared-authority.ts';
import { listTags } from '../../src/services/tag-resource.ts';
import type { World } from '../../src/services/world.ts';
import { rejectsWith } from './expect-fault.ts';
import { aRoot, issueWish, requestWish } from './wishes.ts';
import { afterSigning, openPlace } from './world.ts';

const at = await openPlace();
after(() => at.close());
const owner = await at.newcomer();
const guest = await at.newcomer();
const root = await aRoot(at, owner);
const { id } = root;

const policyOf = (...actions: string[]) =>
  JSON.stringify({
    Statement: { Effect: 'Allow', Principal: { AWS: guest.account }, Action: actions, Resource: 'the-root' },
  });
const share = (...actions: string[]) =>
  putAuthorityPolicy(at, owner, { id, text: policyOf(...actions), principals: [guest.account] });
const profile = issueWish(id).profile.name;

function permission(use: SharedUse, caller: Caller = guest): Permission {
  const principal = `arn:aws:iam::${caller.account}:user/${caller.userName}`;
  const sharing = { authority: id, region: root.region, use, profile, principal, context: new Map() };
  return { action: `a:${use}`, access: 'write', account: owner.account, resource: 'the-root', sharing };
}
const accessTo = (use: SharedUse, caller: Caller = guest): Promise<SharedAccess> =>
  findSharedAccess(at, caller, permission(use, caller));
const issuedBy = (account: Caller) => at.store.issued.count(account.account);

describe('the right to a shared authority', () => {
  it('is given by its policy only, and never to a role that lacks it', async () => {
    await rejectsWith(accessTo('issue'), 'forbidden', { what: 'shared authority', reason: 'no-resource-policy' });
    await share('a:issue');
    await accessTo('issue');
    await rejectsWith(accessTo('revoke'), 'forbidden', { reason: 'no-resource-policy' });
    const reader: Caller = { ...guest, role: 'read-only' };
    await rejectsWith(accessTo('issue', reader), 'forbidden', { reason: 'no-identity-policy' });
  });

  it('lets its caller act in the account of the owner', async () => {
    await share('a:issue', 'a:see', 'a:revoke');
    const [mine, theirs] = [await issuedBy(guest), await issuedBy(owner)];
    const serial = await issueCertificate(at, guest, { ...issueWish(id), access: await accessTo('issue') });
    assert.deepEqual([await issuedBy(guest), await issuedBy(owner)], [mine, theirs + 1]);
    const see = { access: await accessTo('see') };
    assert.equal((await findIssuedCertificate(at, guest, serial, see)).asker.account, guest.account);
    assert.deepEqual(await findAuthority(at, guest, id, see), await findAuthority(at, owner, id));
    assert.deepEqual(await listTags(at, guest, { kind: 'authority', id }, see.access), []);
    const revocation = { authority: id, serial, reason: 'superseded' } as const;
    await revokeCertificate(at, guest, { ...revocation, access: await accessTo('revoke') });
    await rejectsWith(revokeCertificate(at, owner, revocation), 'already-exists');
  });

  it('is good for nothing else: another use, profile, caller, request, authority', async () => {
    await share('a:issue', 'a:see', 'a:revoke');
    const [issue, see] = [await accessTo('issue'), await accessTo('see')];
    const wish = issueWish(id);
    const otherProfile = { ...wish.profile, name: 'another' };
    const other = await aRoot(at, owner);
    const revocation = { authority: id, serial: '4'.repeat(32) as never, reason: 'superseded' } as const;
    for (const misuse of [
      () => issueCertificate(at, guest, { ...wish, access: see }),
      () => issueCertificate(at, guest, { ...wish, profile: otherProfile, access: issue }),
      () => issueCertificate(at, { ...guest }, { ...wish, access: issue }),
      () => issueCertificate(at, guest, { ...wish, authority: other.id, access: issue }),
      () => requestCertificate(at, guest, { ...requestWish(id), access: see }),
      () => revokeCertificate(at, guest, { ...revocation, access: issue }),
      () => findAuthority(at, guest, other.id, { access: see }),
      () => listTags(at, guest, { kind: 'authority', id: other.id }, see),
    ]) {
      await assert.rejects(misuse, /a shared access/);
    }
    await rejectsWith(issueCertificate(at, guest, wish), 'not-found');
  });

  it('does not find what another authority of the owner issued', async () => {
    await share('a:see');
    const other = await aRoot(at, owner);
    const serial = await issueCertificate(at, owner, issueWish(other.id));
    await rejectsWith(findIssuedCertificate(at, guest, serial, { access: await accessTo('see') }), 'not-found');
  });
});

describe('a policy that changes while a certificate is signed', () => {
  const wish = async () => ({ ...issueWish(id), access: await accessTo('issue') });

  it('and no longer allows it: nothing is stored', async () => {
    for (const change of [() => deleteAuthorityPolicy(at, owner, { id }), () => share('a:see')]) {
      await share('a:issue');
      const before = await issuedBy(owner);
      const world = afterSigning<World>(at, change);
      const refused = issueCertificate(world, guest, await wish());
      await rejectsWith(refused, 'forbidden', { what: 'shared authority', reason: 'no-resource-policy' });
      assert.equal(await issuedBy(owner), before);
    }
  });

  it('and still allows it: it is signed again', async () => {
    await share('a:issue');
    const before = await issuedBy(owner);
    const world = afterSigning<World>(at, () => share('a:issue', 'a:see'));
    await issueCertificate(world, guest, await wish());
    assert.equal(await issuedBy(owner), before + 1);
  });

  it('between the right and its use: what is in force then decides', async () => {
    await share('a:issue');
    const [first, second] = [await wish(), await wish()];
    await share('a:issue', 'a:see');
    await issueCertificate(at, guest, first);
    await deleteAuthorityPolicy(at, owner, { id });
    await rejectsWith(issueCertificate(at, guest, second), 'forbidden');
  });

  it('or its owner is suspended: nothing is stored', async () => {
    await share('a:issue');
    const suspended = (is: boolean) =>
      at.store.commit('set-account-suspended', { account: owner.account, suspended: is });
    const before = await issuedBy(owner);
    const world = afterSigning<World>(at, async () => {
      await share('a:issue');
      await suspended(true);
    });
    await rejectsWith(issueCertificate(world, guest, await wish()), 'forbidden');
    await suspended(false);
    assert.equal(await issuedBy(owner), before);
  });

  it('of a certificate that is managed: it is kept as failed, because it was denied', async () => {
    await share('a:issue');
    const world = afterSigning<World>(at, () => deleteAuthorityPolicy(at, owner, { id }));
    const before = await issuedBy(owner);
    const request = { ...requestWish(id), whenRefused: 'keep' } as const;
    const named = { ...request, profile: issueWish(id).profile, access: await accessTo('issue') };
    const made = await requestCertificate(world, guest, named);
    const kept = await at.store.managed.get(guest.account, made);
    assert.deepEqual(kept?.state, { kind: 'failed', reason: 'denied' });
    assert.equal(await issuedBy(owner), before);
  });
});
