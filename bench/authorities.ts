/** What the cases need to be there: an active root, CSRs, a certificate with a key here. */
import { makeCsr } from '../scripts/make-csr.ts';
import type { FreshServer } from '../scripts/fresh-server.ts';
import { aws } from './call.ts';

/** What an authority signs with, in the words of Private CA. */
export interface Algorithms {
  readonly KeyAlgorithm: string;
  readonly SigningAlgorithm: string;
}

const p256: Algorithms = { KeyAlgorithm: 'EC_prime256v1', SigningAlgorithm: 'SHA256WITHECDSA' };

/** An active root, P-256 unless told otherwise, made through the API. */
export async function activeRoot(server: FreshServer, algorithms: Algorithms = p256): Promise<string> {
  const { CertificateAuthorityArn: arn } = await aws<{ CertificateAuthorityArn: string }>(
    server,
    'acm-pca',
    'CreateCertificateAuthority',
    {
      CertificateAuthorityType: 'ROOT',
      CertificateAuthorityConfiguration: {
        ...algorithms,
        Subject: {
          Country: 'CH',
          State: 'ZG',
          Locality: 'Zug',
          Organization: 'Bench',
          OrganizationalUnit: 'Bench',
          CommonName: 'Bench Root',
        },
      },
    },
  );
  const on = { CertificateAuthorityArn: arn };
  const { Csr } = await aws<{ Csr: string }>(server, 'acm-pca', 'GetCertificateAuthorityCsr', on);
  const issued = await aws<{ CertificateArn: string }>(server, 'acm-pca', 'IssueCertificate', {
    ...on,
    Csr: Buffer.from(Csr).toString('base64'),
    SigningAlgorithm: algorithms.SigningAlgorithm,
    TemplateArn: 'arn:aws:acm-pca:::template/RootCACertificate/V1',
    Validity: { Type: 'YEARS', Value: 10 },
  });
  const { Certificate } = await aws<{ Certificate: string }>(server, 'acm-pca', 'GetCertificate', { ...on, ...issued });
  await aws(server, 'acm-pca', 'ImportCertificateAuthorityCertificate', {
    ...on,
    Certificate: Buffer.from(Certificate).toString('base64'),
  });
  return arn;
}

/** Different P-256 CSRs, PEM. */
export function csrs(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => makeCsr(`host-${at}.bench.internal`).csr);
}
