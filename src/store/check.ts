import { randomUUID } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import type { Committer, SettingReader } from '../core/store.ts';

const name = 'store.check';

/**
 * Whether the store works: writes a value of its own, durably, and reads it back. A transaction that changes nothing
 * would succeed on a full disk too. Rejects with what the engine says, or Fault `unavailable`.
 */
export async function checkStore({ commit, settings }: Committer & { settings: SettingReader }): Promise<void> {
  await commit('put-setting', { name, value: randomUUID() });
  if ((await settings.get(name)) === undefined) {
    throw new Fault('unavailable', 'the database does not give back what was written', { what: 'store' });
  }
}
