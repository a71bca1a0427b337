import { createHash } from 'node:crypto';
import type { CertificateBody, ManagedCertificate } from '../../core/certificate.ts';
import type { AccountId, CertificateId, KeyId } from '../../core/ids.ts';
import { packChain, unpackChain } from '../chain.ts';
import { fromJson, toJson } from '../json.ts';
import { orAbsent, present } from '../present.ts';
import type { Database } from '../schema.ts';
import type { ManagedBodyTable, ManagedTable } from '../tables/managed.ts';

/** Managed certificates with their body in force. */
export function selectManaged(db: Database) {
  return db
    .selectFrom('managed as m')
    .leftJoin('managed_bodies as b', (join) =>
      join.onRef('b.account', '=', 'm.account').onRef('b.managed', '=', 'm.id').onRef('b.number', '=', 'm.body_number'),
    )
    .selectAll('m')
    .select([
      'b.der as b_der',
      'b.chain as b_chain',
      'b.serial as b_serial',
      'b.not_before as b_not_before',
      'b.not_after as b_not_after',
      'b.subject as b_subject',
      'b.dns_names as b_dns_names',
      'b.key_algorithm as b_key_algorithm',
      'b.signature_algorithm as b_signature_algorithm',
    ]);
}

export type ManagedRow = ManagedTable & {
  b_der: Uint8Array | null;
  b_chain: Uint8Array | null;
  b_serial: string | null;
  b_not_before: number | null;
  b_not_after: number | null;
  b_subject: string | null;
  b_dns_names: string | null;
  b_key_algorithm: CertificateBody['keyAlgorithm'] | null;
  b_signature_algorithm: string | null;
};

export function managedOf(row: ManagedRow): ManagedCertificate {
  return present({
    id: row.id,
    scm: orAbsent(row.scm),
    account: row.account,
    region: row.region,
    origin: row.origin,
    state: fromJson<ManagedCertificate['state']>(row.state_detail),
    name: row.name,
    domain: orAbsent(row.domain),
    authority: orAbsent(row.authority),
    authorityAccount: orAbsent(row.authority_account),
    key: row.key_id,
    keyAlgorithm: row.key_algorithm,
    body: bodyOf(row),
    exportedAt: orAbsent(row.exported_at),
    createdAt: row.created_at,
    issuedAt: orAbsent(row.issued_at),
    importedAt: orAbsent(row.imported_at),
    changedAt: row.changed_at,
    asker: { userName: row.user_name, front: row.front, operation: row.operation, requestId: row.request_id },
    vendor: fromJson<ManagedCertificate['vendor']>(row.vendor),
    version: row.version,
  });
}

function bodyOf(row: ManagedRow): CertificateBody | undefined {
  const { b_der, b_chain, b_serial, b_not_before, b_not_after, b_subject, b_dns_names } = row;
  const { b_key_algorithm, b_signature_algorithm } = row;
  if (b_der === null || b_chain === null || b_serial === null || b_not_before === null) return undefined;
  if (b_not_after === null || b_subject === null || b_dns_names === null) return undefined;
  if (b_key_algorithm === null || b_signature_algorithm === null) return undefined;
  return {
    der: b_der,
    chain: unpackChain(b_chain),
    serial: b_serial,
    validity: { notBefore: b_not_before, notAfter: b_not_after },
    subject: fromJson<CertificateBody['subject']>(b_subject),
    dnsNames: fromJson<CertificateBody['dnsNames']>(b_dns_names),
    keyAlgorithm: b_key_algorithm,
    signatureAlgorithm: b_signature_algorithm,
  };
}

export function managedRow(certificate: ManagedCertificate): ManagedTable {
  const { body, asker, vendor } = certificate;
  return {
    account: certificate.account,
    id: certificate.id,
    scm: certificate.scm ?? null,
    region: certificate.region,
    origin: certificate.origin,
    state: certificate.state.kind,
    state_detail: toJson(certificate.state),
    name: certificate.name,
    domain: certificate.domain ?? null,
    authority: certificate.authority ?? null,
    authority_account: certificate.authorityAccount ?? null,
    key_id: certificate.key,
    key_algorithm: certificate.keyAlgorithm,
    body_number: body === undefined ? null : 1,
    ...bodyColumns(certificate, body),
    enterprise_project: vendor.huawei?.enterpriseProject ?? null,
    exported_at: certificate.exportedAt ?? null,
    created_at: certificate.createdAt,
    issued_at: certificate.issuedAt ?? null,
    imported_at: certificate.importedAt ?? null,
    changed_at: certificate.changedAt,
    user_name: asker.userName,
    front: asker.front,
    operation: asker.operation,
    request_id: asker.requestId,
    vendor: toJson(vendor),
    version: certificate.version,
  };
}

/** What lists filter and search by, from the body in force; before there is one, from the names asked for. */
export function bodyColumns(
  named: Pick<ManagedCertificate, 'name' | 'domain' | 'vendor'>,
  body: CertificateBody | undefined,
): Pick<ManagedTable, 'body_sha256' | 'body_serial' | 'not_after' | 'has_names' | 'search_text'> {
  const asked = named.vendor.aws?.names ?? [];
  const names = body === undefined ? [named.domain ?? '', ...asked].filter((name) => name !== '') : body.dnsNames;
  return {
    body_sha256: body === undefined ? null : sha256(body.der),
    body_serial: body?.serial ?? null,
    not_after: body?.validity.notAfter ?? null,
    has_names: names.length > 0 ? 1 : 0,
    search_text: [named.name, named.domain ?? '', ...names].join('\n').toLowerCase(),
  };
}

export function bodyRow(
  account: AccountId,
  managed: CertificateId,
  number: number,
  key: KeyId,
  body: CertificateBody,
): ManagedBodyTable {
  return {
    account,
    managed,
    number,
    key_id: key,
    der: body.der,
    chain: packChain(body.chain),
    serial: body.serial,
    not_before: body.validity.notBefore,
    not_after: body.validity.notAfter,
    subject: toJson(body.subject),
    dns_names: toJson(body.dnsNames),
    key_algorithm: body.keyAlgorithm,
    signature_algorithm: body.signatureAlgorithm,
  };
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
