/** IssueCertificate as a client sees it: signed requests, every certificate durable before its answer. */
import type { FreshServer } from '../../scripts/fresh-server.ts';
import { csrs } from '../authorities.ts';
import { awsRequest } from '../call.ts';
import { cpuPerRequest } from '../cpu.ts';
import { drive } from '../drive.ts';
import type { Figure } from '../figure.ts';
import { type Limits, p256Now } from '../limits.ts';
import { medianRound } from '../rounds.ts';

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
  const load = (connections: number, duration: number, warmupSeconds = 0) =>
    drive({ port: server.port, connections, seconds: duration, warmupSeconds, requests });
  const one = await load(1, seconds / 2, 1);
  await load(32, 0.1, seconds / 2);
  const { result, value, limit } = await medianRound(
    () => p256Now(2),
    async () => {
      const before = await issuedCount(server);
      const threads = cpuPerRequest(server.pid);
      const many = await load(32, seconds / 2);
      const cpu = threads(many.answered);
      const kept = (await issuedCount(server)) - before;
      if (many.failed > 0) throw new Error(`a request failed: ${many.firstFailure}`);
      if (kept < many.answered) throw new Error(`${many.answered} were answered, ${kept} are counted as stored`);
      return { result: { many, cpu }, value: many.perSecond };
    },
  );
  if (one.failed > 0) throw new Error(`a request failed: ${one.firstFailure}`);
  const { many, cpu } = result;
  const both = { of: 'OpenSSL sign + verify, both cores', value: limit };
  return [
    {
      name: 'IssueCertificate over HTTP, 32 connections',
      value,
      unit: '/s',
      limit: both,
      goal: 'at least 0.15, aim 0.2',
      note: `CPU ${cpu.text}`,
    },
    { name: '  p99', value: many.p99, unit: 'ms', goal: 'under 50' },
    { name: '  one connection', value: one.perSecond, unit: '/s', limit: both },
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
