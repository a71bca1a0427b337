/**
 * A master key out of a passphrase: scrypt (RFC 7914), its salt and parameters in a file beside the data.
 * The file: `chancery-scrypt 1 <version> <N> <r> <p> <16 octets of salt in base64> <check value>`.
 * Whoever loses that file loses the keys, so it belongs into every backup; it holds no secret.
 */
import { randomFillSync, scrypt } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import { MasterKey, masterKeyLength } from './master-key.ts';
import { readSecretFile, writeSecretFile } from './secret-file.ts';

const what = 'master passphrase file';
const saltWhat = 'salt file of the master passphrase';
const shortest = 12;
const longest = 4096;
const line =
  /^chancery-scrypt 1 ([1-9][0-9]{0,8}) ([0-9]{1,8}) ([0-9]{1,3}) ([0-9]{1,3}) ([A-Za-z0-9+/]{22}==) ([0-9a-f]{16})\n?$/;

interface Parameters {
  readonly version: number;
  /** Cost: 128 · N · r octets of memory. */
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly salt: Uint8Array;
}

/**
 * The key that the passphrase means. On first use, when there is no salt file, makes one.
 * One newline at the end of the passphrase file does not count. Throws Fault `not-found`, `invalid`, and `mismatch`
 * when the passphrase is not the one that the salt file was made with.
 */
export async function deriveMasterKey(passphraseFile: string, saltFile: string): Promise<MasterKey> {
  const octets = readSecretFile(passphraseFile, what, longest);
  try {
    const passphrase = withoutNewline(octets);
    if (passphrase.length < shortest) {
      throw new Fault('invalid', `${what}: found ${passphrase.length} octets, at least ${shortest} expected`, { what });
    }
    const known = readSaltFile(saltFile);
    if (known === undefined) return await firstUse(passphrase, saltFile);
    const key = await derive(passphrase, known);
    if (key.checkValue !== known.checkValue) {
      throw new Fault('mismatch', `${what}: this is not the passphrase that ${saltFile} was made with`, { what });
    }
    return key;
  } finally {
    octets.fill(0);
  }
}

async function firstUse(passphrase: Uint8Array, saltFile: string): Promise<MasterKey> {
  const parameters = { version: 1, N: 2 ** 17, r: 8, p: 1, salt: randomFillSync(new Uint8Array(16)) };
  const key = await derive(passphrase, parameters);
  const { version, N, r, p, salt } = parameters;
  const text = ['chancery-scrypt', 1, version, N, r, p, Buffer.from(salt).toString('base64'), key.checkValue].join(' ');
  writeSecretFile(saltFile, saltWhat, Buffer.from(`${text}\n`));
  return key;
}

function derive(passphrase: Uint8Array, { version, N, r, p, salt }: Parameters): Promise<MasterKey> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, masterKeyLength, { N, r, p, maxmem: 2 ** 30 }, (cause, octets) => {
      if (cause === null) resolve(MasterKey.take(version, octets));
      else reject(cause);
    });
  });
}

function readSaltFile(path: string): (Parameters & { readonly checkValue: string }) | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const [, version, N, r, p, salt, checkValue] = line.exec(text) ?? [];
  if (salt === undefined || checkValue === undefined) {
    throw new Fault('invalid', `${saltWhat}: ${path} does not hold one line as this program writes it`, {
      what: saltWhat,
    });
  }
  const found = { version: Number(version), N: Number(N), r: Number(r), p: Number(p) };
  assertCost(found);
  return { ...found, salt: Buffer.from(salt, 'base64'), checkValue };
}

/** Neither so cheap that the passphrase could be guessed nor so dear that a start takes the machine down. */
function assertCost({ N, r, p }: { N: number; r: number; p: number }): void {
  const isPower = Number.isInteger(Math.log2(N));
  if (!isPower || N < 2 ** 17 || N > 2 ** 20 || r !== 8 || p < 1 || p > 4) {
    throw new Fault(
      'invalid',
      `${saltWhat}: N=${N}, r=${r}, p=${p}, expected N from 2^17 to 2^20, r=8, p from 1 to 4`,
      {
        what: saltWhat,
      },
    );
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return new TextDecoder().decode(readSecretFile(path, saltWhat, 256));
  } catch (cause) {
    if (cause instanceof Fault && cause.kind === 'not-found') return undefined;
    throw cause;
  }
}

function withoutNewline(octets: Uint8Array): Uint8Array {
  if (octets.at(-1) !== 0x0a) return octets;
  return octets.subarray(0, octets.at(-2) === 0x0d ? -2 : -1);
}
