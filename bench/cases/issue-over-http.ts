/** IssueCertificate as a client sees it: signed requests, every certificate durable before its answer. */
import type { FreshServer } from '../../scripts/fresh-server.ts';
import { csrs } from '../authorities.ts';
import { aws, awsRequest } from '../call.ts';
import { cpuPerRequest } from '../cpu.ts';
import { drive } from '../drive.ts';
import type { Figure } from '../figure.ts';
import { type Limits, signAndVerify } from '../limits.ts';

export async function issueOverHttp(
  server: FreshServer,
  authority: string,
  limits: Limits,
  seconds: number,
): Promise<readonly Figure[]> {
  const requests = csrs(1000).map((csr) =>
    awsRequest(server, 'acm-pca', 'IssueCertificate', {
      CertificateAuthorityArn: authority,
      Csr: Buffer.from(csr).toString('base64'),
      SigningAlgorithm: 'SHA256WITHECDSA',
      Validity: { Type: 'DAYS', Value: 90 },
    }),
  );
  const limit = { of: 'OpenSSL sign + verify, both cores', value: signAndVerify(limits.two) };
  const one = await drive({ port: server.port, connections: 1, seconds: seconds / 2, warmupSeconds: 1, requests });
  await drive({ port: server.port, connections: 32, seconds: 0.1, warmupSeconds: seconds / 2, requests });
  const before = await issuedCount(server);
  const threads = cpuPerRequest(server.pid);
  const many = await drive({ port: server.port, connections: 32, seconds, warmupSeconds: 0, requests });
  const cpu = threads(many.answered);
  const kept = (await issuedCount(server)) - before;
  if (many.failed > 0 || one.failed > 0) throw new Error(`a request failed: ${many.firstFailure ?? one.firstFailure}`);
  if (kept < many.answered)
    throw new Error(`${many.answered} certificates were answered, ${kept} are counted as stored`);
  await aws(server, 'acm-pca', 'DescribeCertificateAuthority', { CertificateAuthorityArn: authority });
  return [
    {
      name: 'IssueCertificate over HTTP, 32 connections',
      value: many.perSecond,
      unit: '/s',
      limit,
      goal: 'at least 0.15, aim 0.2',
      note: `CPU ${cpu.text}`,
    },
    { name: '  p99', value: many.p99, unit: 'ms', goal: 'under 50' },
    { name: '  one connection', value: one.perSecond, unit: '/s', limit },
    {
      name: '  one connection, durable commits',
      value: one.perSecond,
      unit: '/s',
      limit: { of: 'append 4 KiB + fdatasync', value: limits.syncs },
    },
  ];
}

async function issuedCount(server: FreshServer): Promise<number> {
  return Number(/^chancery_certificates_issued_total (\d+)/m.exec(await server.metrics())?.[1] ?? 0);
}
