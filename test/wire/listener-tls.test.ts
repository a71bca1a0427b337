import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { connect } from 'node:tls';
import { listener } from '../../src/wire/http/listener.ts';
import { pagesFront, plain } from '../../src/wire/http/pages.ts';
import { needs, outputOf } from '../programs.ts';

it('the listener serves TLS 1.2 and newer, and takes a new certificate without a restart', async (t) => {
  if (needs(t, 'openssl') === undefined) return;
  const folder = await mkdtemp(join(tmpdir(), 'chancery-tls-'));
  t.after(() => rm(folder, { recursive: true }));
  const pair = async (name: string) => {
    const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
    await outputOf('openssl', ['req', '-x509', ...kind, '-subj', `/CN=${name}`, '-keyout', key, '-out', cert]);
    return { key: await readFile(key), cert: await readFile(cert) };
  };
  const pages = pagesFront([{ path: '/', answer: () => plain(200, 'welcome') }], () => {});
  const server = listener({ fronts: [pages], log: { info() {}, warn() {}, error() {} }, tls: await pair('first') });
  t.after(() => server.close());
  const port = Number(new URL(await server.listen('127.0.0.1', 0)).port);
  const shake = (maxVersion: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') =>
    new Promise<string>((resolve, reject) => {
      // the certificate is what is looked at, so it need not be trusted
      const options = { port, host: '127.0.0.1', rejectUnauthorized: false, minVersion: 'TLSv1' as const, maxVersion };
      const socket = connect(options, () => {
        resolve(`${socket.getProtocol()} ${String(socket.getPeerCertificate().subject.CN)}`);
        socket.destroy();
      });
      socket.on('error', reject);
    });
  assert.equal(await shake('TLSv1.2'), 'TLSv1.2 first');
  await assert.rejects(shake('TLSv1.1'));
  server.reloadTls(await pair('second'));
  assert.equal(await shake('TLSv1.3'), 'TLSv1.3 second');
  assert.throws(() => server.reloadTls({ key: 'no key', cert: 'no certificate' }));
  assert.equal(await shake('TLSv1.3'), 'TLSv1.3 second');
});
