/** Accounts, and what signs in to them. */
import type { Role } from '../../core/account.ts';
import type { AccessKeyId, AccountId, DomainId, EpochMs } from '../../core/ids.ts';
import type { Flag } from './column.ts';

export interface AccountTable {
  id: AccountId;
  domain: DomainId;
  name: string;
  suspended: Flag;
  created_at: EpochMs;
}

export interface AccessKeyTable {
  id: AccessKeyId;
  account: AccountId;
  user_name: string;
  role: Role;
  is_operator: Flag;
  disabled: Flag;
  sealed_secret: Uint8Array;
  created_at: EpochMs;
  last_used_at: EpochMs | null;
}

export interface SessionTable {
  token_hash: string;
  account: AccountId;
  access_key: AccessKeyId;
  /** The project's region; null for a session of the whole domain. */
  scope_region: string | null;
  issued_at: EpochMs;
  expires_at: EpochMs;
}
