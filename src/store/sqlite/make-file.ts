import { closeSync, openSync } from 'node:fs';

/** Makes an empty file that only its owner may read; leaves one that exists alone. SQLite's log files follow its mode. */
export function makeFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}
