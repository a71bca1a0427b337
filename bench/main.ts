/**
 * `npm run bench`: measures the machine's limits and the server's figures in one run, prints them side by side and
 * writes bench-output/figures.json. `npm run bench -- issue list` runs only these parts.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { startServer } from '../scripts/fresh-server.ts';
import { activeRoot } from './authorities.ts';
import { benchAccount, benchKey } from './call.ts';
import { auditReport, issueOne, multiplyIssued } from './cases/audit-report.ts';
import { laterStart, loopWhileMakingKeys } from './cases/at-rest.ts';
import { issueOverHttp } from './cases/issue-over-http.ts';
import { issueVariants } from './cases/issue-variants.ts';
import { issuePath } from './cases/issue-path.ts';
import { largeList, multiply } from './cases/large-list.ts';
import { managed } from './cases/managed.ts';
import { type Figure, ratioOf, table } from './figure.ts';
import { measureLimits, signAndVerify } from './limits.ts';
import { poolAtRest } from './pool.ts';

const parts = process.argv.slice(2);
const wants = (part: string) => parts.length === 0 || parts.includes(part);
const settings = {
  CHANCERY_ACCOUNT_ID: benchAccount,
  CHANCERY_ACCESS_KEY_ID: benchKey.accessKeyId,
  CHANCERY_SECRET_ACCESS_KEY: benchKey.secret,
  CHANCERY_LOG_LEVEL: 'info',
};
const rows = 1_000_000;
const figures: Figure[] = [];
const say = (text: string) => console.error(text);

say('limits of this machine …');
const limits = await measureLimits(2);
const both = signAndVerify(limits.two);
say(
  `OpenSSL P-256 sign + verify: ${signAndVerify(limits.one).toFixed(0)}/s on one core, ${both.toFixed(0)}/s on both; append + fdatasync ${limits.syncs.toFixed(0)}/s`,
);

if (wants('path')) {
  say('issue path …');
  figures.push(await issuePath(2));
}

const server = await startServer(settings);
let root = '';
try {
  root = await activeRoot(server);
  say('waiting for the pool of ready keys …');
  await poolAtRest(server);
  if (wants('issue')) {
    say('IssueCertificate over HTTP …');
    figures.push(...(await issueOverHttp(server, root, limits, 10)));
  }
  if (wants('variants')) {
    say('IssueCertificate by passthrough template, RSA-2048, ML-DSA-65 …');
    figures.push(...(await issueVariants(server, root, 4)));
  }
  if (wants('managed')) {
    say('request, export, read …');
    figures.push(...(await managed(server, root, limits, 4)));
  }
  if (wants('report')) await issueOne(server, root);
  if (wants('rest')) {
    say('event loop …');
    figures.push(await loopWhileMakingKeys(server, 4));
  }
} finally {
  await server.stop();
}
if (wants('rest')) {
  say('later starts …');
  figures.push(...(await laterStart(settings, server.home)));
}
if (wants('list')) {
  say(`${rows.toLocaleString('en-US')} certificates by SQL …`);
  multiply(server.home, rows);
  const large = await startServer(settings, server.home);
  say('list …');
  figures.push(...(await largeList(large, rows, 5).finally(() => large.stop())));
}
if (wants('report')) {
  say(`${rows.toLocaleString('en-US')} issued certificates by SQL …`);
  multiplyIssued(server.home, root, rows);
  const reporting = await startServer(settings, server.home);
  say('audit report …');
  figures.push(...(await auditReport(reporting, root).finally(() => reporting.stop())));
}
server.remove();

console.log(table(figures));
mkdirSync('bench-output', { recursive: true });
const report = {
  measuredAt: new Date().toISOString(),
  node: process.version,
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  limits,
  figures: figures.map((figure) => ({ ...figure, ratio: ratioOf(figure) })),
};
writeFileSync('bench-output/figures.json', `${JSON.stringify(report, null, 2)}\n`);
