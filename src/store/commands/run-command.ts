/** Every command of core, by its name. */
import type { CommandName, Commands } from '../../core/commands.ts';
import type { Work } from '../work.ts';
import {
  createAccessKey,
  createAccount,
  createSession,
  deleteSession,
  setAccountSuspended,
  touchAccessKeys,
  updateAccessKey,
} from './accounts.ts';
import { createAuditReport, endAuditReport, holdAuditReport, takeAuditReport } from './audit-reports.ts';
import { createAuthority, updateAuthority } from './authorities.ts';
import type { Command } from './command.ts';
import { deleteEnded } from './ended.ts';
import { hideIssued } from './hide-issued.ts';
import { fillKeyPool, takePoolKey } from './keys.ts';
import { createManaged, deleteManaged, markExported, updateManaged } from './managed.ts';
import { purgeAuthority } from './purge-authority.ts';
import { recordIssued } from './record-issued.ts';
import { revokeIssued } from './revoke-issued.ts';
import { putSetting } from './settings.ts';
import { createPermission, deletePermission, putPolicy } from './sharing.ts';
import { putTags, removeTags } from './tags.ts';

/** Inside a transaction that the caller begins, and rolls back when this throws. */
export function runCommand<Name extends CommandName>(
  work: Work,
  name: Name,
  input: Commands[Name]['in'],
): Promise<Commands[Name]['out']> {
  const command: Command<Name> = commands[name];
  return command(work, input);
}

const commands: { readonly [Name in CommandName]: Command<Name> } = {
  'create-account': createAccount,
  'set-account-suspended': setAccountSuspended,
  'create-access-key': createAccessKey,
  'update-access-key': updateAccessKey,
  'touch-access-keys': touchAccessKeys,
  'put-setting': putSetting,
  'create-authority': createAuthority,
  'update-authority': updateAuthority,
  'purge-authority': purgeAuthority,
  'record-issued': recordIssued,
  'hide-issued': hideIssued,
  'revoke-issued': revokeIssued,
  'create-managed': createManaged,
  'update-managed': updateManaged,
  'mark-exported': markExported,
  'delete-managed': deleteManaged,
  'put-tags': putTags,
  'remove-tags': removeTags,
  'put-policy': putPolicy,
  'create-permission': createPermission,
  'delete-permission': deletePermission,
  'create-session': createSession,
  'delete-session': deleteSession,
  'delete-ended': deleteEnded,
  'create-audit-report': createAuditReport,
  'take-audit-report': takeAuditReport,
  'hold-audit-report': holdAuditReport,
  'end-audit-report': endAuditReport,
  'fill-key-pool': fillKeyPool,
  'take-pool-key': takePoolKey,
};
