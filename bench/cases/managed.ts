/** Certificates with a key made here: request, export in two forms, and reading one back. */
import type { FreshServer } from '../../scripts/fresh-server.ts';
import { aws, awsRequest, huaweiRequest } from '../call.ts';
import { drive } from '../drive.ts';
import type { Figure } from '../figure.ts';
import { type Limits, signAndVerify } from '../limits.ts';
import { poolAtRest } from '../pool.ts';

const passphrase = Buffer.from('bench-passphrase').toString('base64');

export async function managed(
  server: FreshServer,
  authority: string,
  limits: Limits,
  seconds: number,
): Promise<readonly Figure[]> {
  const { port } = server;
  const request = (KeyAlgorithm: string, count: number) =>
    Array.from({ length: count }, (_, at) =>
      awsRequest(server, 'acm', 'RequestCertificate', {
        DomainName: `m${at}.bench.internal`,
        CertificateAuthorityArn: authority,
        KeyAlgorithm,
      }),
    );
  const ec = await drive({ port, connections: 16, seconds, warmupSeconds: 1, requests: request('EC_prime256v1', 500) });
  const pooled = await poolAtRest(server);
  const rsaTimes = await times(pooled, (at) =>
    aws(server, 'acm', 'RequestCertificate', {
      DomainName: `r${at}.bench.internal`,
      CertificateAuthorityArn: authority,
      KeyAlgorithm: 'RSA_2048',
    }),
  );
  const { CertificateArn: arn } = await aws<{ CertificateArn: string }>(server, 'acm', 'RequestCertificate', {
    DomainName: 'export.bench.internal',
    CertificateAuthorityArn: authority,
    KeyAlgorithm: 'EC_prime256v1',
  });
  const id = arn.split('/').at(-1);
  const exports = await drive({
    port,
    connections: 8,
    seconds,
    warmupSeconds: 1,
    requests: [awsRequest(server, 'acm', 'ExportCertificate', { CertificateArn: arn, Passphrase: passphrase })],
  });
  const zips = await drive({
    port,
    connections: 8,
    seconds,
    warmupSeconds: 1,
    requests: [
      huaweiRequest(server, 'POST', `/v1/private-certificates/${id}/export`, { is_compressed: 'true', type: 'TOMCAT' }),
    ],
  });
  const gets = await drive({
    port,
    connections: 32,
    seconds,
    warmupSeconds: 1,
    requests: [awsRequest(server, 'acm', 'GetCertificate', { CertificateArn: arn })],
  });
  for (const { failed, firstFailure } of [ec, exports, zips, gets])
    if (failed > 0) throw new Error(`a request failed: ${firstFailure}`);
  const limit = { of: 'OpenSSL sign + verify, both cores', value: signAndVerify(limits.two) };
  return [
    {
      name: 'RequestCertificate, P-256 key made here, 16 connections',
      value: ec.perSecond,
      unit: '/s',
      limit,
      note: `p99 ${ec.p99.toFixed(1)} ms`,
    },
    {
      name: `RequestCertificate, RSA-2048 from the pool (${pooled} ready), one connection`,
      value: median(rsaTimes),
      unit: 'ms',
      goal: 'milliseconds',
    },
    {
      name: 'ExportCertificate (ACM, PBES2 100,000 rounds), 8 connections',
      value: exports.perSecond,
      unit: '/s',
      note: `p99 ${exports.p99.toFixed(1)} ms`,
    },
    {
      name: 'ExportCertificate (Huawei PCA, zip TOMCAT), 8 connections',
      value: zips.perSecond,
      unit: '/s',
      note: `p99 ${zips.p99.toFixed(1)} ms`,
    },
    {
      name: 'GetCertificate (ACM), 32 connections',
      value: gets.perSecond,
      unit: '/s',
      note: `p99 ${gets.p99.toFixed(1)} ms`,
    },
  ];
}

async function times(count: number, step: (at: number) => Promise<unknown>): Promise<readonly number[]> {
  const all: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const start = performance.now();
    await step(at);
    all.push(performance.now() - start);
  }
  return all;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
