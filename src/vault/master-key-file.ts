/**
 * A master key in a file of one line: `chancery-master-key 1 <version> <32 octets in base64> <check value>`.
 * The leading 1 is the layout; the check value catches a damaged line before anything is sealed with it.
 */
import { randomFillSync } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import { MasterKey, masterKeyLength } from './master-key.ts';
import { readSecretFile, writeSecretFile } from './secret-file.ts';

const what = 'master key file';
const line = /^chancery-master-key 1 ([1-9][0-9]{0,8}) ([A-Za-z0-9+/]{43}=) ([0-9a-f]{16})\n?$/;

/** Makes the file, 0600, with a new random key of version 1. Throws Fault `already-exists`. */
export function makeMasterKeyFile(path: string): void {
  const octets = randomFillSync(Buffer.alloc(masterKeyLength));
  const base64 = octets.toString('base64');
  const { version, checkValue } = MasterKey.take(1, octets);
  const text = Buffer.from(`chancery-master-key 1 ${version} ${base64} ${checkValue}\n`);
  try {
    writeSecretFile(path, what, text);
  } finally {
    text.fill(0);
  }
}

/** Throws Fault `not-found`, or `invalid` for permissions other than 0600 and 0400 or any other content. */
export function readMasterKeyFile(path: string): MasterKey {
  const octets = readSecretFile(path, what, 128);
  try {
    const [, version, base64, checkValue] = line.exec(new TextDecoder().decode(octets)) ?? [];
    if (version === undefined || base64 === undefined) {
      throw new Fault('invalid', `${what}: ${path} does not hold one line as this program writes it`, { what });
    }
    const key = MasterKey.take(Number(version), Buffer.from(base64, 'base64'));
    if (key.checkValue !== checkValue) {
      throw new Fault('invalid', `${what}: ${path} is damaged, its check value does not fit its key`, { what });
    }
    return key;
  } finally {
    octets.fill(0);
  }
}
