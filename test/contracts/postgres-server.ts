/** A PostgreSQL of the test's own: on a free loopback port, in a folder of its own, gone afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { findProgram, outputOf } from '../programs.ts';

export interface PostgresServer {
  /** A new empty database: its URL. */
  database(): Promise<string>;
  stop(): Promise<void>;
}

/** Undefined where PostgreSQL is not installed. Its own user runs it when the tests run as root, which it refuses. */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const initdb = findProgram('initdb');
  const postgres = findProgram('postgres');
  if (initdb === undefined || postgres === undefined) return undefined;
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'chancery-postgres-'));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  // Not this process's folder, which the other user may not enter.
  const how = { ...user, cwd: folder };
  await outputOf(initdb, ['-D', data, '-U', 'tester', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], how);
  const port = await freePort();
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: folder, fsync: 'off' };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(postgres, ['-D', data, ...options], { ...how, stdio: 'ignore' });
  const url = (name: string) => `postgres://tester@127.0.0.1:${port}/${name}`;
  await ready(url('postgres'), server);
  let count = 0;
  return {
    async database() {
      const name = `test${++count}`;
      await withClient(url('postgres'), (client) => client.query(`create database ${name}`));
      return url(name);
    },
    async stop() {
      const ended = server.exitCode === null ? once(server, 'exit') : undefined;
      server.kill('SIGINT'); // "fast": ends sessions, does not wait for them
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ready(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode} at its start`);
    try {
      await withClient(url, (client) => client.query('select 1'));
      return;
    } catch {
      await delay(30);
    }
  }
}

async function withClient(url: string, use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

/** `postgres` as Debian's packages make it, else `nobody`. */
function unprivilegedUser(): { uid: number; gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('neither user postgres nor nobody is there to run PostgreSQL');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
