import type { Role } from '../../core/account.ts';
import type { AccessKeyId, AccountId } from '../../core/ids.ts';
import type { World } from '../world.ts';

/**
 * The operator's verb: disables or enables a credential, or changes its role.
 * Faults: `not-found`; `conflict` when no enabled operator's key would be left.
 */
export async function updateAccessKey(
  { store }: Pick<World, 'store'>,
  wish: { account: AccountId; id: AccessKeyId; disabled?: boolean; role?: Role },
): Promise<void> {
  await store.commit('update-access-key', wish);
}
