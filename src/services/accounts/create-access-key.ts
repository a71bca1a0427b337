import type { Role } from '../../core/account.ts';
import type { AccountId } from '../../core/ids.ts';
import type { World } from '../world.ts';
import { findAccount } from './find-account.ts';
import { type NewAccessKey, newAccessKey, sealAccessKey } from './new-access-key.ts';

/** The operator's verb: one more credential of an account; its secret is returned once. Fault `not-found`. */
export async function createAccessKey(
  world: Pick<World, 'store' | 'vault' | 'clock' | 'random'>,
  wish: { account: AccountId; userName: string; role: Role; isOperator: boolean },
): Promise<NewAccessKey> {
  const { account, ...user } = wish;
  await findAccount(world, account);
  const key = newAccessKey(world);
  await world.store.commit('create-access-key', { key: sealAccessKey(world, account, key, user) });
  return key;
}
