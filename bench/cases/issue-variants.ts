/** IssueCertificate over HTTP once more: by a template that takes values of the API, and under other keys. */
import { generateKeyPairSync, sign } from 'node:crypto';
import type { FreshServer } from '../../scripts/fresh-server.ts';
import { activeRoot, csrs } from '../authorities.ts';
import { awsRequest } from '../call.ts';
import { drive } from '../drive.ts';
import type { Figure } from '../figure.ts';
import { ecdsa, p256Now, rsa2048Signs } from '../limits.ts';
import { medianRound } from '../rounds.ts';

const connections = 32;

/** What is asked besides the CSR, and what would be left to do if only OpenSSL worked. */
interface Variant {
  readonly name: string;
  readonly wish: Readonly<Record<string, unknown>>;
  readonly limit: { readonly of: string; readonly now: () => Promise<number> };
}

/** @param root an active P-256 root */
export async function issueVariants(server: FreshServer, root: string, seconds: number): Promise<readonly Figure[]> {
  const rsa = await activeRoot(server, { KeyAlgorithm: 'RSA_2048', SigningAlgorithm: 'SHA256WITHRSA' });
  const mlDsa = await activeRoot(server, { KeyAlgorithm: 'ML_DSA_65', SigningAlgorithm: 'ML_DSA_65' });
  const variants: readonly Variant[] = [
    {
      name: 'IssueCertificate, an APIPassthrough template',
      wish: { CertificateAuthorityArn: root, SigningAlgorithm: 'SHA256WITHECDSA', ...passthrough },
      limit: { of: 'OpenSSL sign + verify, both cores', now: () => p256Now(2) },
    },
    {
      name: 'IssueCertificate, an RSA-2048 authority',
      wish: { CertificateAuthorityArn: rsa, SigningAlgorithm: 'SHA256WITHRSA' },
      limit: { of: 'OpenSSL RSA sign + P-256 verify, both cores', now: () => withVerify(rsa2048Signs(2)) },
    },
    {
      name: 'IssueCertificate, an ML-DSA-65 authority',
      wish: { CertificateAuthorityArn: mlDsa, SigningAlgorithm: 'ML_DSA_65' },
      limit: {
        of: "Node's ML-DSA-65 sign on one core, doubled, + P-256 verify",
        now: () => withVerify(Promise.resolve(2 * mlDsaSigns(1))),
      },
    },
  ];
  const figures: Figure[] = [];
  for (const variant of variants) figures.push(await measured(server, variant, seconds));
  return figures;
}

async function measured(server: FreshServer, { name, wish, limit: { of, now } }: Variant, seconds: number) {
  const requests = csrs(500).map((csr) =>
    awsRequest(server, 'acm-pca', 'IssueCertificate', {
      Csr: Buffer.from(csr).toString('base64'),
      Validity: { Type: 'DAYS', Value: 90 },
      ...wish,
    }),
  );
  const load = (duration: number, warmupSeconds: number) =>
    drive({ port: server.port, connections, seconds: duration, warmupSeconds, requests });
  await load(0.1, 1);
  const { value, limit } = await medianRound(now, async () => {
    const { failed, firstFailure, perSecond } = await load(seconds / 2, 0);
    if (failed > 0) throw new Error(`a request failed: ${firstFailure}`);
    return { result: undefined, value: perSecond };
  });
  return { name, value, unit: '/s', limit: { of, value: limit } };
}

const passthrough = {
  TemplateArn: 'arn:aws:acm-pca:::template/EndEntityCertificate_APIPassthrough/V1',
  ApiPassthrough: {
    Subject: { Organization: 'Bench', CommonName: 'passed.bench.internal' },
    Extensions: { SubjectAlternativeNames: [{ DnsName: 'passed.bench.internal' }, { IpAddress: '192.0.2.7' }] },
  },
};

/** Certificates a second if signing one and checking one P-256 CSR were all there is to do, on both cores. */
async function withVerify(signs: Promise<number>): Promise<number> {
  const { verify } = await ecdsa(1, 2);
  return 1 / (1 / (await signs) + 1 / verify);
}

function mlDsaSigns(seconds: number): number {
  const { privateKey } = generateKeyPairSync('ml-dsa-65');
  const octets = Buffer.alloc(500, 1); // as long as the TBSCertificate of a P-256 leaf
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < seconds * 1000) {
    sign(null, octets, privateKey);
    count += 1;
  }
  return (count * 1000) / (performance.now() - start);
}
