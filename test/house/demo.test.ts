/** The tour, as a newcomer runs it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

const main = join(import.meta.dirname, '../../demo/main.ts');

/** A folder to run in, with an empty one beside it that serves as PATH, and one for temporary files. */
async function emptyPlace() {
  const place = await mkdtemp(join(tmpdir(), 'chancery-demo-'));
  after(() => rm(place, { recursive: true, force: true }));
  const folders = { programs: join(place, 'programs'), temporary: join(place, 'temporary') };
  for (const folder of Object.values(folders)) await mkdir(folder);
  return { place, ...folders };
}

function tour({ place, programs, temporary }: Awaited<ReturnType<typeof emptyPlace>>) {
  const env = { PATH: programs, TMPDIR: temporary, HOME: place };
  const child = spawn(process.execPath, [main], { cwd: place, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { out: '', err: '' };
  child.stdout.on('data', (part: Buffer) => (printed.out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (printed.err += part.toString()));
  return { child, printed };
}

describe('npm run demo', () => {
  it('needs nothing but Node: every form is exported and serves TLS, and what is absent is named', async () => {
    const place = await emptyPlace();
    const { child, printed } = tour(place);
    await once(child, 'close');
    assert.equal(child.exitCode, 0, printed.out + printed.err);
    assert.match(printed.out, /keytool not installed, openssl not installed/);
    const rows = printed.out.split('\n').filter((line) => /^PCA ExportCertificate (?!A\S*Cert)/.test(line));
    assert.equal(rows.length, 22);
    for (const row of rows) assert.match(row, /TLS handshake TLSv1\.3/);
    for (const line of printed.out.split('\n'))
      if (!line.includes(place.place)) assert.ok(line.length <= 160, `too wide: ${line}`);
    assert.deepEqual(await readdir(place.temporary), [], 'its data folder is gone');
  });

  it('takes its server and data away when it is interrupted', async () => {
    const place = await emptyPlace();
    const { child, printed } = tour(place);
    const ended = once(child, 'close');
    while (!printed.out.includes('listens on') && child.exitCode === null)
      await Promise.race([once(child.stdout, 'data'), ended]);
    const url = /http:\S+:\d+/.exec(printed.out)?.[0] ?? '';
    child.kill('SIGINT');
    await ended;
    assert.equal(child.exitCode, 130, printed.err);
    assert.deepEqual(await readdir(place.temporary), []);
    await assert.rejects(fetch(url));
  });
});
