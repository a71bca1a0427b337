import type { Caller } from '../core/account.ts';
import { type AuthorityState, type AuthorityStatus, statusOf } from '../core/authority.ts';
import type { AuthorityId, Region } from '../core/ids.ts';
import { assertStatus, wrongStatus } from './change-authority.ts';
import { findAuthority } from './find-authority.ts';
import { purgeAuthority } from './purge-authority.ts';
import { retryConflict } from './retry-conflict.ts';
import type { World } from './world.ts';

const dayMs = 86_400_000;

/**
 * Deletes an authority: restorable for `restorableDays`, or for good at once where `purge` names its status.
 * Faults: `not-found`; `wrong-state` unless the status is one of `from`.
 */
export async function deleteAuthority(
  world: Pick<World, 'store' | 'signer' | 'clock' | 'pace'>,
  caller: Caller,
  wanted: {
    id: AuthorityId;
    region?: Region;
    from: readonly AuthorityStatus[];
    purge: readonly AuthorityStatus[];
    restorableDays: number;
  },
): Promise<void> {
  await retryConflict(async () => {
    const now = world.clock.now();
    const authority = await findAuthority(world, caller, wanted.id, wanted);
    const status = statusOf(authority, now);
    assertStatus(authority, status, wanted.from);
    const { account, id, version } = authority;
    if (wanted.purge.includes(status)) {
      await purgeAuthority(world, authority);
      return;
    }
    if (status !== 'pending' && status !== 'disabled' && status !== 'expired') {
      throw wrongStatus(authority, status, ['pending', 'disabled', 'expired']);
    }
    const restorableUntil = now + wanted.restorableDays * dayMs;
    const state: AuthorityState = { kind: 'deleted', before: status, restorableUntil };
    await world.store.commit('update-authority', { account, id, version, now, state });
  });
}
