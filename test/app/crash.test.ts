/** kill -9 under load, and backups of a running server: nothing that a client received is lost, no serial comes twice. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { makeCsr } from '../../scripts/make-csr.ts';
import { ok } from '../fronts/aws-call.ts';
import {
  anAuthority,
  issueLive,
  type Live,
  type LiveAuthority,
  type LiveCertificate,
  liveCalls,
} from '../live-calls.ts';
import { outputOf } from '../programs.ts';
import { cleanEnvironment, folderForTests, type ServerProcess, startServerProcess } from '../running-server.ts';

const launcher = join(import.meta.dirname, '../../bin/chancery.mjs');

describe('a server that is killed', async () => {
  const folder = await folderForTests();
  const csr = makeCsr('load.test').csr;

  it('has every certificate that a client received, byte for byte, and never repeats a serial', async () => {
    const home = join(folder, 'killed');
    const received = new Map<string, string>();
    let server = await startServerProcess({ CHANCERY_HOME: home });
    const root = await anAuthority(liveCalls(server));
    for (const afterAnswers of [3, 40, 120]) {
      await loadUntil(server, root, received, received.size + afterAnswers);
      server = await startServerProcess({ CHANCERY_HOME: home }); // needs no repair
      assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
      await assertAllThere(liveCalls(server), root, received);
    }
    await assertWhole(home, server);
    const serials = [...received.values()].map((pem) => new X509Certificate(pem).serialNumber);
    assert.equal(new Set(serials).size, received.size);
    assert.ok(received.size >= 160);
    await server.stop();
  });

  /** Eight clients issue and fetch, and two request from ACM, until so many have arrived; then the server is killed. */
  async function loadUntil(
    server: ServerProcess,
    root: LiveAuthority,
    received: Map<string, string>,
    count: number,
  ): Promise<void> {
    const live = liveCalls(server);
    const client = async () => {
      for (;;) {
        const { arn, certificate } = await issueLive(live, root, csr);
        received.set(arn, certificate);
        if (received.size >= count) server.signal('SIGKILL');
      }
    };
    const managed = async () => {
      for (;;) {
        const { CertificateArn: arn } = ok(
          await live.acm('RequestCertificate', {
            DomainName: 'load.test',
            CertificateAuthorityArn: root.arn,
            KeyAlgorithm: 'EC_prime256v1',
          }),
        );
        const answer = await live.acm('GetCertificate', { CertificateArn: arn });
        if (answer.status === 200) received.set(String(arn), String(answer.body.Certificate));
      }
    };
    const clients = [...Array.from({ length: 8 }, client), managed(), managed()];
    for (const { status, reason } of (await Promise.allSettled(clients)) as PromiseRejectedResult[]) {
      assert.equal(status, 'rejected'); // every client loops until the server is gone
      assert.ok(reason instanceof TypeError, String(reason));
    }
    await server.ended;
  }

  async function assertAllThere(live: Live, root: LiveAuthority, received: ReadonlyMap<string, string>): Promise<void> {
    for (const [arn, certificate] of received) {
      const found = arn.includes(':acm-pca:')
        ? await live.pca('GetCertificate', { CertificateAuthorityArn: root.arn, CertificateArn: arn })
        : await live.acm('GetCertificate', { CertificateArn: arn });
      assert.equal(ok(found).Certificate, certificate);
    }
  }

  async function assertWhole(home: string, server: ServerProcess): Promise<void> {
    const file = join(home, 'copy.db');
    await outputOf(process.execPath, [launcher, 'backup', file], {
      env: { ...cleanEnvironment(), CHANCERY_HOME: home },
    });
    const { DatabaseSync } = await import('node:sqlite');
    const copy = new DatabaseSync(file, { readOnly: true });
    assert.deepEqual(
      copy
        .prepare('pragma integrity_check')
        .all()
        .map((row) => ({ ...row })),
      [{ integrity_check: 'ok' }],
    );
    assert.deepEqual(copy.prepare('pragma foreign_key_check').all(), []);
    copy.close();
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  }

  it('is restored from a backup made while it ran: certificates kept, serials never repeated, authorities able to sign', async () => {
    const home = join(folder, 'running');
    const server = await startServerProcess({ CHANCERY_HOME: home });
    const root = await anAuthority(liveCalls(server));
    const before: LiveCertificate[] = [];
    let isRunning = true;
    const load = (async () => {
      while (isRunning) before.push(await issueLive(liveCalls(server), root, csr));
    })();
    while (before.length < 20) await new Promise((resolve) => setTimeout(resolve, 10));
    const inTheCopy = before.length;
    const file = join(folder, 'backup.db');
    await outputOf(process.execPath, [launcher, 'backup', file], {
      env: { ...cleanEnvironment(), CHANCERY_HOME: home },
    });
    assert.equal((statSync(file).mode & 0o777).toString(8), '600');
    isRunning = false;
    await load;
    await server.stop();

    const restored = join(folder, 'restored');
    mkdirSync(restored, { mode: 0o700 });
    copyFileSync(file, join(restored, 'chancery.db'));
    copyFileSync(join(home, 'master.key'), join(restored, 'master.key'));
    copyFileSync(join(home, 'credentials'), join(restored, 'credentials'));
    const again = await startServerProcess({ CHANCERY_HOME: restored });
    assert.equal(again.account, server.account);
    const live = liveCalls(again);
    for (const { arn, certificate } of before.slice(0, inTheCopy)) {
      const found = await live.pca('GetCertificate', { CertificateAuthorityArn: root.arn, CertificateArn: arn });
      assert.equal(ok(found).Certificate, certificate);
    }
    const later = await Promise.all(Array.from({ length: 20 }, () => issueLive(live, root, csr)));
    const serials = [...before, ...later].map(({ certificate }) => new X509Certificate(certificate).serialNumber);
    assert.equal(new Set(serials).size, serials.length, 'what was issued after the backup is not issued again');
    await again.stop();
  });

  it('refuses to back up over a file that is there, and before the first start', async () => {
    const env = { ...cleanEnvironment(), CHANCERY_HOME: join(folder, 'never-started') };
    await assert.rejects(
      outputOf(process.execPath, [launcher, 'backup', join(folder, 'x.db')], { env }),
      /ended with 1: .*nothing to back up/,
    );
    assert.ok(!existsSync(env.CHANCERY_HOME));
    const killed = { ...env, CHANCERY_HOME: join(folder, 'killed') };
    await assert.rejects(
      outputOf(process.execPath, [launcher, 'backup', join(folder, 'backup.db')], { env: killed }),
      /ended with 1: chancery: /,
    );
  });
});
