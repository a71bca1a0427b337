/** Every operation of this front, in the vendor's order. */
import { createCertificateAuthority } from './create-certificate-authority.ts';
import { createCertificateByCsr } from './create-certificate-by-csr.ts';
import { createCertificate } from './create-certificate.ts';
import { deleteCertificateAuthority } from './delete-certificate-authority.ts';
import { deleteCertificate } from './delete-certificate.ts';
import { disableCertificateAuthority } from './disable-certificate-authority.ts';
import { enableCertificateAuthority } from './enable-certificate-authority.ts';
import { exportCertificateAuthorityCertificate } from './export-certificate-authority-certificate.ts';
import { exportCertificateAuthorityCsr } from './export-certificate-authority-csr.ts';
import { exportCertificate } from './export-certificate.ts';
import { importCertificateAuthorityCertificate } from './import-certificate-authority-certificate.ts';
import { issueCertificateAuthorityCertificate } from './issue-certificate-authority-certificate.ts';
import { listCertificateAuthority } from './list-certificate-authority.ts';
import { listCertificate } from './list-certificate.ts';
import { restoreCertificateAuthority } from './restore-certificate-authority.ts';
import { showCertificateAuthority } from './show-certificate-authority.ts';
import { showCertificate } from './show-certificate.ts';

export const operations = [
  createCertificateAuthority,
  listCertificateAuthority,
  showCertificateAuthority,
  issueCertificateAuthorityCertificate,
  importCertificateAuthorityCertificate,
  exportCertificateAuthorityCertificate,
  exportCertificateAuthorityCsr,
  enableCertificateAuthority,
  disableCertificateAuthority,
  deleteCertificateAuthority,
  restoreCertificateAuthority,
  createCertificate,
  createCertificateByCsr,
  listCertificate,
  showCertificate,
  exportCertificate,
  deleteCertificate,
];
