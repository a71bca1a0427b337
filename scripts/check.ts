/**
 * `npm run check`: types, lint with the dependency rules of the rooms, format, file sizes and names, side by side.
 * Prints a line for each and, below it, what it found. Ends with 1 when anything was found.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileViolations, folders } from './file-rules.ts';

interface Outcome {
  readonly isGood: boolean;
  readonly output: string;
}

const root = dirname(import.meta.dirname);
const linted = folders.filter((folder) => existsSync(join(root, folder)));

const checks: readonly { readonly name: string; readonly run: () => Promise<Outcome> }[] = [
  { name: 'types', run: () => tool('typescript', 'tsc', ['-p', '.', '--pretty', 'false']) },
  // core must compile without Node's types: it knows neither Node nor npm.
  { name: 'types of core', run: () => tool('typescript', 'tsc', ['-p', 'src/core', '--pretty', 'false']) },
  { name: 'lint and rooms', run: () => tool('oxlint', 'oxlint', ['--type-aware', '--deny-warnings', ...linted]) },
  { name: 'format', run: () => tool('@biomejs/biome', 'biome', ['format', '--colors=off', '.']) },
  { name: 'files', run: async () => verdictOnFiles() },
];

const outcomes = await Promise.all(checks.map(({ run }) => run()));
for (const [index, { isGood, output }] of outcomes.entries()) {
  console.log(`${isGood ? 'ok    ' : 'FAILED'} ${checks[index]?.name}`);
  if (!isGood) console.log(`${output.trim()}\n`);
}
process.exitCode = outcomes.every(({ isGood }) => isGood) ? 0 : 1;

function verdictOnFiles(): Outcome {
  const violations = fileViolations(root);
  return { isGood: violations.length === 0, output: violations.join('\n') };
}

/** Runs a package's command from node_modules. */
function tool(packageName: string, command: string, args: readonly string[]): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const child = spawn(process.execPath, [scriptOf(packageName, command), ...args], { cwd: root });
  let output = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr.on('data', (part: Buffer) => (output += part.toString()));
  child.on('error', (cause) => resolve({ isGood: false, output: cause.message }));
  child.on('close', (code) => resolve({ isGood: code === 0, output }));
  return promise;
}

function scriptOf(packageName: string, command: string): string {
  const folder = join(root, 'node_modules', packageName);
  const { bin }: { bin: string | Record<string, string> } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  return join(folder, typeof bin === 'string' ? bin : (bin[command] ?? ''));
}
