#!/usr/bin/env node
// The `chancery` command: everything it does is in src/cli/main.ts, run by a Node that can.
import { run } from './run.mjs';

await run('src/cli/main.ts', process.argv.slice(2));
