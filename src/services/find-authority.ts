import type { Caller } from '../core/account.ts';
import type { Authority } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import type { AuthorityId, Region } from '../core/ids.ts';
import type { World } from './world.ts';

/**
 * An authority of the caller's account; with a region only there (an ARN names one).
 * Throws Fault `not-found`, the same for another account's, another region's and none at all.
 */
export async function findAuthority(
  { store }: Pick<World, 'store'>,
  caller: Caller,
  id: AuthorityId,
  within: { region?: Region } = {},
): Promise<Authority> {
  const authority = await store.authorities.get(caller.account, id);
  if (authority === undefined || (within.region !== undefined && authority.region !== within.region)) {
    throw new Fault('not-found', `authority ${id} does not exist`, { what: 'authority', id });
  }
  return authority;
}
