/**
 * aws-pca: AWS Private Certificate Authority (signing service `acm-pca`, target prefix `ACMPrivateCA`).
 *
 * Here: the vendor's operations, shapes, templates, sentences and views. Not here: how AWS JSON is spoken and signed
 * (wire), and every rule that protects an authority (services). The invariant: an ARN's account and region decide
 * before anything is looked up, and all of an operation's answers are the vendor's words.
 */
import { createCertificateAuthority } from './create-certificate-authority.ts';
import { createCertificateAuthorityAuditReport } from './create-certificate-authority-audit-report.ts';
import { createPermission } from './create-permission.ts';
import { deleteCertificateAuthority } from './delete-certificate-authority.ts';
import { deletePermission } from './delete-permission.ts';
import { deletePolicy } from './delete-policy.ts';
import { describeCertificateAuthority } from './describe-certificate-authority.ts';
import { describeCertificateAuthorityAuditReport } from './describe-certificate-authority-audit-report.ts';
import { getCertificate } from './get-certificate.ts';
import { getCertificateAuthorityCertificate } from './get-certificate-authority-certificate.ts';
import { getCertificateAuthorityCsr } from './get-certificate-authority-csr.ts';
import { getPolicy } from './get-policy.ts';
import { importCertificateAuthorityCertificate } from './import-certificate-authority-certificate.ts';
import { issueCertificate } from './issue-certificate.ts';
import { listCertificateAuthorities } from './list-certificate-authorities.ts';
import { listPermissions } from './list-permissions.ts';
import { listTags } from './list-tags.ts';
import { putPolicy } from './put-policy.ts';
import { restoreCertificateAuthority } from './restore-certificate-authority.ts';
import { revokeCertificate } from './revoke-certificate.ts';
import { tagCertificateAuthority } from './tag-certificate-authority.ts';
import { untagCertificateAuthority } from './untag-certificate-authority.ts';
import { updateCertificateAuthority } from './update-certificate-authority.ts';

export const operations = [
  createCertificateAuthority,
  createCertificateAuthorityAuditReport,
  createPermission,
  deleteCertificateAuthority,
  deletePermission,
  deletePolicy,
  describeCertificateAuthority,
  describeCertificateAuthorityAuditReport,
  getCertificate,
  getCertificateAuthorityCertificate,
  getCertificateAuthorityCsr,
  getPolicy,
  importCertificateAuthorityCertificate,
  issueCertificate,
  listCertificateAuthorities,
  listPermissions,
  listTags,
  putPolicy,
  restoreCertificateAuthority,
  revokeCertificate,
  tagCertificateAuthority,
  untagCertificateAuthority,
  updateCertificateAuthority,
];
