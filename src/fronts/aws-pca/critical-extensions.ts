import { Refusal } from '../../wire/refusal.ts';
import { readCertificatePem, readCertificatesPem } from '../../x509/certificate.ts';

/**
 * ImportCertificateAuthorityCertificate lists extensions that may not be critical in a CA certificate or its chain.
 * Critical ones that nobody knows are refused where the chain is checked. Refusal `MalformedCertificateException`;
 * Fault `malformed` for what is no PEM.
 */
export function assertCriticalExtensions(certificate: Uint8Array, chain: Uint8Array | undefined): void {
  const above = chain === undefined || chain.length === 0 ? [] : readCertificatesPem(chain);
  for (const { extensions } of [readCertificatePem(certificate), ...above]) {
    const found = extensions.find(({ oid, critical }) => critical && neverCritical.has(oid));
    if (found === undefined) continue;
    throw new Refusal(
      'MalformedCertificateException',
      `The extension ${neverCritical.get(found.oid)} must not be marked critical in a CA certificate or chain.`,
    );
  }
}

const neverCritical: ReadonlyMap<string, string> = new Map([
  ['1.3.6.1.5.5.7.1.1', 'authority information access'],
  ['2.5.29.31', 'CRL distribution points'],
  ['2.5.29.46', 'freshest CRL'],
  ['2.5.29.36', 'policy constraints'],
]);
