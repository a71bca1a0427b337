/** Removes what only its time kept: ended sessions and idempotency rows whose window closed. */
import type { Clock } from '../core/ports.ts';
import type { Committer } from '../core/store.ts';
import type { Job } from './schedule.ts';

export function deleteEnded({ commit, clock }: { commit: Committer['commit']; clock: Clock }): Job {
  return {
    name: 'delete-ended',
    intervalMs: 60_000,
    run: async () => await commit('delete-ended', { now: clock.now() }),
  };
}
