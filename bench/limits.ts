/** What this machine allows, measured in the same run: the denominators of every ratio. */
import { spawn } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Limits {
  /** ECDSA P-256 operations a second of `openssl speed`, on one core and on two at once. */
  readonly one: Rates;
  readonly two: Rates;
  /** RSA-2048 signatures a second on one core. */
  readonly rsaSign: number;
  /** Appends of 4 KiB, each followed by fdatasync, a second, by one writer. */
  readonly syncs: number;
}

export interface Rates {
  readonly sign: number;
  readonly verify: number;
}

export async function measureLimits(seconds: number): Promise<Limits> {
  const one = await ecdsa(seconds, 1);
  const two = await ecdsa(seconds, 2);
  const rsaSign = await rsa2048Signs(1, seconds);
  return { one, two, rsaSign, syncs: syncRate(seconds) };
}

/** Certificates a second if signing one and verifying one CSR were all there is to do. */
export function signAndVerify({ sign, verify }: Rates): number {
  return 1 / (1 / sign + 1 / verify);
}

/** Sign + verify of P-256 as `openssl speed` has them this moment, on so many cores. */
export async function p256Now(processes: number): Promise<number> {
  return signAndVerify(await ecdsa(1, processes));
}

/** P-256 operations a second of `openssl speed`, summed over its processes. */
export async function ecdsa(seconds: number, processes: number): Promise<Rates> {
  const multi = processes > 1 ? ['-multi', String(processes)] : [];
  const text = await openssl(['speed', '-elapsed', '-seconds', String(seconds), ...multi, 'ecdsap256']);
  const line = /^ *256 bits ecdsa.*?([\d.]+)\s+([\d.]+)\s*$/m.exec(text);
  if (line === null) throw new Error(`openssl speed printed no line for P-256:\n${text}`);
  return { sign: Number(line[1]), verify: Number(line[2]) };
}

/** RSA-2048 signatures a second of `openssl speed`, summed over its processes. */
export async function rsa2048Signs(processes: number, seconds = 1): Promise<number> {
  const multi = processes > 1 ? ['-multi', String(processes)] : [];
  return rateOf(
    await openssl(['speed', '-elapsed', '-seconds', String(seconds), ...multi, 'rsa2048']),
    /^rsa\s*2048.*?([\d.]+)\s+[\d.]+\s*$/m,
  );
}

function rateOf(text: string, pattern: RegExp): number {
  const line = pattern.exec(text);
  if (line === null) throw new Error(`openssl speed printed nothing like ${pattern}:\n${text}`);
  return Number(line[1]);
}

function openssl(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString()));
    child.on('error', (cause) => reject(new Error(`openssl is needed to measure the limits: ${cause.message}`)));
    child.on('exit', (code) =>
      code === 0 ? resolve(text) : reject(new Error(`openssl ${args.join(' ')} exited with ${code}`)),
    );
  });
}

function syncRate(seconds: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-bench-'));
  const file = openSync(join(folder, 'appended'), 'w');
  const block = Buffer.alloc(4096, 1);
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < seconds * 1000) {
    writeSync(file, block);
    fdatasyncSync(file);
    count += 1;
  }
  const rate = (count * 1000) / (performance.now() - start);
  closeSync(file);
  rmSync(folder, { recursive: true });
  return rate;
}
