/** When each access key was last used: noted in memory with every request, written in one go now and then. */
import type { AccessKeyId, AccountId, EpochMs } from '../core/ids.ts';
import type { Committer } from '../core/store.ts';
import type { Job } from './schedule.ts';

interface Use {
  readonly account: AccountId;
  readonly id: AccessKeyId;
  readonly at: EpochMs;
}

export class AccessKeyUses {
  #uses = new Map<AccessKeyId, Use>();

  note(account: AccountId, id: AccessKeyId, at: EpochMs): void {
    this.#uses.set(id, { account, id, at });
  }

  /** Writes what was noted since the last time. What could not be written is kept, unless it was used again. */
  async flush(commit: Committer['commit']): Promise<void> {
    if (this.#uses.size === 0) return;
    const noted = this.#uses;
    this.#uses = new Map();
    try {
      await commit('touch-access-keys', { used: [...noted.values()] });
    } catch (cause) {
      this.#uses = new Map([...noted, ...this.#uses]);
      throw cause;
    }
  }
}

/** Flushes every 15 s; whoever stops the server flushes once more before the store closes. */
export function touchAccessKeys({ uses, commit }: { uses: AccessKeyUses; commit: Committer['commit'] }): Job {
  return { name: 'touch-access-keys', intervalMs: 15_000, run: () => uses.flush(commit) };
}
