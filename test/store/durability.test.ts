import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { accountId, serialNumber } from '../../src/core/ids.ts';
import { openStore } from '../../src/store/open.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('a server on SQLite that is killed', () => {
  it('has everything that it answered when it starts again, needs no repair, and has no half of anything', async (t) => {
    const file = join(temporaryFolder(t), 'chancery.sqlite');
    const answered: string[] = [];
    for (const lines of [1, 60, 400]) answered.push(...(await issueAndKill(file, lines)));
    assert.ok(answered.length >= 461);

    const store = await openStore({ url: `sqlite:${file}` });
    for (const line of answered) {
      const [account = '', serial = ''] = line.split(' ');
      const owner = accountId(account);
      const kept = await store.issued.get(owner, serialNumber(serial));
      assert.equal(kept?.der.length, 600, `${serial} was answered`);
      const claim = await store.idempotency.find(owner, 'IssueCertificate', serial, 'ab'.repeat(32), kept.issuedAt);
      assert.equal(claim, serial);
    }
    // What was not answered may be there or not, but a row and its DER only together.
    for (const account of new Set(answered.map((line) => accountId(line.slice(0, 12))))) {
      const count = await store.issued.count(account);
      const sort = { key: 'createdAt', descending: true } as const;
      const { items } = await store.issued.slice(account, { sort, offset: 0, limit: count, now: 0 });
      assert.equal(items.length, count);
      for (const { certificate } of items.slice(0, 20)) assert.ok(await store.issued.get(account, certificate.serial));
    }
    await store.close();
  });
});

/** The lines that it printed before it was killed, at least `lines`. */
async function issueAndKill(file: string, lines: number): Promise<readonly string[]> {
  const server = spawn(process.execPath, [join(import.meta.dirname, 'issue-until-killed.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  server.stdout.on('data', (part: Buffer) => {
    printed += part.toString();
    if (printed.split('\n').length > lines) server.kill('SIGKILL');
  });
  await once(server, 'close');
  return printed.split('\n').slice(0, -1);
}
