import { Fault } from '../../core/fault.ts';
import { assertTouched } from '../assertions.ts';
import { statement } from '../work.ts';
import type { Command } from './command.ts';

/** Of two that race, the first to commit stays as it is: a revocation is never changed. */
export const revokeIssued: Command<'revoke-issued'> = async (work, { account, authority, serial, revocation }) => {
  const revoked = await work.run(revoke, [revocation.at, revocation.reason, account, serial, authority]);
  if (revoked.length > 0) return;
  const found = await work.run(find, [account, serial, authority]);
  assertTouched(found, 'certificate', serial);
  throw new Fault('already-exists', `certificate ${serial} is revoked already`, { what: 'revocation', id: serial });
};

const revoke = statement<{ serial: string }>(
  `update issued set revoked_at = ?, revocation_reason = ?
   where account = ? and serial = ? and authority = ? and revoked_at is null returning serial`,
);
const find = statement<{ serial: string }>(
  'select serial from issued where account = ? and serial = ? and authority = ?',
);
