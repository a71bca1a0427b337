/** nginx, Apache httpd and Tomcat as users of exported files: each serves TLS with a folder as it was unzipped. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { writePem } from '../src/x509/pem.ts';

export interface Started {
  readonly process: ChildProcess;
  /** What it has said so far. */
  readonly output: () => string;
}

/** Serves server.crt and server.key of `files`; gives the port. */
export async function startNginx(
  t: TestContext,
  nginx: string,
  files: string,
  password?: string,
): Promise<[Started, number]> {
  const port = await freePort();
  await writeFile(join(files, 'password'), password ?? '');
  const configuration = `daemon off; master_process off; pid ${files}/pid; error_log stderr;
    events {} http { access_log off; client_body_temp_path ${files}/b; proxy_temp_path ${files}/p;
    fastcgi_temp_path ${files}/f; uwsgi_temp_path ${files}/u; scgi_temp_path ${files}/s;
    server { listen 127.0.0.1:${port} ssl; ssl_certificate server.crt; ssl_certificate_key server.key;
    ${password === undefined ? '' : `ssl_password_file ${files}/password;`} location / { return 204; } } }`;
  await writeFile(join(files, 'nginx.conf'), configuration);
  return [start(t, nginx, ['-p', files, '-c', join(files, 'nginx.conf')]), port];
}

/** Serves server.crt, chain.crt and server.key of `files`; gives the port. */
export async function startApache(
  t: TestContext,
  apache: string,
  files: string,
  password?: string,
): Promise<[Started, number]> {
  const port = await freePort();
  const passphrase = join(files, 'passphrase.sh');
  await writeFile(passphrase, `#!/bin/sh\nprintf '%s' '${password ?? ''}'\n`, { mode: 0o700 });
  const configuration = `ServerRoot ${files}\nServerName localhost\nListen 127.0.0.1:${port}\nPidFile ${files}/pid
    ErrorLog error.log\nDefaultRuntimeDir ${files}\n${modules.map(load).join('\n')}
    ${password === undefined ? '' : `SSLPassPhraseDialog exec:${passphrase}`}
    <VirtualHost *:${port}>\nSSLEngine on\nSSLCertificateFile server.crt\nSSLCertificateKeyFile server.key
    SSLCertificateChainFile chain.crt\n</VirtualHost>\n`;
  await writeFile(join(files, 'httpd.conf'), configuration);
  return [start(t, apache, ['-X', '-f', join(files, 'httpd.conf')]), port];
}

export interface KeyStore {
  /** Where it was unzipped. */
  readonly files: string;
  readonly name: string;
  readonly type: 'JKS' | 'PKCS12';
  /** Absent: what keystorePass.txt beside it says. */
  readonly password?: string;
}

/** Serves each key store on a connector of its own; gives the ports in their order. `base` is a new folder's name. */
export async function startTomcat(
  t: TestContext,
  catalina: string,
  base: string,
  stores: readonly KeyStore[],
): Promise<[Started, readonly number[]]> {
  for (const name of ['conf', 'webapps', 'logs', 'temp']) await mkdir(join(base, name), { recursive: true });
  const ports: number[] = [];
  const connectors: string[] = [];
  for (const { files, name, type, password } of stores) {
    const secret = password ?? (await readFile(join(files, 'keystorePass.txt'), 'utf8'));
    const port = await freePort();
    ports.push(port);
    connectors.push(`<Connector port="${port}" address="127.0.0.1" SSLEnabled="true"><SSLHostConfig>
      <Certificate certificateKeystoreFile="${join(files, name)}" certificateKeystoreType="${type}"
        certificateKeystorePassword="${secret}"/></SSLHostConfig></Connector>`);
  }
  await writeFile(
    join(base, 'conf', 'server.xml'),
    `<Server port="-1"><Service name="Catalina">${connectors.join('')}
      <Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="webapps"/></Engine>
    </Service></Server>`,
  );
  const env = { CATALINA_BASE: base, CATALINA_HOME: dirname(dirname(catalina)), CATALINA_TMPDIR: join(base, 'temp') };
  return [start(t, catalina, ['run'], env), ports];
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

export interface Expected {
  /** DER. */
  readonly certificate: Uint8Array;
  readonly root: Uint8Array;
}

/** Shakes hands as soon as it listens, trusting the root alone: so the server sends the chain. */
export async function assertServes(server: Started, port: number, { certificate, root }: Expected): Promise<void> {
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

const modules = ['mpm_event', 'authz_core', 'ssl', 'socache_shmcb'];
const load = (name: string) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`;
