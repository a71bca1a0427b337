import { sql } from 'kysely';
import type { AccessKeyId, AccountId } from '../../core/ids.ts';
import { Fault } from '../../core/fault.ts';
import { accessKeyRow, accountRow, sessionRow } from '../rows/account.ts';
import { assertAbsent, assertTouched } from '../assertions.ts';
import { serialize } from '../serialize.ts';
import type { Work } from '../work.ts';
import type { Command } from './command.ts';

export const createAccount: Command<'create-account'> = async (work, { account, keys, isFirst = false }) => {
  const { db } = work;
  if (isFirst) {
    // Two servers that start at once on an empty database must end with one account.
    await serialize(work, 'first-account');
    assertNone(await db.selectFrom('accounts').select('id').limit(1).execute());
  }
  const row = accountRow(account);
  const made = await db
    .insertInto('accounts')
    .values(row)
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .execute();
  assertAbsent(made, 'account', account.id);
  for (const key of keys) await insertKey(db, accessKeyRow({ ...key, account: account.id }));
};

export const setAccountSuspended: Command<'set-account-suspended'> = async (work, { account, suspended }) => {
  await serialize(work, 'operator-keys');
  const wasOperating = suspended && (await isOperating(work, account));
  const changed = await work.db
    .updateTable('accounts')
    .set({ suspended: suspended ? 1 : 0 })
    .where('id', '=', account)
    .returning('id')
    .execute();
  assertTouched(changed, 'account', account);
  if (wasOperating && !(await isOperating(work))) {
    throw new Fault('conflict', `account ${account} has the last enabled operator key, the server needs one`, {
      what: 'account',
      id: account,
      reason: 'last-operator',
    });
  }
};

export const createAccessKey: Command<'create-access-key'> = async ({ db }, { key }) => {
  assertTouched(
    await db.selectFrom('accounts').select('id').where('id', '=', key.account).execute(),
    'account',
    key.account,
  );
  await insertKey(db, accessKeyRow(key));
};

export const updateAccessKey: Command<'update-access-key'> = async (work, { account, id, ...change }) => {
  // Two servers that disable the last two operator keys at once must not both succeed.
  await serialize(work, 'operator-keys');
  const columns = {
    ...(change.disabled === undefined ? {} : { disabled: change.disabled ? (1 as const) : (0 as const) }),
    ...(change.role === undefined ? {} : { role: change.role }),
    ...(change.sealedSecret === undefined ? {} : { sealed_secret: change.sealedSecret }),
  };
  const wasOperating = await isOperating(work, account, id);
  const changed = await work.db
    .updateTable('access_keys')
    .set({ id, ...columns })
    .where('account', '=', account)
    .where('id', '=', id)
    .returning('id')
    .execute();
  assertTouched(changed, 'access key', id);
  if (wasOperating && !(await isOperating(work))) {
    throw new Fault('conflict', `access key ${id} is the last enabled operator key, the server needs one`, {
      what: 'access key',
      id,
      reason: 'last-operator',
    });
  }
};

export const touchAccessKeys: Command<'touch-access-keys'> = async ({ db }, { used }) => {
  for (const { account, id, at } of used) {
    await db
      .updateTable('access_keys')
      .set({ last_used_at: at })
      .where('account', '=', account)
      .where('id', '=', id)
      .where((is) => is.or([is('last_used_at', 'is', null), is('last_used_at', '<', at)]))
      .execute();
  }
};

export const createSession: Command<'create-session'> = async ({ db }, { session }) => {
  const made = await db
    .insertInto('sessions')
    .values(sessionRow(session))
    .onConflict((clash) => clash.doNothing())
    .returning('token_hash')
    .execute();
  assertAbsent(made, 'session');
};

export const deleteSession: Command<'delete-session'> = async ({ db }, { tokenHash }) => {
  await db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
};

function assertNone(accounts: readonly { id: AccountId }[]): void {
  const [first] = accounts;
  if (first === undefined) return;
  throw new Fault('already-exists', `account ${first.id} was made first`, { what: 'account', id: first.id });
}

async function insertKey(db: Work['db'], row: ReturnType<typeof accessKeyRow>): Promise<void> {
  const made = await db
    .insertInto('access_keys')
    .values(row)
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .execute();
  assertAbsent(made, 'access key', row.id);
}

/** Whether this key (or, without one, any key) can operate the server now. */
async function isOperating({ db }: Work, account?: AccountId, id?: AccessKeyId): Promise<boolean> {
  let keys = db
    .selectFrom('access_keys')
    .innerJoin('accounts', 'accounts.id', 'access_keys.account')
    .select(sql`1`.as('one'))
    .where('is_operator', '=', 1)
    .where('disabled', '=', 0)
    .where('role', '=', 'administrator')
    .where('suspended', '=', 0);
  if (account !== undefined) keys = keys.where('access_keys.account', '=', account);
  if (id !== undefined) keys = keys.where('access_keys.id', '=', id);
  return (await keys.limit(1).execute()).length > 0;
}
