import { type Authority, type AuthorityCertificate, type AuthorityState, commonNameOf } from '../../core/authority.ts';
import type { AccountId, AuthorityId } from '../../core/ids.ts';
import { packChain, unpackChain } from '../chain.ts';
import { fromJson, toJson } from '../json.ts';
import { orAbsent, present } from '../present.ts';
import type { Database } from '../schema.ts';
import type { AuthorityCertificateTable, AuthorityTable } from '../tables/authority.ts';

/** Authorities with their certificate in force. */
export function selectAuthorities(db: Database) {
  return db
    .selectFrom('authorities as a')
    .leftJoin('authority_certificates as c', (join) =>
      join
        .onRef('c.account', '=', 'a.account')
        .onRef('c.authority', '=', 'a.id')
        .onRef('c.number', '=', 'a.certificate_number'),
    )
    .selectAll('a')
    .select([
      'c.der as c_der',
      'c.chain as c_chain',
      'c.serial as c_serial',
      'c.not_before as c_not_before',
      'c.not_after as c_not_after',
      'c.subject as c_subject',
      'c.issuer as c_issuer',
      'c.path_length as c_path_length',
    ]);
}

export type AuthorityRow = AuthorityTable & {
  c_der: Uint8Array | null;
  c_chain: Uint8Array | null;
  c_serial: string | null;
  c_not_before: number | null;
  c_not_after: number | null;
  c_subject: string | null;
  c_issuer: AuthorityId | null;
  c_path_length: number | null;
};

export function authorityOf(row: AuthorityRow): Authority {
  return present({
    id: row.id,
    account: row.account,
    region: row.region,
    type: row.type,
    state: fromJson<Authority['state']>(row.state_detail),
    subject: fromJson<Authority['subject']>(row.subject),
    keyAlgorithm: row.key_algorithm,
    signatureAlgorithm: row.signature_algorithm,
    key: orAbsent(row.key_id),
    csr: row.csr,
    keyUsages: fromJson<Authority['keyUsages']>(row.key_usages),
    usageMode: row.usage_mode,
    certificate: certificateOf(row),
    createdAt: row.created_at,
    changedAt: row.changed_at,
    vendor: fromJson<Authority['vendor']>(row.vendor),
    revocation: row.revocation === null ? undefined : fromJson<Authority['revocation']>(row.revocation),
    version: row.version,
  });
}

function certificateOf(row: AuthorityRow): AuthorityCertificate | undefined {
  const { c_der, c_chain, c_serial, c_not_before, c_not_after, c_subject } = row;
  if (c_der === null || c_chain === null || c_serial === null || c_subject === null) return undefined;
  if (c_not_before === null || c_not_after === null) return undefined;
  return present({
    der: c_der,
    chain: unpackChain(c_chain),
    serial: c_serial,
    validity: { notBefore: c_not_before, notAfter: c_not_after },
    subject: fromJson<AuthorityCertificate['subject']>(c_subject),
    issuer: orAbsent(row.c_issuer),
    pathLength: orAbsent(row.c_path_length),
  });
}

export function authorityRow(authority: Authority): AuthorityTable {
  return {
    account: authority.account,
    id: authority.id,
    region: authority.region,
    type: authority.type,
    state: authority.state.kind,
    state_detail: toJson(authority.state),
    subject: toJson(authority.subject),
    common_name: commonNameOf(authority.subject),
    key_algorithm: authority.keyAlgorithm,
    signature_algorithm: authority.signatureAlgorithm,
    key_id: authority.key ?? null,
    csr: authority.csr,
    key_usages: toJson(authority.keyUsages),
    usage_mode: authority.usageMode,
    certificate_number: authority.certificate === undefined ? null : 1,
    not_after: authority.certificate?.validity.notAfter ?? null,
    vendor: toJson(authority.vendor),
    revocation: authority.revocation === undefined ? null : toJson(authority.revocation),
    created_at: authority.createdAt,
    changed_at: authority.changedAt,
    version: authority.version,
    purge_at: purgeAt(authority.state),
  };
}

/** A column of its own, because the purge looks by it. */
export function purgeAt(state: AuthorityState): number | null {
  return state.kind === 'deleted' ? state.restorableUntil : null;
}

export function authorityCertificateRow(
  account: AccountId,
  authority: AuthorityId,
  number: number,
  certificate: AuthorityCertificate,
): AuthorityCertificateTable {
  return {
    account,
    authority,
    number,
    der: certificate.der,
    chain: packChain(certificate.chain),
    serial: certificate.serial,
    not_before: certificate.validity.notBefore,
    not_after: certificate.validity.notAfter,
    subject: toJson(certificate.subject),
    issuer: certificate.issuer ?? null,
    path_length: certificate.pathLength ?? null,
  };
}
