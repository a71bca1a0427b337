/** An authority in the words of CCM's PCA: the members of ShowCertificateAuthority and of each row of the list. */
import type { Caller } from '../../core/account.ts';
import { type Authority, type AuthorityStatus, commonNameOf, statusOf } from '../../core/authority.ts';
import type { EpochMs } from '../../core/ids.ts';
import { hashOf, signatureAlgorithms } from '../../core/key.ts';
import { readCertificate } from '../../x509/certificate.ts';
import { keyAlgorithmName } from './algorithms.ts';
import { crlView } from './crl-configuration.ts';
import { nameFields } from './distinguished-name.ts';
import { defaultEnterpriseProject } from './enterprise-project.ts';

/** `ACTIVED` is how the service spells it. Only AWS's API can make one `creating` or `failed`. */
export const statusNames = {
  creating: 'PENDING',
  pending: 'PENDING',
  active: 'ACTIVED',
  disabled: 'DISABLED',
  failed: 'DISABLED',
  deleted: 'DELETED',
  expired: 'EXPIRED',
} as const satisfies Record<AuthorityStatus, string>;

/** What roots report, and what has no limit. */
const unlimited = 7;

export function authorityView(authority: Authority, { domain }: Pick<Caller, 'domain'>, now: EpochMs): object {
  const { id, type, state, certificate } = authority;
  const seen = certificate === undefined ? undefined : readCertificate(certificate.der);
  const isRoot = type === 'root';
  return {
    ca_id: id,
    type: isRoot ? 'ROOT' : 'SUBORDINATE',
    status: statusNames[statusOf(authority, now)],
    path_length: pathLengthOf(authority),
    issuer_id: isRoot ? null : (certificate?.issuer ?? null),
    issuer_name: isRoot || seen === undefined ? null : commonNameOf(seen.issuer),
    key_algorithm: keyAlgorithmName(authority.keyAlgorithm),
    // ML-DSA has no hash of its own: the algorithm's name, as certificates show it.
    signature_algorithm:
      hashName(seen?.signatureAlgorithm) ?? hashOf(authority.signatureAlgorithm) ?? authority.signatureAlgorithm,
    freeze_flag: 0,
    gen_mode: genMode(authority),
    serial_number: certificate?.serial ?? null,
    create_time: authority.createdAt,
    delete_time: state.kind === 'deleted' ? state.restorableUntil : null,
    not_before: certificate?.validity.notBefore ?? null,
    not_after: certificate?.validity.notAfter ?? null,
    distinguished_name: nameFields(certificate?.subject ?? authority.subject),
    crl_configuration: crlView(authority),
    enterprise_project_id: authority.vendor.huawei?.enterpriseProject ?? defaultEnterpriseProject,
    free_quota: 0,
    charging_mode: 1,
    cluster_id: null,
    domain_id: domain,
  };
}

function pathLengthOf({ type, certificate, vendor }: Authority): number {
  if (certificate !== undefined) return certificate.pathLength ?? unlimited;
  return type === 'root' ? unlimited : (vendor.huawei?.pathLength ?? 0);
}

/** GENERATE: key and certificate come from here; CSR: the owner keeps the key; IMPORT: signed elsewhere. */
function genMode({ type, key, certificate }: Authority): 'GENERATE' | 'CSR' | 'IMPORT' {
  if (key === undefined) return 'CSR';
  return type === 'subordinate' && certificate !== undefined && certificate.issuer === undefined
    ? 'IMPORT'
    : 'GENERATE';
}

/** The hash of a signature as certificates name it; undefined for one that is none of ours. */
export function hashName(signature: string | undefined): string | undefined {
  const known = signatureAlgorithms.find((one) => one === signature);
  return known === undefined ? undefined : hashOf(known);
}
