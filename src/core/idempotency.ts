import type { AccountId, EpochMs } from './ids.ts';

/** A promise to answer the same for the same request: scope and token are the front's, digest is of the whole request. */
export interface IdempotencyClaim {
  readonly account: AccountId;
  /** Operation and resource, for example `acm-pca:IssueCertificate:<authority id>`. */
  readonly scope: string;
  readonly token: string;
  /** Lower-case hexadecimal SHA-256 over the canonical request. */
  readonly digest: string;
  readonly expiresAt: EpochMs;
  /** What the first answer named: an id or a serial number. */
  readonly result: string;
  readonly now: EpochMs;
}

/** What a command that carries a claim did: its own work, or nothing because an equal request came first. */
export type Claimed = { readonly claimed: true } | { readonly claimed: false; readonly result: string };
