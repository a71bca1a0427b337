import { sql } from 'kysely';
import type { AccountId } from '../../core/ids.ts';
import { Fault } from '../../core/fault.ts';
import type { SealedKey } from '../../core/key.ts';
import { assertAbsent } from '../assertions.ts';
import { keyOf, keyRow } from '../rows/key.ts';
import type { Database } from '../schema.ts';
import type { Command } from './command.ts';

export const fillKeyPool: Command<'fill-key-pool'> = async ({ db }, { keys }) => {
  for (const key of keys) {
    const made = await db
      .insertInto('key_pool')
      .values(keyRow(key))
      .onConflict((clash) => clash.doNothing())
      .returning('id')
      .execute();
    assertAbsent(made, 'key', key.id);
  }
};

export const takePoolKey: Command<'take-pool-key'> = async ({ db, engine }, { algorithm }) => {
  const row = await db
    .deleteFrom('key_pool')
    .where('algorithm', '=', algorithm)
    .where('id', '=', (ready) =>
      ready
        .selectFrom('key_pool')
        .select('id')
        .where('algorithm', '=', algorithm)
        .limit(1)
        .$if(engine === 'postgres', (locked) => locked.modifyEnd(sql`for update skip locked`)),
    )
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : keyOf(row);
};

/** Stores the key of a noun that is being made. Fault `mismatch` when it is sealed to another account. */
export async function insertKey(db: Database, account: AccountId, key: SealedKey): Promise<void> {
  if (key.account !== account) {
    throw new Fault('mismatch', `key ${key.id} is sealed to another account than ${account}`, { what: 'private key' });
  }
  const made = await db
    .insertInto('keys')
    .values(keyRow(key))
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .execute();
  assertAbsent(made, 'key', key.id);
}
