/** Removes authorities whose restore period is over, whichever API deleted them. */
import type { Authority } from '../core/authority.ts';
import { purgeAuthorities as purge } from '../services/purge-authority.ts';
import type { World } from '../services/world.ts';
import type { Job } from './schedule.ts';

/** @param tell hears of each authority that is gone for good */
export function purgeAuthorities(
  world: Pick<World, 'store' | 'signer' | 'clock'>,
  tell: (purged: Authority) => void,
): Job {
  return { name: 'purge-authorities', intervalMs: 60_000, run: (signal) => purge(world, signal, tell) };
}
