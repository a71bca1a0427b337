/**
 * The programs that judge us (openssl, keytool, nginx, PostgreSQL …): where they are, and running them.
 * A test that needs one which is missing is skipped in the exact words that `npm test` counts:
 * `<program> is not installed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

/** The path of a program, or undefined. Looks in PATH and where Debian keeps servers (`/usr/sbin`, PostgreSQL's). */
export function findProgram(name: string): string | undefined {
  if (name === 'python3') return findPython();
  if (name === 'tomcat10') return firstExecutable(['/usr/share/tomcat10/bin'], 'catalina.sh');
  return firstExecutable([...pinnedFolders(), ...pathFolders(), ...serverFolders()], name);
}

/**
 * The path of a program; when it is missing, marks the test as skipped and gives undefined:
 * `const openssl = needs(t, 'openssl'); if (openssl === undefined) return;`
 */
export function needs(t: TestContext, name: string): string | undefined {
  const path = findProgram(name);
  if (path === undefined) t.skip(`${name} is not installed`);
  return path;
}

/** The Python that has `module`, else the test is skipped as `<package> is not installed`. */
export function needsPython(t: TestContext, module: string, packageName: string = module): string | undefined {
  const python = findPython();
  const has = python !== undefined && spawnSync(python, ['-c', `import ${module}`], { timeout: 60_000 }).status === 0;
  if (!has) t.skip(`${python === undefined ? 'python3' : packageName} is not installed`);
  return has ? python : undefined;
}

export interface Finished {
  /** The exit code; 128 and more when a signal ended it, -1 when it could not be started. */
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface HowToRun {
  readonly input?: string | Uint8Array;
  readonly timeoutMs?: number;
  readonly cwd?: string;
  /** Added to the environment of the test. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly uid?: number;
  readonly gid?: number;
}

/** Runs a program to its end, without a shell. Kills it after `timeoutMs` (default 60 s) and says so in `stderr`. */
export function runProgram(path: string, args: readonly string[], how: HowToRun = {}): Promise<Finished> {
  const { input, timeoutMs = 60_000, cwd, env, uid, gid } = how;
  return new Promise((resolve) => {
    const child = spawn(path, [...args], { cwd, env: { ...process.env, ...env }, uid, gid, stdio: 'pipe' });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let late = '';
    const timer = setTimeout(() => {
      late = `\n${path} did not end within ${timeoutMs} ms`;
      child.kill('SIGKILL');
    }, timeoutMs);
    const finish = (code: number, more = '') => {
      clearTimeout(timer);
      resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() + late + more });
    };
    child.stdout.on('data', (part: Buffer) => stdout.push(part));
    child.stderr.on('data', (part: Buffer) => stderr.push(part));
    child.stdin.on('error', () => {}); // a program may end before it has read everything: its exit code tells
    child.on('error', (cause) => finish(-1, cause.message));
    child.on('close', (code) => finish(code ?? 128));
    child.stdin.end(input);
  });
}

/** Runs a program that must succeed; gives what it printed. Throws with its standard error otherwise. */
export async function outputOf(path: string, args: readonly string[], how: HowToRun = {}): Promise<Buffer> {
  const { code, stdout, stderr } = await runProgram(path, args, how);
  if (code !== 0) throw new Error(`${path} ${args.join(' ')} ended with ${code}: ${stderr}${stdout.toString()}`);
  return stdout;
}

/** The pinned environment of the client tests when there is one, else the system's Python. */
function findPython(): string | undefined {
  const named = process.env['CHANCERY_TEST_PYTHON'] ?? '';
  return named === '' ? firstExecutable([...pinnedFolders(), ...pathFolders()], 'python3') : named;
}

/**
 * Where .ci/run puts programs: those of the pinned Python environment (`aws`, `lint_pkix_cert`), and the clients in
 * Go, Java and Rust that test/clients/build.sh builds.
 */
function pinnedFolders(): string[] {
  const named = process.env['CHANCERY_TEST_PYTHON'] ?? '';
  const cache = join(import.meta.dirname, '..', '.cache');
  const own = [join(cache, 'python', 'bin'), join(cache, 'clients', 'bin')];
  return named === '' ? own : [dirname(named), ...own];
}

function pathFolders(): string[] {
  return (process.env['PATH'] ?? '').split(delimiter);
}

function serverFolders(): string[] {
  const postgres = '/usr/lib/postgresql';
  const versions = existsSync(postgres) ? readdirSync(postgres).sort((a, b) => Number(b) - Number(a)) : [];
  return ['/usr/local/sbin', '/usr/sbin', '/sbin', ...versions.map((version) => join(postgres, version, 'bin'))];
}

function firstExecutable(folders: readonly string[], name: string): string | undefined {
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
