/**
 * aws-acm: AWS Certificate Manager (signing service `acm`, target prefix `CertificateManager`).
 *
 * Here: the vendor's operations, shapes, sentences and views. Not here: how AWS JSON is spoken and signed (wire), what
 * an import must be and how a certificate is requested or exported (services). The invariant: an ARN's account and
 * region decide before anything is looked up, and all of an operation's answers are the vendor's words.
 */
import { addTagsToCertificate } from './add-tags-to-certificate.ts';
import { deleteCertificate } from './delete-certificate.ts';
import { describeCertificate } from './describe-certificate.ts';
import { exportCertificate } from './export-certificate.ts';
import { getCertificate } from './get-certificate.ts';
import { importCertificate } from './import-certificate.ts';
import { listCertificates } from './list-certificates.ts';
import { listTagsForCertificate } from './list-tags-for-certificate.ts';
import { removeTagsFromCertificate } from './remove-tags-from-certificate.ts';
import { requestCertificate } from './request-certificate.ts';

export const operations = [
  addTagsToCertificate,
  deleteCertificate,
  describeCertificate,
  exportCertificate,
  getCertificate,
  importCertificate,
  listCertificates,
  listTagsForCertificate,
  removeTagsFromCertificate,
  requestCertificate,
];
