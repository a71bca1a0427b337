import { Refusal } from '../../wire/refusal.ts';
import { readCertificatePem, readCertificatesPem } from '../../x509/certificate.ts';

/**
 * ImportCertificateAuthorityCertificate lists the extensions that may be critical in a CA certificate and its chain, and
 * refuses every other. Refusal `MalformedCertificateException`; Fault `malformed` for what is no PEM.
 */
export function assertCriticalExtensions(certificate: Uint8Array, chain: Uint8Array | undefined): void {
  const above = chain === undefined || chain.length === 0 ? [] : readCertificatesPem(chain);
  for (const { extensions } of [readCertificatePem(certificate), ...above]) {
    const found = extensions.find(({ oid, critical }) => critical && !mayBeCritical.has(oid));
    if (found === undefined) continue;
    throw new Refusal(
      'MalformedCertificateException',
      `The extension ${neverCritical.get(found.oid) ?? found.oid} must not be marked critical in a CA certificate or chain.`,
    );
  }
}

/** The service's list of allowed ones. */
export const mayBeCritical: ReadonlySet<string> = new Set([
  '2.5.29.35', // authority key identifier
  '2.5.29.19', // basic constraints
  '2.5.29.32', // certificate policies
  '2.5.29.37', // extended key usage
  '2.5.29.54', // inhibit anyPolicy
  '2.5.29.18', // issuer alternative name
  '2.5.29.15', // key usage
  '2.5.29.30', // name constraints
  '2.5.29.33', // policy mappings
  '2.5.29.17', // subject alternative name
  '2.5.29.9', // subject directory attributes
  '2.5.29.14', // subject key identifier
  '1.3.6.1.5.5.7.1.11', // subject information access
]);

/** Those that it names as refused. */
const neverCritical: ReadonlyMap<string, string> = new Map([
  ['1.3.6.1.5.5.7.1.1', 'authority information access'],
  ['2.5.29.31', 'CRL distribution points'],
  ['2.5.29.46', 'freshest CRL'],
  ['2.5.29.36', 'policy constraints'],
]);
