import type { Caller } from '../core/account.ts';
import type { Authority } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import type { AccountId, AuthorityId, Region } from '../core/ids.ts';
import { assertNotDeleted } from './change-authority.ts';
import { findAuthority } from './find-authority.ts';
import { retryConflict } from './retry-conflict.ts';
import type { World } from './world.ts';

type Uses = Pick<World, 'store' | 'clock' | 'pace' | 'audit'>;
type Place = { readonly id: AuthorityId; readonly region?: Region };

/**
 * Attaches a policy to the caller's authority in place of the one before; it is in force when this resolves, and what is
 * being issued to other accounts meanwhile is decided anew. The front has checked what its vendor allows in it.
 * Faults: `not-found`; `wrong-state` of a deleted authority; `conflict` when the authority kept changing.
 */
export async function putAuthorityPolicy(
  world: Uses,
  caller: Caller,
  wanted: Place & { readonly text: string; readonly principals: readonly AccountId[] },
): Promise<void> {
  const { text, principals } = wanted;
  await changePolicy(world, caller, wanted, { text, principals });
}

/** Takes the policy away, and with it every use by other accounts; no fault when there is none. Faults as above. */
export async function deleteAuthorityPolicy(world: Uses, caller: Caller, wanted: Place): Promise<void> {
  await changePolicy(world, caller, wanted, undefined);
}

/** Faults: `not-found` (the authority, or what: `policy`); `wrong-state` of a deleted authority. */
export async function findAuthorityPolicy(world: Uses, caller: Caller, { id, region }: Place): Promise<string> {
  const authority = await findAuthority(world, caller, id, { region });
  assertNotDeleted(authority);
  const policy = await world.store.sharing.policy(authority.account, id);
  if (policy === undefined) throw new Fault('not-found', `authority ${id} has no policy`, { what: 'policy', id });
  return policy;
}

async function changePolicy(
  world: Uses,
  caller: Caller,
  { id, region }: Place,
  policy: { readonly text: string; readonly principals: readonly AccountId[] } | undefined,
): Promise<void> {
  const { store, clock, audit } = world;
  await retryConflict(async () => {
    const authority: Authority = await findAuthority(world, caller, id, { region });
    assertNotDeleted(authority);
    const { account, version } = authority;
    if (policy === undefined && (await store.sharing.policy(account, id)) === undefined) return;
    await store.commit('put-policy', { account, authority: id, version, policy, now: clock.now() });
    await audit.record(caller, { verb: 'changed', what: 'policy', id });
  });
}
