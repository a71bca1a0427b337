import type { Caller } from '../core/account.ts';
import type { AuthorityId, Region } from '../core/ids.ts';
import { changeAuthority } from './change-authority.ts';
import type { World } from './world.ts';

/**
 * Takes a deletion back while its period lasts; an authority that had a certificate comes back disabled.
 * Faults: `not-found`, also when its period is over; `wrong-state` unless deleted.
 */
export async function restoreAuthority(
  world: Pick<World, 'store' | 'clock' | 'pace'>,
  caller: Caller,
  wanted: { id: AuthorityId; region?: Region },
): Promise<void> {
  await changeAuthority(world, caller, wanted, ['deleted'], ({ certificate, state }) => {
    const wasPending = state.kind === 'deleted' ? state.before === 'pending' : certificate === undefined;
    return { state: { kind: wasPending ? 'pending' : 'disabled' } };
  });
}
