#!/usr/bin/env node
// The `chancery` command: everything it does is in src/cli/main.ts, run by a Node that can.
import { run } from './run.mjs';

const args = process.argv.slice(2);
const isServer = args.length === 0 || args[0] === 'serve';
// A server lives long and mostly waits: small young generations keep it below 150 MB at rest (measured: 140 instead of
// 162 MiB), and cost nothing that the benchmark shows.
await run('src/cli/main.ts', args, isServer ? ['--max-semi-space-size=4'] : []);
