/** What this service asks of an import beyond what every import must be (services/read-import). */
import { Fault } from '../../core/fault.ts';
import { familyOfKey, type KeyAlgorithm } from '../../core/key.ts';
import { Refusal } from '../../wire/refusal.ts';
import { type Certificate, readCertificatePem, readCertificatesPem } from '../../x509/certificate.ts';
import { isSelfSigned } from '../../x509/chain.ts';
import { authorityInformationAccess } from '../../x509/extensions/authority-information-access.ts';
import { decodeExtension } from '../../x509/extensions/extension.ts';
import { looksLikePem } from '../../x509/pem.ts';
import { keyAlgorithms } from './algorithms.ts';
import { sentences } from './import-sentences.ts';

interface Files {
  readonly Certificate: Uint8Array;
  readonly PrivateKey: Uint8Array;
  readonly CertificateChain?: Uint8Array;
}

const longestOcspUrl = 1000;

/** The certificate. Throws Refusal `ValidationException`, and the faults of reading a certificate. */
export function assertImportable({ Certificate, PrivateKey, CertificateChain }: Files): Certificate {
  if (!looksLikePem(Certificate)) throw refused(sentences.certificate);
  if (!looksLikePem(PrivateKey)) throw refused(sentences.privateKey);
  const certificate = readCertificatePem(Certificate);
  if (!isListed(certificate)) throw refused(sentences.unsupportedKey);
  const issuer = CertificateChain === undefined ? undefined : readChain(CertificateChain)[0];
  if (issuer === undefined && !isSelfSigned(certificate)) throw refused(sentences.notSelfSigned);
  if (issuer !== undefined && !isSameFamily(certificate, issuer)) throw refused(sentences.otherFamily);
  const { ocsp = [] } = decodeExtension(certificate.extensions, authorityInformationAccess) ?? {};
  if (ocsp.some((url) => url.length > longestOcspUrl)) throw refused(sentences.ocspUrl);
  return certificate;
}

function readChain(chain: Uint8Array): readonly Certificate[] {
  try {
    return readCertificatesPem(chain);
  } catch (cause) {
    if (cause instanceof Fault) throw refused(sentences.chain);
    throw cause;
  }
}

/** Private CA's ML-DSA is not in this service's enum. Algorithms that are none of ours are refused elsewhere, by name. */
function isListed({ keyAlgorithm }: Certificate): boolean {
  return keyAlgorithm === undefined || Object.values<KeyAlgorithm>(keyAlgorithms).includes(keyAlgorithm);
}

/** Algorithms that are none of ours are refused elsewhere, by name. */
function isSameFamily({ keyAlgorithm: leaf }: Certificate, { keyAlgorithm: issuer }: Certificate): boolean {
  return leaf === undefined || issuer === undefined || familyOfKey(leaf) === familyOfKey(issuer);
}

function refused(sentence: string): Refusal {
  return new Refusal('ValidationException', sentence);
}
