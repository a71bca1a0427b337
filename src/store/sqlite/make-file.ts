import { closeSync, existsSync, openSync } from 'node:fs';

/**
 * Makes an empty file that only its owner may read; SQLite's log files follow its mode. Never opens one that exists:
 * closing a file ends this process's POSIX locks on it, also those that SQLite holds.
 */
export function makeFile(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
}
