import type { Authority } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import type { World } from './world.ts';

type Uses = Pick<World, 'store' | 'signer' | 'clock'>;

/**
 * Removes an authority for good and destroys its key. What it issued stays in the store: a certificate lives on after
 * its authority. Nothing here publishes revocation yet; what does will sign a last CRL here, valid to the end of the
 * authority's certificate, before the key is gone. Faults: `not-found`, `conflict`.
 */
export async function purgeAuthority({ store, signer, clock }: Uses, authority: Authority): Promise<void> {
  const { account, id, version, key } = authority;
  await store.commit('purge-authority', { account, id, version, now: clock.now() });
  if (key !== undefined) signer.forget(account, key);
}

/**
 * For a job, of every account: purges what was deleted and can no longer be restored, and tells of each. Several servers
 * may do so at once: each authority is purged once.
 */
export async function purgeAuthorities(
  world: Uses,
  signal: AbortSignal,
  tell: (purged: Authority) => void,
): Promise<void> {
  for (const authority of await world.store.authorities.gone(world.clock.now(), 1000)) {
    if (signal.aborted) return;
    try {
      await purgeAuthority(world, authority);
      tell(authority);
    } catch (cause) {
      const isGone = cause instanceof Fault && (cause.kind === 'not-found' || cause.kind === 'conflict');
      if (!isGone) throw cause; // else another server was faster
    }
  }
}
