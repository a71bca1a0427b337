import type { Caller } from '../core/account.ts';
import { type Authority, isGone } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import type { AuthorityId, EpochMs, Region } from '../core/ids.ts';
import type { SharedAccess } from '../core/shared-access.ts';
import { isUnderWay, type Pace } from './pace.ts';
import { accountOf } from './shared-authority.ts';
import type { World } from './world.ts';

/**
 * An authority of the caller's account, or with the right to it another's; with a region only there (an ARN names one).
 * Throws Fault `not-found`, the same for another account's, another region's, one whose restore period is over, and
 * none at all.
 */
export async function findAuthority(
  { store, clock, pace }: Pick<World, 'store' | 'clock' | 'pace'>,
  caller: Caller,
  id: AuthorityId,
  within: { region?: Region; access?: SharedAccess } = {},
): Promise<Authority> {
  const authority = await store.authorities.get(accountOf(caller, id, within.access), id);
  const isElsewhere = within.region !== undefined && authority?.region !== within.region;
  if (authority === undefined || isElsewhere || isGone(authority, clock.now())) {
    throw new Fault('not-found', `authority ${id} does not exist`, { what: 'authority', id });
  }
  return asPaced(pace, authority, clock.now());
}

/** As a service of that pace shows it: one that was made through AWS seems to be created for a while. */
export function asPaced({ creatingMs }: Pace, authority: Authority, now: EpochMs): Authority {
  const { state, vendor, createdAt } = authority;
  const seemsCreating = state.kind === 'pending' && vendor.aws !== undefined && isUnderWay(createdAt, creatingMs, now);
  return seemsCreating ? { ...authority, state: { kind: 'creating', csrExtensions: [] } } : authority;
}
