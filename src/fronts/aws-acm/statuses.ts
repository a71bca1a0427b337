/** States, failure reasons and where keys come from, in the vendor's words. */
import {
  type CertificateOrigin,
  type ManagedCertificate,
  managedStatusOf,
  type ManagedStatus,
} from '../../core/certificate.ts';
import type { EpochMs } from '../../core/ids.ts';

/** The vendor's enum; undefined is a status that no certificate has here. */
export const certificateStatuses = {
  PENDING_VALIDATION: 'pending',
  ISSUED: 'issued',
  INACTIVE: undefined,
  EXPIRED: 'expired',
  VALIDATION_TIMED_OUT: undefined,
  REVOKED: undefined,
  FAILED: 'failed',
} as const satisfies Record<string, ManagedStatus | undefined>;
export type CertificateStatus = keyof typeof certificateStatuses;

export const statusNames = {
  pending: 'PENDING_VALIDATION',
  issued: 'ISSUED',
  expired: 'EXPIRED',
  failed: 'FAILED',
} as const satisfies Record<ManagedStatus, CertificateStatus>;

export const typeNames = { issued: 'PRIVATE', imported: 'IMPORTED' } as const satisfies Record<
  CertificateOrigin,
  string
>;

/** `ACME` is a key pair of a client's, which no certificate here has. */
export const keyPairOrigins = ['AWS_MANAGED', 'ACME', 'CUSTOMER_PROVIDED'] as const;
export const keyPairOriginNames = {
  issued: 'AWS_MANAGED',
  imported: 'CUSTOMER_PROVIDED',
} as const satisfies Record<CertificateOrigin, (typeof keyPairOrigins)[number]>;

/** A private certificate may always be exported, an imported one never. */
export const exportOptions = { issued: 'ENABLED', imported: 'DISABLED' } as const;

/** What the request said; nothing private or imported is logged whatever it says. */
export function transparencyOf({ origin, vendor }: ManagedCertificate): string {
  const options = vendor.aws?.options;
  if (origin === 'imported' || typeof options !== 'object' || options === null) return defaultTransparency[origin];
  return String(Reflect.get(options, 'CertificateTransparencyLoggingPreference') ?? defaultTransparency[origin]);
}

const defaultTransparency = { issued: 'ENABLED', imported: 'DISABLED' } as const;

/** The vendor's reason of a failed certificate. */
export function failureReasonOf({ state }: ManagedCertificate): string | undefined {
  return state.kind === 'failed' ? (failureReasons[state.reason] ?? 'OTHER') : undefined;
}

/** What requestCertificate keeps → what the service says. */
const failureReasons: Readonly<Record<string, string>> = {
  'not-found': 'PCA_RESOURCE_NOT_FOUND',
  'authority-state': 'PCA_INVALID_STATE',
  validity: 'PCA_INVALID_DURATION',
  denied: 'PCA_ACCESS_DENIED',
  limit: 'PCA_LIMIT_EXCEEDED',
  'name-constraints': 'PCA_NAME_CONSTRAINTS_VALIDATION',
  arguments: 'PCA_INVALID_ARGS',
  'short-lived': 'PCA_INVALID_ARGS',
  identifier: 'PCA_INVALID_ARGS',
  name: 'PCA_INVALID_ARGS',
  lint: 'PCA_REQUEST_FAILED',
};

/**
 * A private certificate in force is renewed only after its present key was exported (or it is in use, which nothing
 * here knows); an imported one never.
 */
export function renewalEligibilityOf(certificate: ManagedCertificate, now: EpochMs): 'ELIGIBLE' | 'INELIGIBLE' {
  const { origin, exportedAt, issuedAt } = certificate;
  const isExported = exportedAt !== undefined && issuedAt !== undefined && exportedAt >= issuedAt;
  return origin === 'issued' && isExported && managedStatusOf(certificate, now) === 'issued'
    ? 'ELIGIBLE'
    : 'INELIGIBLE';
}
