/** Key usages and extended key usages in the vendor's words. */
import type { CertificateBody } from '../../core/certificate.ts';
import type { KeyUsage } from '../../core/profile.ts';
import { type Certificate, readCertificate } from '../../x509/certificate.ts';
import { decodeExtension } from '../../x509/extensions/extension.ts';
import { extendedKeyUsage } from '../../x509/extensions/extended-key-usage.ts';

/** The vendor's enum; no certificate is shown with the last two, because a bit has a name or is none. */
export const keyUsageNames = [
  'DIGITAL_SIGNATURE',
  'NON_REPUDIATION',
  'KEY_ENCIPHERMENT',
  'DATA_ENCIPHERMENT',
  'KEY_AGREEMENT',
  'CERTIFICATE_SIGNING',
  'CRL_SIGNING',
  'ENCIPHER_ONLY',
  'DECIPHER_ONLY',
  'ANY',
  'CUSTOM',
] as const;
export type KeyUsageName = (typeof keyUsageNames)[number];

export const extendedKeyUsageNames = [
  'TLS_WEB_SERVER_AUTHENTICATION',
  'TLS_WEB_CLIENT_AUTHENTICATION',
  'CODE_SIGNING',
  'EMAIL_PROTECTION',
  'TIME_STAMPING',
  'OCSP_SIGNING',
  'IPSEC_END_SYSTEM',
  'IPSEC_TUNNEL',
  'IPSEC_USER',
  'ANY',
  'NONE',
  'CUSTOM',
] as const;
export type ExtendedKeyUsageName = (typeof extendedKeyUsageNames)[number];

export interface Usages {
  readonly keyUsages: readonly KeyUsageName[];
  readonly extendedKeyUsages: readonly { readonly name: ExtendedKeyUsageName; readonly oid: string }[];
}

/** Of a certificate that is not there yet, and of one without the extensions: empty lists. */
export function usagesOf(body: CertificateBody | undefined): Usages {
  return body === undefined ? { keyUsages: [], extendedKeyUsages: [] } : usagesIn(readCertificate(body.der));
}

export function usagesIn(certificate: Certificate): Usages {
  const purposes = decodeExtension(certificate.extensions, extendedKeyUsage) ?? [];
  return {
    keyUsages: (certificate.keyUsage ?? []).map((usage) => usageNames[usage]),
    extendedKeyUsages: purposes.map((oid) => ({ name: purposeNames.get(oid) ?? 'CUSTOM', oid })),
  };
}

const usageNames = {
  digitalSignature: 'DIGITAL_SIGNATURE',
  nonRepudiation: 'NON_REPUDIATION',
  keyEncipherment: 'KEY_ENCIPHERMENT',
  dataEncipherment: 'DATA_ENCIPHERMENT',
  keyAgreement: 'KEY_AGREEMENT',
  keyCertSign: 'CERTIFICATE_SIGNING',
  cRLSign: 'CRL_SIGNING',
  encipherOnly: 'ENCIPHER_ONLY',
  decipherOnly: 'DECIPHER_ONLY',
} as const satisfies Record<KeyUsage, KeyUsageName>;

/** API page ExtendedKeyUsage. */
const purposeNames: ReadonlyMap<string, ExtendedKeyUsageName> = new Map([
  ['1.3.6.1.5.5.7.3.1', 'TLS_WEB_SERVER_AUTHENTICATION'],
  ['1.3.6.1.5.5.7.3.2', 'TLS_WEB_CLIENT_AUTHENTICATION'],
  ['1.3.6.1.5.5.7.3.3', 'CODE_SIGNING'],
  ['1.3.6.1.5.5.7.3.4', 'EMAIL_PROTECTION'],
  ['1.3.6.1.5.5.7.3.5', 'IPSEC_END_SYSTEM'],
  ['1.3.6.1.5.5.7.3.6', 'IPSEC_TUNNEL'],
  ['1.3.6.1.5.5.7.3.7', 'IPSEC_USER'],
  ['1.3.6.1.5.5.7.3.8', 'TIME_STAMPING'],
  ['1.3.6.1.5.5.7.3.9', 'OCSP_SIGNING'],
  ['2.5.29.37.0', 'ANY'],
]);
