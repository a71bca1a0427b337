/** Our nouns in the vendor's words. Members without a value are left out of the JSON. */
import { type Authority, type AuthorityStatus, type CreationFailure, statusOf } from '../../core/authority.ts';
import type { EpochMs } from '../../core/ids.ts';
import { authorityArn } from '../../wire/aws-json/authority-arn.ts';
import { epochSeconds } from '../../wire/aws-json/shapes.ts';
import { writePem } from '../../x509/pem.ts';
import { keyAlgorithmName, signingAlgorithmName } from './algorithms.ts';
import { viewRevocation } from './revocation-configuration.ts';
import { viewSubject } from './subject.ts';

export const statusNames = {
  creating: 'CREATING',
  pending: 'PENDING_CERTIFICATE',
  active: 'ACTIVE',
  disabled: 'DISABLED',
  expired: 'EXPIRED',
  failed: 'FAILED',
  deleted: 'DELETED',
} as const satisfies Record<AuthorityStatus, string>;

const failureReasons = {
  'timed-out': 'REQUEST_TIMED_OUT',
  'unsupported-algorithm': 'UNSUPPORTED_ALGORITHM',
  other: 'OTHER',
} as const satisfies Record<CreationFailure, string>;

/** DescribeCertificateAuthority and ListCertificateAuthorities show the same structure. */
export function viewAuthority(authority: Authority, now: EpochMs) {
  const { state, certificate, vendor } = authority;
  return {
    Arn: authorityArn(authority),
    OwnerAccount: authority.account,
    CreatedAt: epochSeconds(authority.createdAt),
    LastStateChangeAt: epochSeconds(authority.changedAt),
    Type: authority.type === 'root' ? 'ROOT' : 'SUBORDINATE',
    // The service shows a decimal number here, and hexadecimal in the ARNs of certificates.
    Serial: certificate === undefined ? undefined : BigInt(`0x${certificate.serial}`).toString(),
    Status: statusNames[statusOf(authority, now)],
    NotBefore: certificate === undefined ? undefined : epochSeconds(certificate.validity.notBefore),
    NotAfter: certificate === undefined ? undefined : epochSeconds(certificate.validity.notAfter),
    FailureReason: state.kind === 'failed' ? failureReasons[state.reason] : undefined,
    CertificateAuthorityConfiguration: {
      KeyAlgorithm: keyAlgorithmName(authority.keyAlgorithm),
      SigningAlgorithm: signingAlgorithmName(authority.signatureAlgorithm),
      Subject: vendor.aws?.subject ?? viewSubject(authority.subject),
      CsrExtensions: vendor.aws?.csrExtensions,
    },
    RevocationConfiguration: viewRevocation(vendor.aws?.revocationConfiguration),
    RestorableUntil: state.kind === 'deleted' ? epochSeconds(state.restorableUntil) : undefined,
    KeyStorageSecurityStandard: vendor.aws?.keyStorageStandard ?? defaultKeyStorage,
    UsageMode: authority.usageMode === 'general' ? 'GENERAL_PURPOSE' : 'SHORT_LIVED_CERTIFICATE',
  };
}

export const defaultKeyStorage = 'FIPS_140_2_LEVEL_3_OR_HIGHER';

/** PEM without a line end after the last line, as the service gives it. */
export function pem(label: 'CERTIFICATE' | 'CERTIFICATE REQUEST', der: Uint8Array): string {
  return writePem(label, der, { final: false });
}

/** Issuer first, root last; absent when there is nothing above. */
export function pemChain(chain: readonly Uint8Array[]): string | undefined {
  return chain.length === 0 ? undefined : chain.map((der) => pem('CERTIFICATE', der)).join('\n');
}
