/** Start, memory at rest, and how late the event loop is while RSA-4096 keys are being made. */
import { pause, startServer } from '../../scripts/fresh-server.ts';
import type { FreshServer } from '../../scripts/fresh-server.ts';
import { aws } from '../call.ts';
import type { Figure } from '../figure.ts';
import { poolAtRest } from '../pool.ts';

/** A later start of a data folder: the median of five, each stopped again. */
export async function laterStart(settings: Readonly<Record<string, string>>, home: string): Promise<readonly Figure[]> {
  const starts: number[] = [];
  let resident = 0;
  for (let round = 0; round < 5; round += 1) {
    const server = await startServer(settings, home);
    starts.push(server.readyMs);
    if (round === 4) {
      await poolAtRest(server); // making keys is no rest
      await pause(3000);
      resident = server.residentMiB();
    }
    await server.stop();
  }
  const median = starts.toSorted((a, b) => a - b)[2] ?? Number.NaN;
  return [
    { name: 'later start, from the start of node to ready', value: median, unit: 'ms', goal: 'under 500' },
    { name: 'idle memory, resident', value: resident, unit: 'MiB', goal: 'under 150' },
  ];
}

export async function loopWhileMakingKeys(server: FreshServer, keys: number): Promise<Figure> {
  await server.metrics();
  const make = () =>
    aws(server, 'acm-pca', 'CreateCertificateAuthority', {
      CertificateAuthorityType: 'ROOT',
      CertificateAuthorityConfiguration: {
        KeyAlgorithm: 'RSA_4096',
        SigningAlgorithm: 'SHA256WITHRSA',
        Subject: { CommonName: 'Slow key' },
      },
    });
  await Promise.all(Array.from({ length: keys }, make));
  const seconds = Number(/event_loop_delay_seconds\{quantile="0.99"\} ([\d.e-]+)/.exec(await server.metrics())?.[1]);
  return {
    name: `event-loop delay p99 while ${keys} RSA-4096 keys are made`,
    value: seconds * 1000,
    unit: 'ms',
    goal: 'under 20',
  };
}
