/**
 * A master key in a file of one line: `chancery-master-key 1 <version> <check value> <32 octets in base64>`.
 * The leading 1 is the layout; the check value catches a damaged line before anything is sealed with it.
 */
import { randomFillSync } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import { decodeBase64, encodeBase64 } from './base64-octets.ts';
import { MasterKey, masterKeyLength } from './master-key.ts';
import { readSecretFile, writeSecretFile } from './secret-file.ts';

const what = 'master key file';
/** All of the line but the key, which is kept out of strings. */
const head = /^chancery-master-key 1 ([1-9][0-9]{0,8}) ([0-9a-f]{16}) $/;
const keyTextLength = 44;

/** Makes the file, 0600, with a new random key of version 1. Throws Fault `already-exists`. */
export function makeMasterKeyFile(path: string): void {
  const octets = randomFillSync(new Uint8Array(masterKeyLength));
  const key = encodeBase64(octets);
  const { version, checkValue } = MasterKey.take(1, octets);
  const start = new TextEncoder().encode(`chancery-master-key 1 ${version} ${checkValue} `);
  const text = Uint8Array.of(...start, ...key, newline);
  try {
    writeSecretFile(path, what, text);
  } finally {
    key.fill(0);
    text.fill(0);
  }
}

/** Throws Fault `not-found`, or `invalid` for permissions other than 0600 and 0400 or any other content. */
export function readMasterKeyFile(path: string): MasterKey {
  const octets = readSecretFile(path, what, 128);
  try {
    const line = octets.at(-1) === newline ? octets.subarray(0, -1) : octets;
    const keyText = line.subarray(Math.max(0, line.length - keyTextLength));
    const start = new TextDecoder('latin1').decode(line.subarray(0, line.length - keyText.length));
    const [, version, checkValue] = head.exec(start) ?? [];
    if (version === undefined || keyText.length !== keyTextLength) throw notOurs(path);
    const key = MasterKey.take(Number(version), decodeKey(keyText, path));
    if (key.checkValue !== checkValue) {
      throw new Fault('invalid', `${what}: ${path} is damaged, its check value does not fit its key`, { what });
    }
    return key;
  } finally {
    octets.fill(0);
  }
}

function decodeKey(text: Uint8Array, path: string): Uint8Array {
  let octets: Uint8Array;
  try {
    octets = decodeBase64(text);
  } catch {
    throw notOurs(path);
  }
  if (octets.length === masterKeyLength) return octets;
  octets.fill(0);
  throw notOurs(path);
}

function notOurs(path: string): Fault {
  return new Fault('invalid', `${what}: ${path} does not hold one line as this program writes it`, { what });
}

const newline = 0x0a;
