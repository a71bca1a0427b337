import type { AccountId, EpochMs } from '../../core/ids.ts';

export interface IdempotencyTable {
  account: AccountId;
  scope: string;
  token: string;
  digest: string;
  result: string;
  expires_at: EpochMs;
}
