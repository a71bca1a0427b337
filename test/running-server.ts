/** A server process of the test's own: a fresh data folder, a free port, and everything that it printed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

export interface ServerProcess {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly home: string;
  readonly pid: number;
  /** The first administrator's key, from the credentials file. */
  readonly key: { readonly id: string; readonly secret: string };
  readonly account: string;
  readonly domain: string;
  readonly project: string;
  /** Standard output so far. */
  printed(): string;
  /** Standard error so far: the log, a JSON document a line. */
  logged(): string;
  signal(name: NodeJS.Signals): void;
  /** Ends it in order (SIGTERM); gives the exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Resolves with the exit code once it has ended, however that came. */
  readonly ended: Promise<number | null>;
}

export type Settings = Readonly<Record<string, string>>;

const root = join(import.meta.dirname, '..');
const main = join(root, 'bin/chancery.mjs');

/** A data folder that goes away with the tests of this file. */
export async function folderForTests(name = 'chancery-test-'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), name));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A server for all tests of a file: stopped after them, and its folder removed. */
export async function serverForTests(settings: Settings = {}): Promise<ServerProcess> {
  const server = await startServerProcess({ CHANCERY_HOME: await folderForTests(), ...settings });
  after(() => server.stop());
  return server;
}

/** Starts a server and waits until it says where it listens; throws with what it said when it ends before that. */
export async function startServerProcess(
  settings: Settings & { readonly CHANCERY_HOME: string },
): Promise<ServerProcess> {
  const { child, printed, logged } = launch(settings);
  const ended = endOf(child);
  const home = settings.CHANCERY_HOME;
  const listening = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const found = /listens on (https?:\/\/\S+)\n[^]*npm run demo/.exec(printed())?.[1];
      if (found !== undefined) resolve(found);
    });
    ended.then((code) => reject(new Error(`the server ended with ${code}: ${logged()}${printed()}`)), reject);
  });
  const fact = (label: string) => new RegExp(`^  ${label} +(\\S+)`, 'm').exec(printed())?.[1] ?? '';
  return {
    url: listening,
    port: Number(new URL(listening).port),
    home,
    pid: child.pid ?? 0,
    get key() {
      return keyIn(home, settings);
    },
    account: fact('account'),
    domain: fact('domain'),
    project: fact('project'),
    printed,
    logged,
    signal: (name) => void child.kill(name),
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    ended,
  };
}

export interface Refused {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A start that must be refused: the exit code and what was said. A server that starts all the same is stopped. */
export async function refusedStart(settings: Settings): Promise<Refused> {
  const { child, printed, logged } = launch(settings);
  child.stdout?.on('data', () => (printed().includes('listens on') ? child.kill('SIGTERM') : undefined));
  const code = await endOf(child);
  return { code, stdout: printed(), stderr: logged() };
}

/** The environment of a process of ours: nothing of this one's CHANCERY_ settings. */
export function cleanEnvironment(settings: Settings = {}): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
    ...settings,
  };
}

function launch(settings: Settings) {
  const child = spawn(process.execPath, [main, 'serve'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnvironment({ CHANCERY_LISTEN: '127.0.0.1:0', ...settings }),
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (part: Buffer) => (texts.stdout += part.toString()));
  child.stderr.on('data', (part: Buffer) => (texts.stderr += part.toString()));
  return { child, printed: () => texts.stdout, logged: () => texts.stderr };
}

async function endOf(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, 'close');
  return typeof code === 'number' ? code : null;
}

function keyIn(home: string, { CHANCERY_ACCESS_KEY_ID: id, CHANCERY_SECRET_ACCESS_KEY: secret }: Settings) {
  if (id !== undefined && secret !== undefined) return { id, secret };
  const profile = readFileSync(join(home, 'credentials'), 'utf8');
  const of = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(profile)?.[1] ?? '';
  return { id: of('aws_access_key_id'), secret: of('aws_secret_access_key') };
}

/** A test file that is stopped midway takes its servers with it. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));
process.once('SIGTERM', () => process.exit(143));
