import type { Caller } from '../../core/account.ts';
import { Fault } from '../../core/fault.ts';
import type { World } from '../world.ts';
import { findSession } from './find-session.ts';

/**
 * Ends a session before its time: an administrator any of the account's, others their own.
 * Faults: those of `findSession`; `forbidden`.
 */
export async function closeSession(
  world: Pick<World, 'store' | 'clock'>,
  caller: Caller,
  token: string,
): Promise<void> {
  const { session } = await findSession(world, caller, token);
  if (caller.role !== 'administrator' && session.accessKey !== caller.accessKey) {
    throw new Fault('forbidden', 'only an administrator ends the sessions of others', { what: 'token' });
  }
  await world.store.commit('delete-session', { tokenHash: session.tokenHash });
}
