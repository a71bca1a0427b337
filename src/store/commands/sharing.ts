import type { AccountId, AuthorityId } from '../../core/ids.ts';
import { assertAbsent, assertTouched } from '../assertions.ts';
import { toJson } from '../json.ts';
import type { Database } from '../schema.ts';
import { absenceOrConflict } from './change-authority.ts';
import type { Command } from './command.ts';

/** How many rows one statement inserts: below the engines' limits of values. */
const rowsAtOnce = 1000;

/**
 * Counts the authority's version on, as every change of it does: what another account has signed under the policy of
 * before is then refused at its commit.
 */
export const putPolicy: Command<'put-policy'> = async ({ db }, { account, authority, version, policy, now }) => {
  const changed = await db
    .updateTable('authorities')
    .set({ version: version + 1 })
    .where('account', '=', account)
    .where('id', '=', authority)
    .where('version', '=', version)
    .returning('id')
    .execute();
  if (changed.length === 0) throw await absenceOrConflict(db, account, authority, version);
  await db.deleteFrom('authority_policies').where('account', '=', account).where('authority', '=', authority).execute();
  if (policy === undefined) return;
  await db
    .insertInto('authority_policies')
    .values({ account, authority, policy: policy.text, changed_at: now })
    .execute();
  await insertPrincipals(db, account, authority, [...new Set(policy.principals)]);
};

async function insertPrincipals(
  db: Database,
  account: AccountId,
  authority: AuthorityId,
  principals: readonly AccountId[],
): Promise<void> {
  for (let at = 0; at < principals.length; at += rowsAtOnce) {
    const rows = principals.slice(at, at + rowsAtOnce).map((principal) => ({ principal, account, authority }));
    await db.insertInto('policy_principals').values(rows).execute();
  }
}

export const createPermission: Command<'create-permission'> = async ({ db }, { account, authority, permission }) => {
  const found = await db
    .selectFrom('authorities')
    .select('id')
    .where('account', '=', account)
    .where('id', '=', authority)
    .execute();
  assertTouched(found, 'authority', authority);
  const { principal, sourceAccount, actions, createdAt } = permission;
  const made = await db
    .insertInto('service_permissions')
    .values({
      account,
      authority,
      principal,
      source_account: sourceAccount,
      actions: toJson(actions),
      created_at: createdAt,
    })
    .onConflict((clash) => clash.doNothing())
    .returning('principal')
    .execute();
  assertAbsent(made, 'permission', principal);
};

export const deletePermission: Command<'delete-permission'> = async ({ db }, wanted) => {
  const { account, authority, principal, sourceAccount } = wanted;
  const deleted = await db
    .deleteFrom('service_permissions')
    .where('account', '=', account)
    .where('authority', '=', authority)
    .where('principal', '=', principal)
    .where('source_account', '=', sourceAccount)
    .returning('principal')
    .execute();
  assertTouched(deleted, 'permission', principal);
};
