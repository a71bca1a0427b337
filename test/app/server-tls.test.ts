/** A server with TLS: which versions, how its certificate is renewed, and the listener for relying parties beside it. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { connect, type SecureVersion } from 'node:tls';
import { makeCsr } from '../../scripts/make-csr.ts';
import { anAuthority, issueLive, type LiveAuthority, liveCalls } from '../live-calls.ts';
import { needs, runProgram } from '../programs.ts';
import { folderForTests, serverForTests, startServerProcess } from '../running-server.ts';

describe('a server process with TLS', async () => {
  const folder = await folderForTests();
  const files = { CHANCERY_TLS_CERT_FILE: join(folder, 'tls.crt'), CHANCERY_TLS_KEY_FILE: join(folder, 'tls.key') };

  // Its certificates come from an authority of another server of ours.
  const issuing = await serverForTests();
  const live = liveCalls(issuing);
  const root = await anAuthority(live);
  const first = await renew(root);
  const server = await serverForTests({ ...files, CHANCERY_PKI_LISTEN: '127.0.0.1:0' });

  async function renew(authority: LiveAuthority): Promise<string> {
    const { csr, key } = makeCsr('localhost');
    const { certificate, chain } = await issueLive(live, authority, csr);
    writeFileSync(files.CHANCERY_TLS_CERT_FILE, `${certificate}\n${chain}`);
    writeFileSync(files.CHANCERY_TLS_KEY_FILE, key);
    return fingerprintOf(certificate);
  }

  function handshake(version?: SecureVersion): Promise<{ protocol: string; fingerprint: string }> {
    return new Promise((resolve, reject) => {
      const versions = version === undefined ? {} : { minVersion: version, maxVersion: version };
      const options = { port: server.port, host: '127.0.0.1', servername: 'localhost', ca: root.certificate };
      const socket = connect({ ...options, ...versions, ciphers: 'DEFAULT@SECLEVEL=0' }, () => {
        resolve({
          protocol: socket.getProtocol() ?? '',
          fingerprint: socket.getPeerX509Certificate()?.fingerprint256 ?? '',
        });
        socket.destroy();
      });
      socket.on('error', reject);
    });
  }

  async function untilServed(wanted: string): Promise<void> {
    while ((await handshake()).fingerprint !== wanted) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  it('says https, and serves TLS 1.2 and 1.3 with the given chain', async () => {
    assert.match(server.url, /^https:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(await handshake('TLSv1.2'), { protocol: 'TLSv1.2', fingerprint: first });
    assert.deepEqual(await handshake('TLSv1.3'), { protocol: 'TLSv1.3', fingerprint: first });
  });

  it('refuses TLS 1.1', async (t) => {
    await assert.rejects(handshake('TLSv1.1'), /protocol version|unsupported protocol|EPROTO|ECONNRESET/i);
    await refusedByOpenssl(t);
  });

  async function refusedByOpenssl(t: TestContext): Promise<void> {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    const args = ['s_client', '-connect', `127.0.0.1:${server.port}`, '-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0'];
    const { code, stderr, stdout } = await runProgram(openssl, args, { input: '' });
    assert.notEqual(code, 0);
    assert.match(stderr + stdout.toString(), /alert protocol version/);
  }

  it('speaks HTTP/2 to whom asks for it, and ends in order while a session is open', async () => {
    const other = await startServerProcess({
      ...files,
      CHANCERY_HOME: join(folder, 'third'),
      CHANCERY_PKI_LISTEN: '127.0.0.1:0',
    });
    const session = connectHttp2(`https://localhost:${other.port}`, { ca: root.certificate });
    const stream = session.request({ ':path': '/healthz' });
    const [headers] = await once(stream.resume(), 'response');
    assert.deepEqual([session.alpnProtocol, headers[':status']], ['h2', 200]);
    await once(stream, 'close');
    const ended = once(session, 'close');
    assert.equal(await other.stop(), 0);
    await ended;
  });

  it('serves a renewed certificate on SIGHUP', async () => {
    const renewed = await renew(root);
    server.signal('SIGHUP');
    await untilServed(renewed);
  });

  it('serves a renewed certificate when its files change', async () => {
    await untilServed(await renew(root));
  });

  it('keeps the old certificate when the files are absent, empty or do not fit together, and says so', async () => {
    const { fingerprint } = await handshake();
    const said = () => server.logged().split('could not be used').length - 1;
    const breakers = [
      () => rmSync(files.CHANCERY_TLS_KEY_FILE),
      () => writeFileSync(files.CHANCERY_TLS_KEY_FILE, ''),
      () => writeFileSync(files.CHANCERY_TLS_KEY_FILE, makeCsr('other').key),
    ];
    for (const breakIt of breakers) {
      const before = said();
      breakIt();
      server.signal('SIGHUP');
      while (said() === before) await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal((await handshake()).fingerprint, fingerprint);
    }
    await untilServed(await renew(root));
  });

  it('serves relying parties over plain http on a listener of their own, and nothing else there', async () => {
    const pki = /^ {2}certificates +(http:\S+)\/authorities\/$/m.exec(server.printed())?.[1] ?? assert.fail();
    assert.notEqual(new URL(pki).port, String(server.port));
    for (const path of ['/', '/healthz', '/readyz', '/metrics', '/v3/projects', '/authorities/']) {
      assert.equal((await fetch(pki + path)).status, 404, path);
    }
    const post = await fetch(pki, {
      method: 'POST',
      headers: { 'x-amz-target': 'ACMPrivateCA.ListCertificateAuthorities' },
      body: '{}',
    });
    assert.notEqual(post.status, 200);
    assert.equal(((await post.json()) as { __type: string }).__type, 'UnknownOperationException'); // its error shape
  });

  it('refuses a plain request on the TLS port and goes on serving', async () => {
    await assert.rejects(fetch(`http://127.0.0.1:${server.port}/healthz`));
    assert.equal((await handshake()).protocol, 'TLSv1.3');
  });

  it('names the http address of the second listener in the certificates that it issues', async () => {
    const plain = await startServerProcess({
      CHANCERY_HOME: join(folder, 'second'),
      CHANCERY_PKI_LISTEN: '127.0.0.1:0',
    });
    try {
      const pki = /^ {2}certificates +(http:\S+)\/authorities\/$/m.exec(plain.printed())?.[1] ?? assert.fail();
      const authority = await anAuthority(liveCalls(plain));
      const { certificate } = await issueLive(liveCalls(plain), authority, makeCsr('aia.test').csr);
      const named = /CA Issuers - URI:(\S+)/.exec(new X509Certificate(certificate).infoAccess ?? '')?.[1];
      assert.equal(named, `${pki}/authorities/${authority.id}.cer`);
      assert.equal((await fetch(named ?? '')).status, 200);
      assert.equal((await fetch(`${plain.url}/authorities/${authority.id}.cer`)).status, 404);
    } finally {
      await plain.stop();
    }
  });
});

function fingerprintOf(pem: string): string {
  return new X509Certificate(pem).fingerprint256;
}
