import type { EpochMs } from '../../core/ids.ts';
import { Fault } from '../../core/fault.ts';
import type { AuthorityTable } from '../tables/authority.ts';
import { absenceOrConflict } from './change-authority.ts';
import type { Command } from './command.ts';
import { deleteTags } from './tags.ts';

/** What else belongs to an authority (certificates, policies, permissions) goes by its foreign key. */
export const purgeAuthority: Command<'purge-authority'> = async ({ db }, { account, id, version, now }) => {
  const [inForce] = await db
    .selectFrom('authorities as a')
    .innerJoin('authority_certificates as c', (join) =>
      join
        .onRef('c.account', '=', 'a.account')
        .onRef('c.authority', '=', 'a.id')
        .onRef('c.number', '=', 'a.certificate_number'),
    )
    .select(['c.der', 'c.chain'])
    .where('a.account', '=', account)
    .where('a.id', '=', id)
    .execute();
  const found = await db
    .deleteFrom('authorities')
    .where('account', '=', account)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning(['key_id', 'state', 'purge_at', 'common_name'])
    .executeTakeFirst();
  if (found === undefined) throw await absenceOrConflict(db, account, id, version);
  if (!mayGo(found, now)) {
    throw new Fault('conflict', `authority ${id} is ${found.state}, and may still be used or restored`, {
      what: 'authority',
      id,
      reason: found.state,
    });
  }
  if (found.key_id !== null) {
    await db.deleteFrom('keys').where('account', '=', account).where('id', '=', found.key_id).execute();
  }
  await deleteTags(db, account, { kind: 'authority', id });
  await db.deleteFrom('audit_reports').where('account', '=', account).where('authority', '=', id).execute();
  if (inForce === undefined) return; // it never issued anything
  await db
    .insertInto('purged_authorities')
    .values({ account, id, common_name: found.common_name, der: inForce.der, chain: inForce.chain, purged_at: now })
    .execute();
};

function mayGo({ state, purge_at }: Pick<AuthorityTable, 'state' | 'purge_at'>, now: EpochMs): boolean {
  if (state === 'deleted') return purge_at !== null && purge_at <= now;
  return state === 'pending' || state === 'creating' || state === 'failed';
}
