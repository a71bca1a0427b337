/** A different value for each extension from each source, so that a certificate shows where each came from. */
import { certificatePolicies } from '../../../src/x509/extensions/certificate-policies.ts';
import { basicConstraints } from '../../../src/x509/extensions/basic-constraints.ts';
import { crlDistributionPoints } from '../../../src/x509/extensions/crl-distribution-points.ts';
import { extendedKeyUsage } from '../../../src/x509/extensions/extended-key-usage.ts';
import type { Extension } from '../../../src/x509/extensions/extension.ts';
import { keyUsage } from '../../../src/x509/extensions/key-usage.ts';
import { oids } from '../../../src/x509/oids.ts';
import { writePem } from '../../../src/x509/pem.ts';
import { aCsr, type TestKey } from '../../x509/an-authority.ts';

export const privateExtension = { csr: '1.3.6.1.4.1.99999.1', api: '1.3.6.1.4.1.99999.2' };

/** A CSR that asks for everything. */
export function greedyCsr(key: TestKey, isAuthority: boolean): string {
  const extensions: Extension[] = [
    { oid: oids.basicConstraints, critical: true, value: basicConstraints.encode({ isAuthority: !isAuthority }) },
    {
      oid: oids.keyUsage,
      critical: isAuthority,
      value: keyUsage.encode(isAuthority ? ['nonRepudiation', 'keyCertSign'] : ['nonRepudiation']),
    },
    { oid: oids.extendedKeyUsage, critical: false, value: extendedKeyUsage.encode(['1.3.6.1.5.5.7.3.4']) },
    {
      oid: oids.crlDistributionPoints,
      critical: false,
      value: crlDistributionPoints.encode(['http://csr.test/c.crl']),
    },
    {
      oid: oids.certificatePolicies,
      critical: false,
      value: certificatePolicies.encode([{ policy: '1.2.3.1', qualifiers: [] }]),
    },
    { oid: privateExtension.csr, critical: false, value: Uint8Array.of(5, 0) },
    { oid: oids.subjectKeyIdentifier, critical: false, value: Uint8Array.of(4, 1, 1) },
  ];
  const names = [{ kind: 'dns', value: 'csr.test' }] as const;
  return writePem('CERTIFICATE REQUEST', aCsr(key, [[{ type: '2.5.4.3', value: 'from csr' }]], names, extensions));
}

/** The same by the API. */
export function greedyPassthrough(isAuthority: boolean) {
  const base64 = (octets: Uint8Array) => Buffer.from(octets).toString('base64');
  return {
    Subject: { CommonName: 'from api' },
    Extensions: {
      KeyUsage: isAuthority ? { KeyCertSign: true, CRLSign: true, KeyAgreement: true } : { KeyAgreement: true },
      ExtendedKeyUsage: [{ ExtendedKeyUsageType: 'TIME_STAMPING' }],
      SubjectAlternativeNames: [{ DnsName: 'api.test' }],
      CertificatePolicies: [{ CertPolicyId: '1.2.3.2' }],
      CustomExtensions: [
        { ObjectIdentifier: privateExtension.api, Value: base64(Uint8Array.of(5, 0)) },
        { ObjectIdentifier: '2.5.29.31', Value: base64(crlDistributionPoints.encode(['http://api.test/c.crl'])) },
        { ObjectIdentifier: '2.5.29.19', Value: base64(basicConstraints.encode({ isAuthority: !isAuthority })) },
        { ObjectIdentifier: '2.5.29.14', Value: 'BAEB', Critical: false },
      ],
    },
  };
}

/** What openssl prints of each source's values. */
export const shown = {
  api: {
    subject: 'CN = from api',
    subjectAltName: 'DNS:api.test',
    leafUsage: { critical: true, value: 'Key Agreement' },
    authorityUsage: { critical: true, value: 'Key Agreement, Certificate Sign, CRL Sign' },
    extendedKeyUsage: { critical: false, value: 'Time Stamping' },
    policy: 'Policy: 1.2.3.2',
    crl: 'URI:http://api.test/c.crl',
  },
  csr: {
    subject: 'CN = from csr',
    subjectAltName: 'DNS:csr.test',
    leafUsage: { critical: false, value: 'Non Repudiation' },
    authorityUsage: { critical: true, value: 'Non Repudiation, Certificate Sign' },
    extendedKeyUsage: { critical: false, value: 'E-mail Protection' },
    policy: 'Policy: 1.2.3.1',
    crl: 'URI:http://csr.test/c.crl',
  },
} as const;
