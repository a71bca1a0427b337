/** Managed certificates with the history of their bodies. */
import type { CertificateOrigin, ManagedState } from '../../core/certificate.ts';
import type { AccountId, AuthorityId, CertificateId, EpochMs, KeyId, Region, ScmId } from '../../core/ids.ts';
import type { KeyAlgorithm } from '../../core/key.ts';
import type { Flag, Json } from './column.ts';

export interface ManagedTable {
  account: AccountId;
  id: CertificateId;
  scm: ScmId | null;
  region: Region;
  origin: CertificateOrigin;
  state: ManagedState['kind'];
  state_detail: Json;
  name: string;
  domain: string | null;
  authority: AuthorityId | null;
  /** The authority's owner; null when it is the row's own account. */
  authority_account: AccountId | null;
  key_id: KeyId;
  key_algorithm: KeyAlgorithm;
  /** Which row of `managed_bodies` is in force. */
  body_number: number | null;
  /** Of the body in force: SHA-256 of its DER, serial, end, and whether it has a DNS name. */
  body_sha256: Uint8Array | null;
  body_serial: string | null;
  not_after: EpochMs | null;
  has_names: Flag;
  /** Name, domain and DNS names in lower case, one a line. */
  search_text: string;
  enterprise_project: string | null;
  exported_at: EpochMs | null;
  created_at: EpochMs;
  issued_at: EpochMs | null;
  imported_at: EpochMs | null;
  changed_at: EpochMs;
  user_name: string;
  front: string;
  operation: string;
  request_id: string;
  vendor: Json;
  version: number;
}

export interface ManagedBodyTable {
  account: AccountId;
  managed: CertificateId;
  number: number;
  key_id: KeyId;
  der: Uint8Array;
  chain: Uint8Array;
  serial: string;
  not_before: EpochMs;
  not_after: EpochMs;
  subject: Json;
  dns_names: Json;
  key_algorithm: KeyAlgorithm;
  signature_algorithm: string;
}
