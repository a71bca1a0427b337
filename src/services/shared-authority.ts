/** Authorities of other accounts: whose things a verb may touch, and whether that is still so. */
import type { Caller, Permission } from '../core/account.ts';
import type { Authority } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import type { AccountId } from '../core/ids.ts';
import { SharedAccess } from '../core/shared-access.ts';
import type { World } from './world.ts';

/**
 * The right to what another account shares, by the policy as it is stored now: one read by owner and id, whether there is
 * such an authority or not. Throws Fault `forbidden` about a `shared authority`, alike for both.
 */
export async function findSharedAccess(
  { store }: Pick<World, 'store'>,
  caller: Caller,
  permission: Permission,
): Promise<SharedAccess> {
  const { account, sharing } = permission;
  const isNamed = account !== undefined && sharing !== undefined;
  const shared = isNamed ? await store.sharing.shared(account, sharing.authority) : undefined;
  return SharedAccess.authorize(caller, permission, shared);
}

/** The account whose things are touched: the caller's own, or with a right to this very authority its owner's. */
export function accountOf(caller: Caller, id: string, access: SharedAccess | undefined): AccountId {
  return access === undefined ? caller.account : access.ownerFor(caller, id);
}

/**
 * Whether the right still stands for the authority as it was just read, whose version the commit will check: so nothing
 * is issued under a policy that was changed or taken away meanwhile. Faults: `forbidden`; `conflict`, to be tried again.
 */
export async function assertCurrent(
  { store }: Pick<World, 'store'>,
  access: SharedAccess,
  { id, version }: Authority,
): Promise<void> {
  if (access.version === version) return;
  const { version: found } = access.renewed(await store.sharing.shared(access.owner, access.authority));
  if (found === version) return;
  throw new Fault('conflict', `authority ${id} was changed meanwhile`, { what: 'authority', id, reason: 'version' });
}
