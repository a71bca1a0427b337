/** Authorities with the history of their certificates, and what stays of those that are gone. */
import type { AuthorityState, AuthorityType, UsageMode } from '../../core/authority.ts';
import type { AccountId, AuthorityId, EpochMs, KeyId, Region } from '../../core/ids.ts';
import type { KeyAlgorithm, SignatureAlgorithm } from '../../core/key.ts';
import type { Json } from './column.ts';

export interface AuthorityTable {
  account: AccountId;
  id: AuthorityId;
  region: Region;
  type: AuthorityType;
  state: AuthorityState['kind'];
  state_detail: Json;
  subject: Json;
  common_name: string;
  key_algorithm: KeyAlgorithm;
  signature_algorithm: SignatureAlgorithm;
  key_id: KeyId | null;
  csr: Uint8Array;
  key_usages: Json;
  usage_mode: UsageMode;
  /** Which row of `authority_certificates` is in force. */
  certificate_number: number | null;
  not_after: EpochMs | null;
  vendor: Json;
  created_at: EpochMs;
  changed_at: EpochMs;
  version: number;
  /** When the restore period of a deleted one ends. */
  purge_at: EpochMs | null;
  /** What its certificates say of CRL and OCSP. */
  revocation: Json | null;
}

export interface AuthorityCertificateTable {
  account: AccountId;
  authority: AuthorityId;
  number: number;
  der: Uint8Array;
  chain: Uint8Array;
  serial: string;
  not_before: EpochMs;
  not_after: EpochMs;
  subject: Json;
  issuer: AuthorityId | null;
  path_length: number | null;
}

/** What relying parties still need of an authority that is gone: one that had a certificate. */
export interface PurgedAuthorityTable {
  account: AccountId;
  id: AuthorityId;
  common_name: string;
  der: Uint8Array;
  chain: Uint8Array;
  purged_at: EpochMs;
}
