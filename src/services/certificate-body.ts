import type { CertificateBody } from '../core/certificate.ts';
import { Fault } from '../core/fault.ts';
import { readCertificate } from '../x509/certificate.ts';

/**
 * What the store keeps of a certificate, read from its bytes.
 * @param chain issuer first, root last
 * Faults: `malformed`; `unsupported` when its key is of no algorithm that this house knows.
 */
export function certificateBody(der: Uint8Array, chain: readonly Uint8Array[]): CertificateBody {
  const certificate = readCertificate(der);
  const { keyAlgorithm } = certificate;
  if (keyAlgorithm === undefined) {
    throw new Fault(
      'unsupported',
      'the key of the certificate is neither RSA nor on P-256, P-384 or P-521 nor ML-DSA',
      {
        what: 'certificate',
        reason: 'key-algorithm',
      },
    );
  }
  return {
    der,
    chain,
    serial: certificate.serial,
    validity: certificate.validity,
    subject: certificate.subject,
    dnsNames: certificate.subjectAltNames.flatMap((name) => (name.kind === 'dns' ? [name.value] : [])),
    keyAlgorithm,
    signatureAlgorithm: certificate.signatureAlgorithm,
  };
}
