/**
 * The tour: a fresh server, and everything that one can take out of it, made through the real SDKs.
 * Writes demo-output/ and ends with a table of what lies there and how to use it.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../scripts/fresh-server.ts';
import { awsTour } from './aws-tour.ts';
import { type DemoClients, demoClients } from './clients.ts';
import { huaweiTour } from './huawei-tour.ts';
import { Exhibits } from './exhibits.ts';

// What was started and made goes away however the tour ends: scripts/fresh-server.ts does it on exit.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  process.once(signal, () => process.exit(code));

const output = join(process.cwd(), 'demo-output');
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });

const started = performance.now();
const server = await startServer();
console.log(
  `A fresh Chancery listens on ${server.url} (ready in ${Math.round(server.readyMs)} ms); its data is thrown away at the end.\n`,
);
let failed = false;
try {
  const clients: DemoClients = demoClients(server);
  const exhibits = new Exhibits(output);
  const made = await awsTour(clients, exhibits);
  await huaweiTour(clients, exhibits, made);
  failed = exhibits.failures > 0;
  exhibits.print();
  console.log(`\n${exhibits.count} exports in ${output}, ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  if (failed) console.log(`${exhibits.failures} of them FAILED a check.`);
} finally {
  await server.stop();
  server.remove();
}
process.exitCode = failed ? 1 : 0;
