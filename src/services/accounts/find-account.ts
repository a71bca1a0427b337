import type { Account } from '../../core/account.ts';
import { Fault } from '../../core/fault.ts';
import type { AccountId } from '../../core/ids.ts';
import type { World } from '../world.ts';

/** An account of this server. Fault `not-found`. */
export async function findAccount({ store }: Pick<World, 'store'>, id: AccountId): Promise<Account> {
  const account = await store.accounts.get(id);
  if (account === undefined) throw new Fault('not-found', `account ${id} does not exist`, { what: 'account', id });
  return account;
}
