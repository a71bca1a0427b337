import { createAccessKey } from './create-access-key.ts';
import { createAccount } from './create-account.ts';
import { createObjectLink } from './create-object-link.ts';
import { listAccessKeys } from './list-access-keys.ts';
import { listAccounts } from './list-accounts.ts';
import { listSettings } from './list-settings.ts';
import { putSetting } from './put-setting.ts';
import { rotateAccessKey } from './rotate-access-key.ts';
import { suspendAccount } from './suspend-account.ts';
import { updateAccessKey } from './update-access-key.ts';

export const operations = [
  createAccount,
  listAccounts,
  suspendAccount,
  createAccessKey,
  listAccessKeys,
  rotateAccessKey,
  updateAccessKey,
  listSettings,
  putSetting,
  createObjectLink,
];
