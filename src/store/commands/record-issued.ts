import { changeAuthority } from './change-authority.ts';
import { take } from './claim.ts';
import type { Command } from './command.ts';
import { assertVersion, insertIssued } from './issued-rows.ts';

/** The hot path: three or four prepared statements. An equal earlier request is answered before anything is checked. */
export const recordIssued: Command<'record-issued'> = async (work, input) => {
  const { certificate, authorityVersion, claim, activate } = input;
  const { account, authority, issuedAt } = certificate;
  if (claim !== undefined) {
    const claimed = await take(work, claim);
    if (!claimed.claimed) return claimed;
  }
  await assertVersion(work, account, authority, authorityVersion);
  await insertIssued(work, certificate);
  if (activate !== undefined) {
    await changeAuthority(work.db, { ...activate, account, now: issuedAt, state: { kind: 'active' } });
  }
  return { claimed: true };
};
