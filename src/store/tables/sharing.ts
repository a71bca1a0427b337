/** What owners let others do with their authorities. */
import type { AccountId, AuthorityId, EpochMs } from '../../core/ids.ts';
import type { Json } from './column.ts';

/** What other accounts may do with an authority, as its owner wrote it. */
export interface AuthorityPolicyTable {
  account: AccountId;
  authority: AuthorityId;
  policy: string;
  changed_at: EpochMs;
}

/** The accounts that a policy names. */
export interface PolicyPrincipalTable {
  principal: AccountId;
  account: AccountId;
  authority: AuthorityId;
}

export interface ServicePermissionTable {
  account: AccountId;
  authority: AuthorityId;
  principal: string;
  source_account: AccountId;
  actions: Json;
  created_at: EpochMs;
}
