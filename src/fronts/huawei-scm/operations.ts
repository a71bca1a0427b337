/** Every operation of this front, in the vendor's order. */
import { deleteCertificate } from './delete-certificate.ts';
import { exportCertificate } from './export-certificate.ts';
import { importCertificate } from './import-certificate.ts';
import { listCertificates } from './list-certificates.ts';
import { showCertificate } from './show-certificate.ts';

export const operations = [importCertificate, listCertificates, showCertificate, exportCertificate, deleteCertificate];
