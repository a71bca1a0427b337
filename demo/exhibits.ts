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
  readonly where: string;
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
    for (const { name, run } of checks((file) => join(place, file))) seen.push(await this.#check(name, run));
    console.log(`  ${operation} -> ${relative(process.cwd(), place)}/ {${Object.keys(files).join(', ')}}`);
    this.#rows.push({ operation, where: relative(process.cwd(), place), checks: seen.join(', '), use });
  }

  async #check(name: string, run: Check['run']): Promise<string> {
    try {
      const result = await run();
      return result === undefined ? `${name}: not installed` : `${name}: ${result}`;
    } catch (cause) {
      this.failures += 1;
      return `${name}: FAILED (${cause instanceof Error ? cause.message : String(cause)})`;
    }
  }

  print(): void {
    const wide = (pick: (row: Row) => string) => Math.max(...this.#rows.map((row) => pick(row).length));
    const [operations, places] = [wide((row) => row.operation), wide((row) => row.where)];
    console.log('\nWhat was made, how it was checked, how to use it:\n');
    for (const { operation, where, checks, use } of this.#rows) {
      console.log(`${operation.padEnd(operations)}  ${where.padEnd(places)}  ${checks}`);
      console.log(`${' '.repeat(operations)}  ${use}`);
    }
  }
}

/** Runs openssl; `undefined` when it is not installed; throws with what it said when it fails or says nothing like `expected`. */
export function openssl(args: readonly string[], expected: RegExp = /[^]*/): string | undefined {
  return program('openssl', args, expected);
}

/** Java's keytool, in the same way. */
export function keytool(args: readonly string[], expected: RegExp = /[^]*/): string | undefined {
  return program('keytool', args, expected);
}

function program(name: string, args: readonly string[], expected: RegExp): string | undefined {
  const done = spawnSync(name, args, { encoding: 'utf8' });
  if (done.error !== undefined) return undefined;
  const said = `${done.stdout}${done.stderr}`;
  if (done.status !== 0 || !expected.test(said))
    throw new Error(`${name} ${args[0]}: ${said.trim().split('\n').at(-1)}`);
  return 'ok';
}
