import type { Caller } from '../core/account.ts';
import {
  type Authority,
  type AuthorityState,
  type AuthorityStatus,
  type AuthorityVendorFields,
  type RevocationSettings,
  statusOf,
} from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import type { AuthorityId, Region } from '../core/ids.ts';
import { findAuthority } from './find-authority.ts';
import { retryConflict } from './retry-conflict.ts';
import type { World } from './world.ts';

/** Commits the parts that a function makes of the authority as it stands, if its status is one of `from`. */
export async function changeAuthority(
  world: Pick<World, 'store' | 'clock' | 'pace'>,
  caller: Caller,
  wanted: { id: AuthorityId; region?: Region },
  from: readonly AuthorityStatus[],
  parts: (authority: Authority) => {
    state?: AuthorityState;
    vendor?: AuthorityVendorFields;
    revocation?: RevocationSettings;
  },
): Promise<void> {
  await retryConflict(async () => {
    const now = world.clock.now();
    const authority = await findAuthority(world, caller, wanted.id, wanted);
    assertStatus(authority, statusOf(authority, now), from);
    const { account, id, version } = authority;
    await world.store.commit('update-authority', { account, id, version, now, ...parts(authority) });
  });
}

/** Throws Fault `wrong-state` unless the status is an allowed one. */
export function assertStatus(authority: Authority, status: AuthorityStatus, allowed: readonly AuthorityStatus[]): void {
  if (!allowed.includes(status)) throw wrongStatus(authority, status, allowed);
}

export function wrongStatus(authority: Authority, status: AuthorityStatus, allowed: readonly AuthorityStatus[]): Fault {
  return new Fault('wrong-state', `authority ${authority.id} is ${status}, expected ${allowed.join(' or ')}`, {
    what: 'authority',
    id: authority.id,
    reason: status,
  });
}

/** Throws Fault `wrong-state`: nothing hangs on an authority that is deleted, until it is restored. */
export function assertNotDeleted({ id, state }: Authority): void {
  if (state.kind !== 'deleted') return;
  throw new Fault('wrong-state', `authority ${id} is deleted`, { what: 'authority', id, reason: 'deleted' });
}
