import { Fault } from '../../core/fault.ts';
import { assertAbsent } from '../assertions.ts';
import { authorityRow } from '../rows/authority.ts';
import { absenceOrConflict, changeAuthority, insertCertificate } from './change-authority.ts';
import { take } from './claim.ts';
import type { Command } from './command.ts';
import { assertVersion, insertIssued } from './issued-rows.ts';
import { insertKey } from './keys.ts';
import { deleteTags, insertTags } from './tags.ts';

export const createAuthority: Command<'create-authority'> = async (work, { authority, key, tags, issued, claim }) => {
  if (claim !== undefined) {
    const claimed = await take(work, claim);
    if (!claimed.claimed) return claimed;
  }
  const { db } = work;
  const { account, id, certificate } = authority;
  if (issued !== undefined && issued.certificate.authority !== id) {
    await assertVersion(work, account, issued.certificate.authority, issued.authorityVersion);
  }
  if (key !== undefined) await insertKey(db, account, key);
  const made = await db
    .insertInto('authorities')
    .values(authorityRow(authority))
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .execute();
  assertAbsent(made, 'authority', id);
  if (certificate !== undefined) await insertCertificate(db, account, id, 1, certificate);
  if (issued !== undefined) await insertIssued(work, { ...issued.certificate, account });
  await insertTags(work, account, { kind: 'authority', id }, tags);
  return { claimed: true };
};

export const updateAuthority: Command<'update-authority'> = ({ db }, input) => changeAuthority(db, input);

export const purgeAuthority: Command<'purge-authority'> = async ({ db }, { account, id, version }) => {
  const found = await db
    .deleteFrom('authorities')
    .where('account', '=', account)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning(['key_id', 'state'])
    .executeTakeFirst();
  if (found === undefined) throw await absenceOrConflict(db, account, id, version);
  if (found.state !== 'pending' && found.state !== 'creating' && found.state !== 'failed') {
    throw new Fault(
      'conflict',
      `authority ${id} is ${found.state}, only one that never had a certificate is removed at once`,
      {
        what: 'authority',
        id,
        reason: found.state,
      },
    );
  }
  if (found.key_id !== null) {
    await db.deleteFrom('keys').where('account', '=', account).where('id', '=', found.key_id).execute();
  }
  await deleteTags(db, account, { kind: 'authority', id });
};
