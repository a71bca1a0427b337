/** Servers use what a running server of ours exported, exactly as it came out of Huawei's zips. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { connect } from 'node:tls';
import { unzipSync } from 'fflate';
import { ask, done } from '../fronts/huawei-call.ts';
import { anAuthority, liveCalls } from '../live-calls.ts';
import { needs, outputOf } from '../programs.ts';
import { folderForTests, serverForTests } from '../running-server.ts';
import { assertServes, startApache, startNginx, startTomcat } from '../servers.ts';

const password = 'Pass,word.+-_#1';

describe('what a running server exported is served by', async () => {
  const folder = await folderForTests();
  const live = liveCalls(await serverForTests());
  const root = await anAuthority(live, 'EC_secp384r1');
  const issuer = await anAuthority(live, 'EC_prime256v1', root);
  const certificates = { RSA2048: await certificateWith('RSA2048'), EC256: await certificateWith('EC256') };
  const rootDer = new Uint8Array(new X509Certificate(root.certificate).raw);

  /** Its key is made and held by the server. */
  async function certificateWith(key_algorithm: string): Promise<string> {
    const { certificate_id: id } = await done(live.target, 'POST', '/v1/private-certificates', {
      body: {
        issuer_id: issuer.id,
        key_algorithm,
        distinguished_name: { common_name: 'localhost' },
        validity: { type: 'DAY', value: 20 },
        subject_alternative_names: [{ type: 'DNS', value: 'localhost' }],
        extended_key_usage: { server_auth: true },
      },
    });
    return id;
  }

  /** The zip, as files in a folder of their own, and the leaf that is in it. */
  async function unzipped(type: string, algorithm: keyof typeof certificates, secret?: string) {
    const path = `/v1/private-certificates/${certificates[algorithm]}/export`;
    const more = secret === undefined ? {} : { password: secret };
    const { status, bytes } = await ask(live.target, 'POST', path, { body: { is_compressed: 'true', type, ...more } });
    assert.equal(status, 200, bytes.toString());
    const target = join(folder, `${type}-${algorithm}-${secret === undefined ? 'open' : 'locked'}`);
    await mkdir(target);
    for (const [name, content] of Object.entries(unzipSync(bytes))) await writeFile(join(target, name), content);
    const { certificate } = await done(live.target, 'POST', path, { body: { is_compressed: 'false', type: 'OTHER' } });
    return {
      files: target,
      expected: { certificate: new Uint8Array(new X509Certificate(certificate).raw), root: rootDer },
    };
  }

  for (const algorithm of ['RSA2048', 'EC256'] as const) {
    for (const secret of [undefined, password]) {
      const how = `${algorithm}${secret === undefined ? '' : ', under a password'}`;

      it(`nginx, ${how}`, async (t) => {
        const nginx = needs(t, 'nginx');
        if (nginx === undefined) return;
        const { files, expected } = await unzipped('NGINX', algorithm, secret);
        const [server, port] = await startNginx(t, nginx, files, secret);
        await assertServes(server, port, expected);
      });

      it(`Apache httpd, ${how}`, async (t) => {
        const apache = needs(t, 'apache2');
        if (apache === undefined) return;
        const { files, expected } = await unzipped('APACHE', algorithm, secret);
        const [server, port] = await startApache(t, apache, files, secret);
        await assertServes(server, port, expected);
      });
    }
  }

  it('Tomcat, from the JKS and from the PFX, with the password of keystorePass.txt and with our own', async (t) => {
    const catalina = needs(t, 'tomcat10');
    if (catalina === undefined) return;
    const zips = [
      { ...(await unzipped('TOMCAT', 'RSA2048')), name: 'server.jks', type: 'JKS' },
      { ...(await unzipped('TOMCAT', 'EC256', password)), name: 'server.jks', type: 'JKS', password },
      { ...(await unzipped('IIS', 'RSA2048')), name: 'server.pfx', type: 'PKCS12' },
      { ...(await unzipped('IIS', 'EC256', password)), name: 'server.pfx', type: 'PKCS12', password },
    ] as const;
    const [server, ports] = await startTomcat(t, catalina, join(folder, 'catalina'), zips);
    for (const [at, { expected }] of zips.entries()) await assertServes(server, ports[at] ?? 0, expected);
  });

  it('a Java server, from the JKS and the PFX', async (t) => {
    const java = needs(t, 'java');
    if (java === undefined) return;
    const [jks, pfx] = [await unzipped('TOMCAT', 'EC256'), await unzipped('IIS', 'EC256')];
    const secret = async (files: string) => (await readFile(join(files, 'keystorePass.txt'))).toString('hex');
    const program = join(import.meta.dirname, '../formats/ServeTls.java');
    const args = [
      'JKS',
      join(jks.files, 'server.jks'),
      await secret(jks.files),
      'PKCS12',
      join(pfx.files, 'server.pfx'),
      await secret(pfx.files),
    ];
    const server = spawn(java, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    t.after(() => server.kill());
    let served = 0;
    for await (const line of createInterface({ input: server.stdout })) {
      const [port, chainLength] = line.split(' ');
      assert.equal(chainLength, '3');
      assert.deepEqual(await peerOf(Number(port), root.certificate), jks.expected.certificate);
      served++;
    }
    assert.equal(served, 2);
  });

  it('openssl, which reads the PFX with its chain', async (t) => {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    const { files, expected } = await unzipped('IIS', 'RSA2048', 'Other-1');
    const text = (
      await outputOf(openssl, ['pkcs12', '-in', join(files, 'server.pfx'), '-passin', 'pass:Other-1', '-nodes'])
    ).toString();
    const found = text.match(/-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/g) ?? [];
    assert.equal(found.length, 3);
    assert.deepEqual(new Uint8Array(new X509Certificate(found[0] ?? '').raw), expected.certificate);
    assert.match(text, /-----BEGIN PRIVATE KEY-----/);
  });
});

/** The certificate that a server shows to a client that trusts the root alone. */
function peerOf(port: number, ca: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ca, timeout: 20_000 });
    let certificate = new Uint8Array();
    socket.on('secureConnect', () => (certificate = new Uint8Array(socket.getPeerCertificate().raw)));
    socket.on('data', () => {});
    socket.on('end', () => resolve(certificate));
    socket.on('error', reject);
    socket.on('timeout', () => socket.destroy(new Error('the Java server did not answer')));
  });
}
