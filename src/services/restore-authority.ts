import type { Caller } from '../core/account.ts';
import { Fault } from '../core/fault.ts';
import type { AuthorityId, Region } from '../core/ids.ts';
import { changeAuthority } from './change-authority.ts';
import type { World } from './world.ts';

/**
 * Takes a deletion back while its period lasts; an authority that had a certificate comes back disabled.
 * Faults: `not-found`; `wrong-state` unless deleted (reason `restore-ended` when it is too late).
 */
export async function restoreAuthority(
  world: Pick<World, 'store' | 'clock'>,
  caller: Caller,
  wanted: { id: AuthorityId; region?: Region },
): Promise<void> {
  await changeAuthority(world, caller, wanted, ['deleted'], ({ id, certificate, state }) => {
    if (state.kind === 'deleted' && state.restorableUntil <= world.clock.now()) {
      throw new Fault('wrong-state', `authority ${id} can no longer be restored`, {
        what: 'authority',
        id,
        reason: 'restore-ended',
      });
    }
    const wasPending = state.kind === 'deleted' ? state.before === 'pending' : certificate === undefined;
    return { state: { kind: wasPending ? 'pending' : 'disabled' } };
  });
}
