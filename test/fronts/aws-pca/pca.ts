/** Private CA in a house, and the steps that its tests begin with. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { awsPcaFront, signingName } from '../../../src/fronts/aws-pca/front.ts';
import { type AwsCaller, awsCaller, ok } from '../aws-call.ts';
import { type House, type HouseParts, openHouse } from '../house.ts';
import { needs, outputOf } from '../../programs.ts';

export interface Pca {
  readonly house: House;
  readonly call: AwsCaller;
}

export async function openPca(options?: Parameters<typeof openHouse>[1]): Promise<Pca> {
  const front = (parts: HouseParts) => [awsPcaFront({ ...parts.aws(signingName), services: parts.services })];
  const house = await openHouse(front, options);
  return { house, call: awsCaller(house, { signingName, targetPrefix: 'ACMPrivateCA' }) };
}

export const ecConfiguration = {
  KeyAlgorithm: 'EC_prime256v1',
  SigningAlgorithm: 'SHA256WITHECDSA',
  Subject: { Country: 'CH', Organization: 'Chancery Tests', CommonName: 'Test Root' },
};

/** A pending authority; returns its ARN. */
export async function pending({ call }: Pca, wish: Record<string, unknown> = {}): Promise<string> {
  const answer = await call('CreateCertificateAuthority', {
    CertificateAuthorityType: 'ROOT',
    CertificateAuthorityConfiguration: ecConfiguration,
    ...wish,
  });
  return ok(answer).CertificateAuthorityArn;
}

export function template(name: string): string {
  return `arn:aws:acm-pca:::template/${name}/V1`;
}

export const years = (count: number) => ({ Type: 'YEARS', Value: count });
export const days = (count: number) => ({ Type: 'DAYS', Value: count });

/** What IssueCertificate takes, with an EC authority's algorithm and 30 days unless told. */
export function issuance(authority: string, csr: string, more: Record<string, unknown> = {}) {
  return {
    CertificateAuthorityArn: authority,
    Csr: Buffer.from(csr).toString('base64'),
    SigningAlgorithm: 'SHA256WITHECDSA',
    Validity: days(30),
    ...more,
  };
}

/** Issues and fetches: the certificate, its chain, its ARN. */
export async function issued(pca: Pca, authority: string, csr: string, more: Record<string, unknown> = {}) {
  const { CertificateArn: arn } = ok(await pca.call('IssueCertificate', issuance(authority, csr, more)));
  const found = ok(await pca.call('GetCertificate', { CertificateAuthorityArn: authority, CertificateArn: arn }));
  return { arn: String(arn), certificate: String(found.Certificate), chain: found.CertificateChain };
}

/** An active root of ten years, by the vendor's four calls. */
export async function activeRoot(pca: Pca, wish: Record<string, unknown> = {}, more: Record<string, unknown> = {}) {
  const arn = await pending(pca, wish);
  const csr = await csrOf(pca, arn);
  const { certificate } = await issued(pca, arn, csr, {
    TemplateArn: template('RootCACertificate'),
    Validity: years(10),
    ...more,
  });
  await install(pca, arn, certificate);
  return { arn, certificate };
}

/** An active subordinate of five years under an authority, which signs with `SigningAlgorithm`. */
export async function activeSubordinate(
  pca: Pca,
  parent: string,
  pathLength = 0,
  wish: Record<string, unknown> = {},
  SigningAlgorithm = 'SHA256WITHECDSA',
) {
  const Subject = { Organization: 'Chancery Tests', CommonName: `Test Subordinate ${pathLength}` };
  const arn = await pending(pca, {
    CertificateAuthorityType: 'SUBORDINATE',
    CertificateAuthorityConfiguration: { ...ecConfiguration, Subject },
    ...wish,
  });
  const { certificate, chain } = await issued(pca, parent, await csrOf(pca, arn), {
    TemplateArn: template(`SubordinateCACertificate_PathLen${pathLength}`),
    Validity: years(5),
    SigningAlgorithm,
  });
  await install(pca, arn, certificate, chain);
  return { arn, certificate, chain: String(chain) };
}

export async function csrOf({ call }: Pca, authority: string): Promise<string> {
  return ok(await call('GetCertificateAuthorityCsr', { CertificateAuthorityArn: authority })).Csr;
}

export async function install({ call }: Pca, authority: string, certificate: string, chain?: string): Promise<void> {
  const base64 = (pem: string) => Buffer.from(pem).toString('base64');
  ok(
    await call('ImportCertificateAuthorityCertificate', {
      CertificateAuthorityArn: authority,
      Certificate: base64(certificate),
      ...(chain === undefined ? {} : { CertificateChain: base64(chain) }),
    }),
  );
}

export async function describe({ call }: Pca, authority: string) {
  return ok(await call('DescribeCertificateAuthority', { CertificateAuthorityArn: authority })).CertificateAuthority;
}

/** A file of test/vectors/csr, made by openssl. */
export function csrVector(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../vectors/csr', `${name}.pem`), 'utf8');
}

/** Judges by openssl; skips the test when it is missing. Files are given by name and text and lie in a folder of their own. */
export async function judge(t: TestContext, files: Record<string, string>, args: readonly string[]): Promise<string> {
  const openssl = needs(t, 'openssl');
  if (openssl === undefined) return '';
  const folder = mkdtempSync(join(tmpdir(), 'chancery-judge-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), `${text.trimEnd()}\n`);
    return (await outputOf(openssl, args, { cwd: folder })).toString();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
