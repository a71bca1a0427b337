/** A private certificate in the words of CCM's PCA: the members of ShowCertificate and of each row of the list. */
import { commonNameOf } from '../../core/authority.ts';
import { type IssuedStatus, issuedStatusOf } from '../../core/certificate.ts';
import { type EpochMs, serialAsUuid } from '../../core/ids.ts';
import { readCertificate } from '../../x509/certificate.ts';
import { keyAlgorithmName } from './algorithms.ts';
import { hashName } from './authority-view.ts';
import { nameFields } from './distinguished-name.ts';
import { defaultEnterpriseProject } from './enterprise-project.ts';
import { bodyOf, type PrivateCertificate } from './find-certificate.ts';

export function certificateView(found: PrivateCertificate, now: EpochMs): object {
  const { serial, validity, issuer, subject, signatureAlgorithm } = readCertificate(bodyOf(found).der);
  return {
    certificate_id: found.kind === 'held' ? found.certificate.id : serialAsUuid(found.certificate.serial),
    status: certificateStatus(found, now),
    issuer_id: found.certificate.authority ?? null,
    issuer_name: commonNameOf(issuer),
    key_algorithm: keyAlgorithmName(found.certificate.keyAlgorithm),
    signature_algorithm: hashName(signatureAlgorithm) ?? signatureAlgorithm,
    freeze_flag: 0,
    gen_mode: found.kind === 'held' ? 'GENERATE' : 'CSR',
    serial_number: serial,
    create_time: found.kind === 'held' ? found.certificate.createdAt : found.certificate.issuedAt,
    delete_time: null,
    not_before: validity.notBefore,
    not_after: validity.notAfter,
    distinguished_name: nameFields(subject),
    enterprise_project_id: enterpriseProjectOf(found) ?? defaultEnterpriseProject,
  };
}

function enterpriseProjectOf(found: PrivateCertificate): string | undefined {
  return found.kind === 'held' ? found.certificate.vendor.huawei?.enterpriseProject : undefined;
}

export function certificateStatus(found: PrivateCertificate, now: EpochMs): (typeof statusNames)[IssuedStatus] {
  const { revocation } = found.kind === 'held' ? found : found.certificate;
  return statusNames[issuedStatusOf({ validity: bodyOf(found).validity, revocation }, now)];
}

const statusNames = {
  issued: 'ISSUED',
  expired: 'EXPIRED',
  revoked: 'REVOKED',
} as const satisfies Record<IssuedStatus, string>;
