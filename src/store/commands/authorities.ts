import { assertAbsent } from '../assertions.ts';
import { authorityRow } from '../rows/authority.ts';
import { changeAuthority, insertCertificate } from './change-authority.ts';
import { take } from './claim.ts';
import type { Command } from './command.ts';
import { assertVersion, insertIssued } from './issued-rows.ts';
import { insertKey } from './keys.ts';
import { insertTags } from './tags.ts';

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
