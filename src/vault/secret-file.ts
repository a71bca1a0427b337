/** Files that hold a secret: readable by their owner alone, and read no further than they should be long. */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Fault } from '../core/fault.ts';

/**
 * The file's octets, the caller's to wipe. Throws Fault `invalid` when others than the owner may touch it, when it
 * is no file, or longer than `limit`; Fault `not-found` when it is not there.
 */
export function readSecretFile(path: string, what: string, limit: number): Uint8Array {
  const fd = openToRead(path, what);
  try {
    const { mode, size } = fstatSync(fd);
    const permissions = mode & 0o777;
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) throw refuse(what, `${path} is not a regular file`);
    if (permissions !== 0o600 && permissions !== 0o400) {
      const found = permissions.toString(8).padStart(4, '0');
      throw refuse(what, `${path} has permissions ${found}, expected 0600 or 0400 (chmod 600)`);
    }
    if (size > limit) throw refuse(what, `${path} has ${size} octets, at most ${limit} expected`);
    const octets = new Uint8Array(size);
    const count = readSync(fd, octets, 0, size, 0);
    if (count !== size) throw refuse(what, `${path} changed while it was read`);
    return octets;
  } finally {
    closeSync(fd);
  }
}

/**
 * Makes the file 0600 with these octets, durable when it returns and never there in part: whoever is killed in between
 * leaves a `.partial` beside it and no file. Throws Fault `already-exists`.
 */
export function writeSecretFile(path: string, what: string, octets: Uint8Array): void {
  const partial = `${path}.${randomUUID()}.partial`;
  const fd = openSync(partial, 'wx', 0o600);
  try {
    writeSync(fd, octets);
    fsyncSync(fd);
    linkSync(partial, path); // unlike a rename, a link never replaces
  } catch (cause) {
    if (isCode(cause, 'EEXIST')) throw new Fault('already-exists', `${what}: ${path} exists already`, { what });
    throw cause;
  } finally {
    closeSync(fd);
    unlinkSync(partial);
  }
  syncFolder(dirname(path));
}

function syncFolder(path: string): void {
  const folder = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function openToRead(path: string, what: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) throw new Fault('not-found', `${what}: ${path} does not exist`, { what });
    if (isCode(cause, 'EACCES')) throw refuse(what, `${path} may not be read by this user`);
    throw cause;
  }
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}

function refuse(what: string, found: string): Fault {
  return new Fault('invalid', `${what}: ${found}`, { what });
}
