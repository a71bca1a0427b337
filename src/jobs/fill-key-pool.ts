/** Keeps ready RSA keys in the store, sealed to the pool, so that a request for one need not wait for prime numbers. */
import { poolAccount } from '../core/commands.ts';
import type { KeyAlgorithm } from '../core/key.ts';
import type { KeyMaker } from '../core/ports.ts';
import type { Committer, KeyReader } from '../core/store.ts';
import { PoolTargets } from './pool-targets.ts';
import type { Job } from './schedule.ts';

export interface KeyPoolNeeds {
  readonly keys: Pick<KeyReader, 'poolSizes'>;
  readonly commit: Committer['commit'];
  readonly keyMaker: KeyMaker;
  /** Before the first key is made, so that a first start is ready soon; 5 s unless given. */
  readonly firstAfterMs?: number;
}

/** Makes one key after another until every target is met; the next run raises the targets of what was emptied. */
export function fillKeyPool({ keys, commit, keyMaker, firstAfterMs = 5000 }: KeyPoolNeeds): Job {
  const targets = new PoolTargets();
  return {
    name: 'fill-key-pool',
    intervalMs: 2000,
    firstAfterMs,
    async run(signal) {
      targets.observe(await keys.poolSizes());
      while (!signal.aborted) {
        // Read each time: requests take keys meanwhile, and another server may fill the same pool.
        const algorithm = targets.emptiest(await keys.poolSizes());
        if (algorithm === undefined) return;
        await addOne(algorithm, signal);
      }
    },
  };

  async function addOne(algorithm: KeyAlgorithm, signal: AbortSignal): Promise<void> {
    try {
      const key = await keyMaker.make(poolAccount, algorithm);
      if (!signal.aborted) await commit('fill-key-pool', { keys: [key] });
    } catch (cause) {
      if (!signal.aborted) throw cause; // the maker stops with the server
    }
  }
}
