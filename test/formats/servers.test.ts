/** nginx, Apache httpd and Tomcat serve TLS with the files of their bundles as they come out of the zip. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { unzipSync } from 'fflate';
import { serverBundle, zip, type ServerType } from '../../src/formats/index.ts';
import { writePem } from '../../src/x509/pem.ts';
import { needs } from '../programs.ts';
import { certified, folderForTests, pkcs8Of } from './fixtures.ts';

const password = 'Pass,word.+-_#é';

describe('servers', async () => {
  const folder = await folderForTests();

  /** A folder with the unzipped members. */
  async function unzipped(type: ServerType, algorithm: 'RSA-2048' | 'P-256', withPassword: boolean): Promise<string> {
    const input = {
      ...certified(algorithm),
      name: 'localhost',
      privateKey: pkcs8Of(algorithm),
      legacyPkcs12: false,
      now: Date.now(),
      ...(withPassword ? { password: new TextEncoder().encode(password) } : {}),
    };
    const target = join(folder, `${type}-${algorithm}-${withPassword}`);
    await mkdir(target);
    const files = unzipSync(zip(await serverBundle(type, input), Date.now()));
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(target, name), bytes);
    return target;
  }

  it('Tomcat with server.jks and with server.pfx, under what keystorePass.txt says', async (t) => {
    const catalina = needs(t, 'tomcat10');
    if (catalina === undefined) return;
    const base = join(folder, 'catalina');
    for (const name of ['conf', 'webapps', 'logs', 'temp']) await mkdir(join(base, name), { recursive: true });
    const ports = [await freePort(), await freePort()];
    const connectors = [
      { files: await unzipped('tomcat', 'RSA-2048', false), name: 'server.jks', type: 'JKS' },
      { files: await unzipped('iis', 'RSA-2048', false), name: 'server.pfx', type: 'PKCS12' },
    ].map(async ({ files, name, type }, i) => {
      const secret = await readFile(join(files, 'keystorePass.txt'), 'utf8');
      return `<Connector port="${ports[i]}" address="127.0.0.1" SSLEnabled="true"><SSLHostConfig>
        <Certificate certificateKeystoreFile="${join(files, name)}" certificateKeystoreType="${type}"
          certificateKeystorePassword="${secret}"/></SSLHostConfig></Connector>`;
    });
    await writeFile(
      join(base, 'conf', 'server.xml'),
      `<Server port="-1"><Service name="Catalina">${(await Promise.all(connectors)).join('')}
        <Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="webapps"/></Engine>
      </Service></Server>`,
    );
    const env = { CATALINA_BASE: base, CATALINA_HOME: dirname(dirname(catalina)), CATALINA_TMPDIR: join(base, 'temp') };
    const server = start(t, catalina, ['run'], env);
    for (const port of ports) await assertServes(server, port, 'RSA-2048');
  });

  for (const algorithm of ['RSA-2048', 'P-256'] as const) {
    for (const withPassword of [false, true]) {
      const how = `an ${algorithm} key${withPassword ? ' under a password' : ''}`;

      it(`nginx with ${how}`, async (t) => {
        const nginx = needs(t, 'nginx');
        if (nginx === undefined) return;
        const files = await unzipped('nginx', algorithm, withPassword);
        const port = await freePort();
        await writeFile(join(files, 'password'), password);
        const configuration = `daemon off; master_process off; pid ${files}/pid; error_log stderr;
          events {} http { access_log off; client_body_temp_path ${files}/b; proxy_temp_path ${files}/p;
          fastcgi_temp_path ${files}/f; uwsgi_temp_path ${files}/u; scgi_temp_path ${files}/s;
          server { listen 127.0.0.1:${port} ssl; ssl_certificate server.crt; ssl_certificate_key server.key;
          ${withPassword ? `ssl_password_file ${files}/password;` : ''} location / { return 204; } } }`;
        await writeFile(join(files, 'nginx.conf'), configuration);
        await assertServes(start(t, nginx, ['-p', files, '-c', join(files, 'nginx.conf')]), port, algorithm);
      });

      it(`Apache httpd with ${how}`, async (t) => {
        const apache = needs(t, 'apache2');
        if (apache === undefined) return;
        const files = await unzipped('apache', algorithm, withPassword);
        const port = await freePort();
        const passphrase = join(files, 'passphrase.sh');
        await writeFile(passphrase, `#!/bin/sh\nprintf '%s' '${password}'\n`, { mode: 0o700 });
        const configuration = `ServerRoot ${files}\nServerName localhost\nListen 127.0.0.1:${port}\nPidFile ${files}/pid
          ErrorLog error.log\nDefaultRuntimeDir ${files}\n${modules.map(load).join('\n')}
          ${withPassword ? `SSLPassPhraseDialog exec:${passphrase}` : ''}
          <VirtualHost *:${port}>\nSSLEngine on\nSSLCertificateFile server.crt\nSSLCertificateKeyFile server.key
          SSLCertificateChainFile chain.crt\n</VirtualHost>\n`;
        await writeFile(join(files, 'httpd.conf'), configuration);
        await assertServes(start(t, apache, ['-X', '-f', join(files, 'httpd.conf')]), port, algorithm);
      });
    }
  }
});

const modules = ['mpm_event', 'authz_core', 'ssl', 'socache_shmcb'];
const load = (name: string) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`;

interface Started {
  readonly process: ChildProcess;
  /** What it has said so far. */
  readonly output: () => string;
}

/** Runs until the test ends. */
function start(t: TestContext, program: string, args: readonly string[], env: Record<string, string> = {}): Started {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += part.toString()));
  t.after(async () => {
    child.kill();
    await ended;
  });
  return { process: child, output: () => output };
}

/** Shakes hands as soon as it listens, trusting the root alone: so the server sends the chain. */
async function assertServes(server: Started, port: number, algorithm: 'RSA-2048' | 'P-256'): Promise<void> {
  const { certificate, root } = certified(algorithm);
  for (let attempt = 0; server.process.exitCode === null && attempt < 1200; attempt++) {
    const found = await shakeHands(port, root);
    if (found instanceof Uint8Array) return assert.deepEqual(found, certificate);
    if (found.code !== 'ECONNREFUSED') throw found;
    await sleep(25);
  }
  assert.fail(`the server did not listen: ${server.output()}`);
}

function shakeHands(port: number, root: Uint8Array): Promise<Uint8Array | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const ca = writePem('CERTIFICATE', root);
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ca }, () => {
      resolve(new Uint8Array(socket.getPeerCertificate().raw));
      socket.destroy();
    });
    socket.on('error', resolve);
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.on('listening', resolve));
  const address: AddressInfo | string | null = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : assert.fail('no port');
}
