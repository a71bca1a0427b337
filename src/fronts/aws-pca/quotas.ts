/**
 * The service's default quotas for an account, as its Service Quotas lists them (2026): a preset, off unless asked
 * for. How many requests above a rate are let through in a burst is not published; here none.
 */
import type { Quotas } from '../../services/quotas.ts';
import type { Rates } from '../../wire/request-rates.ts';

/** Requests a second. */
export const requestRates = {
  CreateCertificateAuthority: 1,
  CreateCertificateAuthorityAuditReport: 1,
  CreatePermission: 1,
  DeleteCertificateAuthority: 10,
  DeletePermission: 1,
  DeletePolicy: 5,
  DescribeCertificateAuthority: 20,
  DescribeCertificateAuthorityAuditReport: 20,
  GetCertificate: 75,
  GetCertificateAuthorityCertificate: 20,
  GetCertificateAuthorityCsr: 10,
  GetPolicy: 5,
  ImportCertificateAuthorityCertificate: 10,
  IssueCertificate: 25,
  ListCertificateAuthorities: 20,
  ListPermissions: 5,
  ListTags: 20,
  PutPolicy: 5,
  RestoreCertificateAuthority: 20,
  RevokeCertificate: 20,
  TagCertificateAuthority: 10,
  UntagCertificateAuthority: 10,
  UpdateCertificateAuthority: 10,
} as const satisfies Rates;

/** How many there may be: authorities in a region, certificates and revocations of one authority ever. */
export const quotas: Quotas = { authorities: 200, certificates: 1_000_000, revoked: 1_000_000 };
