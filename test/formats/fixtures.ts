/** Keys of test/vectors and certificates over them, made here so that these tests need nothing but Node. */
import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { Fault, type FaultKind } from '../../src/core/fault.ts';
import type { KeyAlgorithm } from '../../src/core/key.ts';
import { tags } from '../../src/x509/der/tags.ts';
import * as der from '../../src/x509/der/writer.ts';

export const algorithms = ['RSA-2048', 'RSA-3072', 'RSA-4096', 'P-256', 'P-384', 'P-521'] as const;

export function keyPem(algorithm: KeyAlgorithm): Uint8Array {
  return new Uint8Array(readFileSync(join(import.meta.dirname, `../vectors/keys/${algorithm.toLowerCase()}.pem`)));
}

export function keyObject(algorithm: KeyAlgorithm): KeyObject {
  return createPrivateKey(Buffer.from(keyPem(algorithm)));
}

export function pkcs8Of(algorithm: KeyAlgorithm): Uint8Array {
  return new Uint8Array(keyObject(algorithm).export({ format: 'der', type: 'pkcs8' }));
}

/** A leaf for localhost over this key, and the chain above it: an intermediate, then the root. */
export function certified(algorithm: KeyAlgorithm): Certified {
  const known = made.get(algorithm) ?? certify(algorithm);
  made.set(algorithm, known); // ECDSA signs differently every time
  return known;
}

interface Certified {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly root: Uint8Array;
}

const made = new Map<KeyAlgorithm, Certified>();

function certify(algorithm: KeyAlgorithm): Certified {
  const root = certificate('Test Root', 'Test Root', keyObject('P-384'), keyObject('P-384'), true);
  const issuing = certificate('Test Issuing', 'Test Root', keyObject('P-256'), keyObject('P-384'), true);
  const leaf = certificate('localhost', 'Test Issuing', keyObject(algorithm), keyObject('P-256'), false);
  return { certificate: leaf, chain: [issuing, root], root };
}

/** Whether an error is the Fault that was expected. */
export function fault(kind: FaultKind, subject: { what?: string; reason?: string } = {}) {
  return (error: unknown): boolean =>
    error instanceof Fault &&
    error.kind === kind &&
    Object.entries(subject).every(([name, value]) => Reflect.get(error.subject, name) === value);
}

/** A folder that goes away with the tests of this file. */
export async function folderForTests(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chancery-formats-'));
  after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const day = 86_400_000;
const today = Math.floor(Date.now() / day) * day;
const ecdsaWithSha256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));

function certificate(subject: string, issuer: string, key: KeyObject, issuerKey: KeyObject, isAuthority: boolean) {
  const extensions = isAuthority
    ? [extension('2.5.29.19', der.sequence(der.boolean(true))), extension('2.5.29.15', der.namedBits([5, 6]))]
    : [extension('2.5.29.17', der.sequence(der.element(0x82, new TextEncoder().encode('localhost'))))];
  const body = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(BigInt(subject.length) + 1000n),
    ecdsaWithSha256,
    name(issuer),
    der.sequence(der.time(today - day), der.time(today + 30 * day)),
    name(subject),
    new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' })),
    der.explicit(3, der.sequence(...extensions)),
  );
  return der.sequence(body, ecdsaWithSha256, der.bitString(sign('sha256', body, issuerKey)));
}

function name(commonName: string): Uint8Array {
  const value = der.element(tags.utf8String, new TextEncoder().encode(commonName));
  return der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), value)));
}

function extension(oid: string, value: Uint8Array): Uint8Array {
  const isCritical = oid !== '2.5.29.17';
  return der.sequence(der.oid(oid), ...(isCritical ? [der.boolean(true)] : []), der.octetString(value));
}
