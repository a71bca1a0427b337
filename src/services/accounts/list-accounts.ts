import type { AccessKey, Account } from '../../core/account.ts';
import type { AccountId } from '../../core/ids.ts';
import type { World } from '../world.ts';
import { findAccount } from './find-account.ts';

/** The operator's verb: every account of this server. */
export async function listAccounts({ store }: Pick<World, 'store'>): Promise<readonly Account[]> {
  return store.accounts.list();
}

/** The operator's verb: the credentials of an account, without their secrets. Fault `not-found`. */
export async function listAccessKeys(
  { store }: Pick<World, 'store'>,
  account: AccountId,
): Promise<readonly Omit<AccessKey, 'sealedSecret'>[]> {
  await findAccount({ store }, account);
  const keys = await store.accounts.accessKeys(account);
  return keys.map(({ sealedSecret: _sealed, ...key }) => key);
}

/** The operator's verb: stops or allows everything that an account does. Fault `not-found`. */
export async function suspendAccount(
  { store }: Pick<World, 'store'>,
  account: AccountId,
  suspended: boolean,
): Promise<void> {
  await store.commit('set-account-suspended', { account, suspended });
}
