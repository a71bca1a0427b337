import type { AccessKeyId, AccountId } from '../../core/ids.ts';
import type { World } from '../world.ts';
import { type NewAccessKey, newAccessKey } from './new-access-key.ts';

/** The operator's verb: a new secret for a credential; the old one stops working with the commit. Fault `not-found`. */
export async function rotateAccessKey(
  world: Pick<World, 'store' | 'vault' | 'random'>,
  wish: { account: AccountId; id: AccessKeyId },
): Promise<NewAccessKey> {
  const { account, id } = wish;
  const { secret } = newAccessKey(world);
  await world.store.commit('update-access-key', {
    account,
    id,
    sealedSecret: world.vault.sealSecret(account, id, secret),
  });
  return { id, secret };
}
