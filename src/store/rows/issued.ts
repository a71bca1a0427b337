import type { IssuedCertificate } from '../../core/certificate.ts';
import type { Revocation } from '../../core/revocation.ts';
import { orAbsent, present } from '../present.ts';
import type { IssuedTable } from '../tables/issued.ts';
import type { SqlValue } from '../work.ts';

/** The columns of an inserted row, in the order of `issuedValues`. */
export const issuedColumns = [
  'account',
  'serial',
  'authority',
  'not_before',
  'not_after',
  'common_name',
  'key_algorithm',
  'signature_algorithm',
  'issued_at',
  'user_name',
  'front',
  'operation',
  'request_id',
  'template',
  'is_authority',
  'managed',
  'asker_account',
  'crl_url',
] as const satisfies readonly (keyof IssuedTable)[];

export function issuedValues(certificate: IssuedCertificate): readonly SqlValue[] {
  const { validity, asker } = certificate;
  return [
    certificate.account,
    certificate.serial,
    certificate.authority,
    validity.notBefore,
    validity.notAfter,
    certificate.commonName,
    certificate.keyAlgorithm,
    certificate.signatureAlgorithm,
    certificate.issuedAt,
    asker.userName,
    asker.front,
    asker.operation,
    asker.requestId,
    certificate.template,
    certificate.isAuthority ? 1 : 0,
    certificate.managed ?? null,
    asker.account === undefined || asker.account === certificate.account ? null : asker.account,
    certificate.crl ?? null,
  ];
}

export function issuedOf(row: IssuedTable): Omit<IssuedCertificate, 'der'> {
  return present({
    account: row.account,
    authority: row.authority,
    serial: row.serial,
    validity: { notBefore: row.not_before, notAfter: row.not_after },
    commonName: row.common_name,
    keyAlgorithm: row.key_algorithm,
    signatureAlgorithm: row.signature_algorithm,
    issuedAt: row.issued_at,
    asker: present({
      account: orAbsent(row.asker_account),
      userName: row.user_name,
      front: row.front,
      operation: row.operation,
      requestId: row.request_id,
    }),
    template: row.template,
    isAuthority: row.is_authority === 1,
    crl: orAbsent(row.crl_url),
    managed: orAbsent(row.managed),
    revocation: revocationOf(row),
  });
}

function revocationOf({ revoked_at: at, revocation_reason: reason }: IssuedTable): Revocation | undefined {
  return at === null || reason === null ? undefined : { at, reason };
}
