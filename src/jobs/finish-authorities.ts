/** Makes the keys that clients do not wait for; at the start also those that a crash left unmade. */
import { finishAuthorities as finish } from '../services/finish-authority.ts';
import type { World } from '../services/world.ts';
import type { Job } from './schedule.ts';

export function finishAuthorities(world: Pick<World, 'store' | 'vault' | 'signer' | 'clock' | 'random'>): Job {
  return {
    name: 'finish-authorities',
    intervalMs: 10_000,
    firstAfterMs: 0,
    run: (signal) => finish(world, signal),
  };
}
