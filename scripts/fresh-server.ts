/** A server of one's own for the demo, the benchmark and client tests: a fresh data folder, a free port, its own process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FreshServer {
  readonly port: number;
  readonly url: string;
  readonly home: string;
  /** From the start of the process to its answer on /readyz. */
  readonly readyMs: number;
  residentMiB(): number;
  metrics(): Promise<string>;
  readonly pid: number;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Stops it; the data folder stays until `remove`. */
  stop(): Promise<void>;
  remove(): void;
}

const main = new URL('../bin/chancery.mjs', import.meta.url).pathname;

/**
 * Starts a server on `home` (a new folder when absent) and waits until it is ready. Whatever way this process ends, but
 * by SIGKILL, the server ends with it and a folder made here goes away.
 * @param settings CHANCERY_* variables beside the folder and the address
 */
export async function startServer(
  settings: Readonly<Record<string, string>> = {},
  existingHome?: string,
): Promise<FreshServer> {
  const started = performance.now();
  const home = existingHome ?? mkdtempSync(join(tmpdir(), 'chancery-'));
  const child = spawn(process.execPath, [main, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      CHANCERY_HOME: home,
      CHANCERY_LISTEN: '127.0.0.1:0',
      CHANCERY_LOG_LEVEL: 'warn',
      ...settings,
    },
  });
  process.once('exit', () => {
    child.kill('SIGKILL');
    if (existingHome === undefined) rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  });
  const port = await portOf(child);
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode} before it was ready`);
    await pause(5);
  }
  const readyMs = performance.now() - started;
  return {
    port,
    url,
    home,
    readyMs,
    residentMiB: () =>
      Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    metrics: () => fetch(`${url}/metrics`).then((answer) => answer.text()),
    pid: child.pid ?? 0,
    kill: () => ended(child, 'SIGKILL'),
    stop: () => ended(child, 'SIGTERM'),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

/** The port that the server prints when it listens. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (part: Buffer) => {
      text += part.toString();
      const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text);
      if (found !== null) resolve(Number(found[1]));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened:\n${text}`)));
  });
}
