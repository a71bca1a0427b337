/**
 * `npm test [-- FILE_OR_FOLDER …]`: runs test/**\/*.test.ts, two files at a time, each in a process of its own.
 * A file that does not end in time is stopped and counts as failed, so that nothing can hang the run.
 */
import { existsSync, globSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { run } from 'node:test';
import { FileTally, type Tally } from './reporter-tally.ts';
import { verdictOn } from './reporter.ts';

/** node:test's own closing lines. */
const isCount = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [0-9.]+$/;
const root = dirname(import.meta.dirname);
const concurrency = 2;
/** Real clients and servers start in some files; a file of ours takes seconds. */
const fileTimeoutMs = Number(process.env['CHANCERY_TEST_FILE_TIMEOUT_MS'] ?? 300_000);

const files = process.argv.length > 2 ? process.argv.slice(2).flatMap(filesOf) : filesOf('test');
const tallies = await runAll(files);
const { text, isGood } = verdictOn(tallies, root, process.env['CI'] === 'true');
console.log(`\n${text}`);
// A test may have left a handle open in node:test's own machinery; everything has been said.
process.exit(isGood ? 0 : 1);

/** The test files that an argument names: itself, or those below a folder. Ends the run when there is none. */
function filesOf(named: string): string[] {
  const path = existsSync(resolve(named)) ? resolve(named) : join(root, named);
  if (!existsSync(path)) {
    console.error(`${named}: no such test file or folder\n\n0 passed, 0 failed, 0 skipped`);
    process.exit(1);
  }
  return statSync(path).isFile()
    ? [path]
    : globSync('**/*.test.ts', { cwd: path })
        .sort()
        .map((file) => join(path, file));
}

async function runAll(files: readonly string[]): Promise<readonly Tally[]> {
  const waiting = [...files];
  const done: Tally[] = [];
  const worker = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      showProgress(done, files.length, file);
      done.push(await runFile(file));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  showProgress(done, files.length, '');
  return done.sort((a, b) => (a.file < b.file ? -1 : 1));
}

function runFile(file: string): Promise<Tally> {
  const tally = new FileTally(file);
  const stop = new AbortController();
  const { promise, resolve: finish } = Promise.withResolvers<Tally>();
  const timers = [
    setTimeout(() => {
      tally.printed(`\nstopped after ${fileTimeoutMs} ms\n`);
      stop.abort(new Error(`${relative(root, file)} did not end within ${fileTimeoutMs} ms`));
    }, fileTimeoutMs),
    // A program that the test started may hold the pipes of the stopped file open.
    setTimeout(() => finish(tally.close()), fileTimeoutMs + 10_000),
  ];
  const events = run({
    files: [file],
    signal: stop.signal,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  events.on('test:start', (event) => tally.started(event));
  events.on('test:pass', (event) => tally.finished(event, 'pass'));
  events.on('test:fail', (event) => tally.finished(event, 'fail'));
  events.on('test:summary', ({ file }) => (file === undefined ? undefined : tally.summarized()));
  events.on('test:stdout', ({ message }) => tally.printed(message));
  events.on('test:stderr', ({ message }) => tally.printed(message));
  events.on('test:diagnostic', ({ message }) => (isCount.test(message) ? undefined : tally.printed(`${message}\n`)));
  events.on('end', () => finish(tally.close()));
  events.resume();
  return promise.finally(() => timers.forEach(clearTimeout));
}

/** One line that is written over, and only to a person. */
function showProgress(done: readonly Tally[], total: number, file: string): void {
  if (!process.stdout.isTTY) return;
  const failed = done.reduce((count, { failures }) => count + failures.length, 0);
  process.stdout.write(`\r\x1b[K${done.length}/${total} files, ${failed} failed  ${relative(root, file)}`);
}
