/** What the first start of a server makes: an account and its administrator's key. Later starts find them. */
import type { Account } from '../core/account.ts';
import { Fault } from '../core/fault.ts';
import type { Store } from '../core/store.ts';
import { createAccount } from '../services/accounts/create-account.ts';
import { newAccessKey, type NewAccessKey } from '../services/accounts/new-access-key.ts';
import type { World } from '../services/world.ts';
import { BadConfiguration } from './bad-configuration.ts';
import type { Config } from './config.ts';

export interface FirstStart {
  readonly account: Account;
  /** Made in this very start: to be written down and, on a terminal, shown once. The caller wipes the secret. */
  readonly madeKey?: NewAccessKey;
}

/** Writes a key down; `forget` takes that back. */
export type KeepKey = (key: NewAccessKey) => { forget(): void };

/**
 * The server's first account, made when there is none. Two servers that start at once on one database end with the
 * same account. `keep` writes a made key down before the account exists: a start that is cut off after this step must
 * not leave an account that nobody can sign in to. Throws BadConfiguration when the configured account or key is not
 * the one in the store.
 */
export async function firstStart(
  world: Pick<World, 'store' | 'vault' | 'clock' | 'random'>,
  config: Pick<Config, 'account' | 'accessKey'>,
  keep: KeepKey,
): Promise<FirstStart> {
  const known = await oldest(world.store);
  if (known !== undefined) {
    await assertSame(world, config, known);
    return { account: known };
  }
  const given = config.accessKey;
  const key = given === undefined ? newAccessKey(world) : { id: given.id, secret: given.secret.reveal() };
  const kept = given === undefined ? keep(key) : undefined;
  try {
    const wish = { id: config.account, name: 'main', isOperator: true, isFirst: true, key };
    const account = await createAccount(world, wish);
    return given === undefined ? { account, madeKey: key } : { account };
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.kind !== 'already-exists') throw cause;
    kept?.forget(); // another server was faster, and its key is the one that counts
    const first = await oldest(world.store);
    if (first === undefined) throw cause;
    await assertSame(world, config, first);
    return { account: first };
  }
}

async function oldest(store: Pick<Store, 'accounts'>): Promise<Account | undefined> {
  const accounts = await store.accounts.list();
  return accounts.toSorted((a, b) => a.createdAt - b.createdAt)[0];
}

async function assertSame(
  { store, vault }: Pick<World, 'store' | 'vault'>,
  { account: wanted, accessKey: given }: Pick<Config, 'account' | 'accessKey'>,
  known: Account,
): Promise<void> {
  if (wanted !== undefined && (await store.accounts.get(wanted)) === undefined) {
    throw new BadConfiguration(
      `CHANCERY_ACCOUNT_ID is ${wanted}, but this database belongs to account ${known.id}; leave the variable out or give that one`,
    );
  }
  if (given === undefined) return;
  const key = await store.accounts.accessKey(given.id);
  const isSame =
    key !== undefined &&
    Buffer.from(vault.openSecret(key.account, key.id, key.sealedSecret)).equals(given.secret.reveal());
  if (!isSame) {
    throw new BadConfiguration(
      `CHANCERY_ACCESS_KEY_ID is ${given.id}, which this database does not know with that secret; the variables name the key of the first start, later ones are made with "chancery admin"`,
    );
  }
}
