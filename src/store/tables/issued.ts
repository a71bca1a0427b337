/** What authorities signed: a lean row that lists and counts read, and its DER apart. */
import type { AccountId, AuthorityId, CertificateId, EpochMs, SerialNumber } from '../../core/ids.ts';
import type { KeyAlgorithm, SignatureAlgorithm } from '../../core/key.ts';
import type { RevocationReason } from '../../core/revocation.ts';
import type { Flag } from './column.ts';

export interface IssuedTable {
  account: AccountId;
  serial: SerialNumber;
  authority: AuthorityId;
  not_before: EpochMs;
  not_after: EpochMs;
  common_name: string;
  key_algorithm: KeyAlgorithm;
  signature_algorithm: SignatureAlgorithm;
  issued_at: EpochMs;
  user_name: string;
  front: string;
  operation: string;
  request_id: string;
  template: string;
  is_authority: Flag;
  managed: CertificateId | null;
  /** The account that asked; null when it is the row's own. */
  asker_account: AccountId | null;
  /** The CRL that the certificate names, where it is one of ours. */
  crl_url: string | null;
  /** When a view deleted it, or a newer body of the same managed certificate took its place in lists. */
  hidden_at: EpochMs | null;
  /** Both or none. */
  revoked_at: EpochMs | null;
  revocation_reason: RevocationReason | null;
}

export interface IssuedDerTable {
  account: AccountId;
  serial: SerialNumber;
  der: Uint8Array;
}
