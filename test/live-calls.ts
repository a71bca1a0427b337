/** Signed calls to a running server: AWS JSON signed by aws4, Huawei signed by Huawei's SDK. */
import { accessKeyId, accountId, domainId } from '../src/core/ids.ts';
import { type AwsCaller, awsCaller, ok } from './fronts/aws-call.ts';
import type { CallTarget, HouseKey } from './fronts/house.ts';
import type { ServerProcess } from './running-server.ts';

export const services = {
  acm: { signingName: 'acm', targetPrefix: 'CertificateManager' },
  pca: { signingName: 'acm-pca', targetPrefix: 'ACMPrivateCA' },
  admin: { signingName: 'chancery', targetPrefix: 'Chancery' },
} as const;

export interface Live {
  readonly target: CallTarget;
  readonly pca: AwsCaller;
  readonly acm: AwsCaller;
  readonly admin: AwsCaller;
}

/** @param key another key than the server's first; of the same account */
export function liveCalls(server: ServerProcess, key: { id: string; secret: string } = server.key): Live {
  const administrator: HouseKey = {
    id: accessKeyId(key.id),
    secret: key.secret,
    account: accountId(server.account),
    domain: domainId(server.domain),
    role: 'administrator',
  };
  const target: CallTarget = { url: server.url, administrator, clock: { now: () => Date.now() } };
  return {
    target,
    pca: awsCaller(target, services.pca),
    acm: awsCaller(target, services.acm),
    admin: awsCaller(target, services.admin),
  };
}

const signingAlgorithms = { EC: 'SHA256WITHECDSA', RS: 'SHA256WITHRSA' } as const;

/** With what an authority of this key algorithm signs, in AWS's words. */
export function signingAlgorithmOf(keyAlgorithm: string): string {
  return keyAlgorithm.startsWith('RSA') ? signingAlgorithms.RS : signingAlgorithms.EC;
}

export interface LiveAuthority {
  readonly arn: string;
  /** The last part of its ARN: Huawei's ca_id. */
  readonly id: string;
  readonly keyAlgorithm: string;
  /** PEM. */
  readonly certificate: string;
  /** PEM of what is above it; absent for a root. */
  readonly chain?: string;
}

/** A pending authority; gives its ARN. */
export async function aPendingAuthority(live: Live, type: 'ROOT' | 'SUBORDINATE', keyAlgorithm = 'EC_prime256v1') {
  const answer = await live.pca('CreateCertificateAuthority', {
    CertificateAuthorityType: type,
    CertificateAuthorityConfiguration: {
      KeyAlgorithm: keyAlgorithm,
      SigningAlgorithm: signingAlgorithmOf(keyAlgorithm),
      Subject: { Country: 'CH', Organization: 'Live Tests', CommonName: `${type} ${keyAlgorithm}` },
    },
  });
  return String(ok(answer).CertificateAuthorityArn);
}

/** Creates an authority and installs its certificate: self-signed, or signed by `issuer` with path length 0. */
export async function anAuthority(
  live: Live,
  keyAlgorithm = 'EC_prime256v1',
  issuer?: LiveAuthority,
): Promise<LiveAuthority> {
  const arn = await aPendingAuthority(live, issuer === undefined ? 'ROOT' : 'SUBORDINATE', keyAlgorithm);
  const csr = await csrOf(live, arn);
  const template = issuer === undefined ? 'RootCACertificate' : 'SubordinateCACertificate_PathLen0';
  const signer = issuer ?? { arn, keyAlgorithm };
  const { certificate, chain } = await issueLive(live, signer, csr, {
    template,
    days: issuer === undefined ? 3650 : 1825,
  });
  ok(
    await live.pca('ImportCertificateAuthorityCertificate', {
      CertificateAuthorityArn: arn,
      Certificate: base64(certificate),
      ...(chain === undefined ? {} : { CertificateChain: base64(chain) }),
    }),
  );
  return { arn, id: arn.split('/').at(-1) ?? '', keyAlgorithm, certificate, ...(chain === undefined ? {} : { chain }) };
}

/** The CSR of an authority, once its key is made: RSA-4096 takes a moment. */
export async function csrOf(live: Live, arn: string): Promise<string> {
  for (;;) {
    const answer = await live.pca('GetCertificateAuthorityCsr', { CertificateAuthorityArn: arn });
    if (answer.body.__type !== 'RequestInProgressException') return String(ok(answer).Csr);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export interface LiveCertificate {
  readonly arn: string;
  readonly certificate: string;
  readonly chain?: string;
}

export async function issueLive(
  live: Live,
  authority: Pick<LiveAuthority, 'arn' | 'keyAlgorithm'>,
  csr: string,
  { template = 'EndEntityCertificate', days = 30 } = {},
): Promise<LiveCertificate> {
  const { CertificateArn: arn } = ok(
    await live.pca('IssueCertificate', {
      CertificateAuthorityArn: authority.arn,
      Csr: base64(csr),
      SigningAlgorithm: signingAlgorithmOf(authority.keyAlgorithm),
      TemplateArn: `arn:aws:acm-pca:::template/${template}/V1`,
      Validity: { Type: 'DAYS', Value: days },
    }),
  );
  const found = ok(await live.pca('GetCertificate', { CertificateAuthorityArn: authority.arn, CertificateArn: arn }));
  return {
    arn: String(arn),
    certificate: String(found.Certificate),
    ...(found.CertificateChain === undefined ? {} : { chain: String(found.CertificateChain) }),
  };
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
