/** What the vendor's own services may do with an authority: kept and shown, and asked by nothing here. */
import type { Caller } from '../core/account.ts';
import type { AccountId, AuthorityId, Region } from '../core/ids.ts';
import type { SharedAccess } from '../core/shared-access.ts';
import type { ServicePermission } from '../core/sharing.ts';
import { assertNotDeleted } from './change-authority.ts';
import { findAuthority } from './find-authority.ts';
import type { World } from './world.ts';

type Uses = Pick<World, 'store' | 'clock' | 'pace' | 'audit'>;
type Place = { readonly id: AuthorityId; readonly region?: Region };

/** Faults: `not-found`; `wrong-state` of a deleted authority; `already-exists` for the same principal. */
export async function createServicePermission(
  world: Uses,
  caller: Caller,
  wish: Place & Pick<ServicePermission, 'principal' | 'sourceAccount' | 'actions'>,
): Promise<void> {
  const { id, region, principal, sourceAccount, actions } = wish;
  const authority = await findAuthority(world, caller, id, { region });
  assertNotDeleted(authority);
  const permission = { principal, sourceAccount, actions: [...new Set(actions)], createdAt: world.clock.now() };
  await world.store.commit('create-permission', { account: authority.account, authority: id, permission });
  await world.audit.record(caller, { verb: 'changed', what: 'permission', id });
}

/** Faults: `not-found` (the authority, or what: `permission`); `wrong-state` of a deleted authority. */
export async function deleteServicePermission(
  world: Uses,
  caller: Caller,
  wanted: Place & { readonly principal: string; readonly sourceAccount: AccountId },
): Promise<void> {
  const { id, region, principal, sourceAccount } = wanted;
  const authority = await findAuthority(world, caller, id, { region });
  assertNotDeleted(authority);
  await world.store.commit('delete-permission', {
    account: authority.account,
    authority: id,
    principal,
    sourceAccount,
  });
  await world.audit.record(caller, { verb: 'changed', what: 'permission', id });
}

/** In the order of principal and source account. Faults: `not-found`; `wrong-state` of a deleted authority. */
export async function listServicePermissions(
  world: Uses,
  caller: Caller,
  { id, region, access }: Place & { readonly access?: SharedAccess },
): Promise<readonly ServicePermission[]> {
  const authority = await findAuthority(world, caller, id, { region, access });
  assertNotDeleted(authority);
  return world.store.sharing.permissions(authority.account, id);
}
