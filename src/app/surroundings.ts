import { accessSync, constants, statSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Surroundings } from './config.ts';

/** The machine as the configuration's checks see it. */
export function surroundings(): Surroundings {
  return { cwd: process.cwd(), hostName: hostname(), look };
}

function look(path: string): 'file' | 'folder' | undefined {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isDirectory() ? 'folder' : 'file'; // a pipe counts too: secrets may come through one
  } catch {
    return undefined; // absent or not ours to read: the same answer for whoever named it
  }
}
