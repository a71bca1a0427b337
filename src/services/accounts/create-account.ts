import { type Account, type Role } from '../../core/account.ts';
import { accountId, type AccountId, domainId } from '../../core/ids.ts';
import type { World } from '../world.ts';
import { type NewAccessKey, sealAccessKey } from './new-access-key.ts';

/**
 * The operator's verb: a new account with its first administrator's key, in one commit.
 * Returns the key with its secret, the only time that it is seen. Fault `already-exists`, with `isFirst` as
 * soon as there is any account.
 */
export async function createAccount(
  world: Pick<World, 'store' | 'vault' | 'clock' | 'random'>,
  wish: { id?: AccountId; name: string; isOperator: boolean; key: NewAccessKey; isFirst?: boolean },
): Promise<Account> {
  const account: Account = {
    id: wish.id ?? accountId(digits(world.random.bytes(16))),
    domain: domainId(hex(world.random.bytes(16))),
    name: wish.name,
    suspended: false,
    createdAt: world.clock.now(),
  };
  const role: Role = 'administrator';
  const key = sealAccessKey(world, account.id, wish.key, {
    userName: 'administrator',
    role,
    isOperator: wish.isOperator,
  });
  await world.store.commit('create-account', { account, keys: [key], isFirst: wish.isFirst });
  return account;
}

/** 12 digits, the first not 0, from 16 random octets: the bias of the remainder is below 2^-80. */
function digits(random: Uint8Array): string {
  const number = BigInt(`0x${hex(random)}`) % 900_000_000_000n;
  return (number + 100_000_000_000n).toString();
}

function hex(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}
