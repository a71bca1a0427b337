/** What the tour took out: files in folders, the checks that each passed, and how to use it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export interface Check {
  readonly name: string;
  /** What was seen; a throw is a failure, `undefined` means that the program for it is not installed. */
  readonly run: () => string | undefined | Promise<string | undefined>;
}

interface Row {
  readonly operation: string;
  /** Below the output folder. */
  readonly folder: string;
  readonly checks: string;
  readonly use: string;
}

export class Exhibits {
  readonly #output: string;
  readonly #rows: Row[] = [];
  failures = 0;

  constructor(output: string) {
    this.#output = output;
  }

  get count(): number {
    return this.#rows.length;
  }

  /** Writes the files into a folder of their own, runs the checks, prints one line and keeps a row for the end. */
  async show(
    operation: string,
    folder: string,
    files: Readonly<Record<string, Uint8Array | string>>,
    use: string,
    checks: (path: (name: string) => string) => readonly Check[],
  ): Promise<void> {
    const place = join(this.#output, folder);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(place, name)), { recursive: true });
      writeFileSync(join(place, name), content, { mode: 0o600 });
    }
    const seen: string[] = [];
    const absent = new Set<string>();
    for (const { name, run } of checks((file) => join(place, file))) {
      const said = await this.#check(run);
      if (said === undefined) absent.add(name.split(' ')[0] ?? name);
      else seen.push(`${name} ${said}`);
    }
    for (const program of absent) seen.push(`${program} not installed`);
    console.log(`  ${operation} -> ${folder}/ {${Object.keys(files).join(', ')}}`);
    this.#rows.push({ operation, folder, checks: seen.join(', '), use });
  }

  async #check(run: Check['run']): Promise<string | undefined> {
    try {
      return await run();
    } catch (cause) {
      this.failures += 1;
      return `FAILED (${cause instanceof Error ? cause.message : String(cause)})`;
    }
  }

  /** The table: two lines an export, for a terminal of 160 columns. */
  print(): void {
    const wide = (pick: (row: Row) => string) => Math.max(...this.#rows.map((row) => pick(row).length));
    const [operations, folders] = [wide((row) => row.operation), wide((row) => row.folder)];
    console.log(`\nWhat was made in ${relative(process.cwd(), this.#output)}/, how it was checked, how to use it:\n`);
    for (const { operation, folder, checks, use } of this.#rows) {
      console.log(`${operation.padEnd(operations)}  ${folder.padEnd(folders)}  ${checks}`);
      console.log(`${' '.repeat(operations)}  ${use}`);
    }
  }
}

/**
 * Runs openssl, with `input` on its standard input; `undefined` when it is not installed; throws with what it said when
 * it fails or says nothing like `expected`.
 */
export function openssl(args: readonly string[], expected?: RegExp, input?: Uint8Array): string | undefined {
  return program('openssl', args, expected, input);
}

/** Java's keytool, in the same way. */
export function keytool(args: readonly string[], expected?: RegExp): string | undefined {
  return program('keytool', args, expected);
}

function program(name: string, args: readonly string[], expected: RegExp = /[^]*/, input: Uint8Array = nothing) {
  const done = spawnSync(name, args, { encoding: 'utf8', input });
  if (done.error !== undefined) return undefined;
  const said = `${done.stdout}${done.stderr}`;
  if (done.status !== 0 || !expected.test(said))
    throw new Error(`${name} ${args[0]}: ${said.trim().split('\n').at(-1)}`);
  return 'ok';
}

const nothing = new Uint8Array();
