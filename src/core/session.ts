import type { AccessKeyId, AccountId, EpochMs } from './ids.ts';

/** A token session (Huawei IAM): known only by the hash of its token. */
export interface Session {
  /** Lower-case hexadecimal SHA-256 of the token. */
  readonly tokenHash: string;
  readonly account: AccountId;
  readonly accessKey: AccessKeyId;
  /** `domain` or the project's region. */
  readonly scope: { readonly kind: 'domain' } | { readonly kind: 'project'; readonly region: string };
  readonly issuedAt: EpochMs;
  readonly expiresAt: EpochMs;
}
