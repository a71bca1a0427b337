/** A real S3 server (versitygw) over a folder of its own, with an administrator and a user who owns nothing. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf } from '../programs.ts';

export interface S3Server {
  readonly url: URL;
  readonly region: string;
  readonly administrator: Credentials;
  /** May sign in, and is refused in the administrator's buckets. */
  readonly stranger: Credentials;
  /** Where the objects of a bucket lie as files; makes it when it is new. */
  bucket(name: string): string;
  stop(): Promise<void>;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secret: Uint8Array;
}

export async function startS3(versitygw: string): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-s3-'));
  const [data, users, sidecar] = ['data', 'users', 'sidecar'].map((name) => join(folder, name));
  for (const path of [data, users, sidecar]) mkdirSync(path ?? folder);
  const port = await freePort();
  const url = new URL(`http://127.0.0.1:${port}`);
  const region = 'eu-central-7';
  const administrator = { accessKeyId: 'ADMINISTRATOR1', secret: Buffer.from('the-secret-of-the-administrator') };
  const stranger = { accessKeyId: 'STRANGER1', secret: Buffer.from('the-secret-of-the-stranger') };
  const env = {
    ROOT_ACCESS_KEY: administrator.accessKeyId,
    ROOT_SECRET_KEY: administrator.secret.toString(),
    VGW_REGION: region,
  };
  const args = [
    '--port',
    `127.0.0.1:${port}`,
    '--iam-dir',
    users ?? '',
    '--quiet',
    'posix',
    '--sidecar',
    sidecar ?? '',
  ];
  const server = spawn(versitygw, [...args, data ?? ''], { env: { ...process.env, ...env }, stdio: 'ignore' });
  try {
    await answers(url, server);
    const admin = ['admin', '--endpoint-url', url.origin, '--region', region];
    const user = ['--access', stranger.accessKeyId, '--secret', stranger.secret.toString(), '--role', 'user'];
    const as = { ADMIN_ACCESS_KEY: env.ROOT_ACCESS_KEY, ADMIN_SECRET_KEY: env.ROOT_SECRET_KEY };
    await outputOf(versitygw, [...admin, 'create-user', ...user], {
      env: { ...as, ADMIN_ACCESS_KEY_ID: as.ADMIN_ACCESS_KEY, ADMIN_SECRET_ACCESS_KEY: as.ADMIN_SECRET_KEY },
    });
  } catch (cause) {
    server.kill('SIGKILL');
    throw cause;
  }
  return {
    url,
    region,
    administrator,
    stranger,
    bucket: (name) => {
      const path = join(data ?? '', name);
      mkdirSync(path, { recursive: true });
      return path;
    },
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGKILL');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: URL, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`versitygw ended with ${server.exitCode}`);
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('versitygw does not answer');
}

/** A port that is free at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
