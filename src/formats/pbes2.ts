/** Password-based encryption of PKCS#5 v2.1 (RFC 8018 §6.2): PBKDF2 with HMAC-SHA-256, AES-256 in CBC mode. */
import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import type { DerReader } from '../x509/der/reader.ts';
import { tags } from '../x509/der/tags.ts';
import * as der from '../x509/der/writer.ts';

/** What is written where only PBES2 protects a key. Node's own PKCS#8 encryption uses 2,048 and cannot be told. */
export const keyIterations = 100_000;
/** What is read: more would let a file decide how long a processor works. */
const iterationsAtMost = 2_000_000;

const oids = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacWithSha256: '1.2.840.113549.2.9',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
} as const;

export interface Sealed {
  /** AlgorithmIdentifier, DER. */
  readonly algorithm: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** The password's octets are used as they are. The key is derived on libuv's threads; the event loop stays free. */
export async function pbes2Encrypt(plain: Uint8Array, password: Uint8Array, iterations: number): Promise<Sealed> {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const key = await deriveKey(password, salt, iterations);
  try {
    const cipher = createCipheriv('aes-256-cbc', key, iv);
    return { algorithm: algorithmOf(salt, iterations, iv), ciphertext: concat(cipher.update(plain), cipher.final()) };
  } finally {
    key.fill(0);
  }
}

/**
 * @param algorithm a reader at the AlgorithmIdentifier; Fault `unsupported` unless it is what `pbes2Encrypt` writes
 * Undefined when the padding shows that the password is wrong; another password passes that test once in 256.
 * The result is the caller's to wipe.
 */
export async function pbes2Decrypt(
  algorithm: DerReader,
  ciphertext: Uint8Array,
  password: Uint8Array,
): Promise<Uint8Array | undefined> {
  const { salt, iterations, iv } = readAlgorithm(algorithm);
  const key = await deriveKey(password, salt, iterations);
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, iv);
    return concat(decipher.update(ciphertext), decipher.final());
  } catch {
    return undefined;
  } finally {
    key.fill(0);
  }
}

function deriveKey(password: Uint8Array, salt: Uint8Array, iterations: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  pbkdf2(password, salt, iterations, 32, 'sha256', (error, key) => (error === null ? resolve(key) : reject(error)));
  return promise;
}

function concat(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const out = new Uint8Array(head.length + tail.length);
  out.set(head);
  out.set(tail, head.length);
  head.fill(0);
  tail.fill(0);
  return out;
}

function algorithmOf(salt: Uint8Array, iterations: number, iv: Uint8Array): Uint8Array {
  const prf = der.sequence(der.oid(oids.hmacWithSha256), der.nullValue());
  const derivation = der.sequence(
    der.oid(oids.pbkdf2),
    der.sequence(der.octetString(salt), der.integer(iterations), prf),
  );
  const cipher = der.sequence(der.oid(oids.aes256Cbc), der.octetString(iv));
  return der.sequence(der.oid(oids.pbes2), der.sequence(derivation, cipher));
}

function readAlgorithm(reader: DerReader): { salt: Uint8Array; iterations: number; iv: Uint8Array } {
  const algorithm = reader.sequence();
  expectOid(algorithm, oids.pbes2);
  const parameters = algorithm.sequence();
  algorithm.finish();
  const derivation = parameters.sequence();
  const cipher = parameters.sequence();
  parameters.finish();
  expectOid(derivation, oids.pbkdf2);
  const inputs = derivation.sequence();
  derivation.finish();
  const salt = inputs.octetString();
  const iterations = inputs.smallInteger();
  if (inputs.has(tags.integer) && inputs.smallInteger() !== 32) inputs.fail('a key length is not 32');
  if (inputs.isAtEnd) unsupported('HMAC-SHA-1', oids.hmacWithSha256);
  const prf = inputs.sequence();
  inputs.finish();
  expectOid(prf, oids.hmacWithSha256);
  prf.null();
  prf.finish();
  if (iterations < 1 || iterations > iterationsAtMost) {
    unsupported(`${iterations} iterations`, `1 to ${iterationsAtMost}`);
  }
  expectOid(cipher, oids.aes256Cbc);
  const iv = cipher.octetString();
  cipher.finish();
  if (iv.length !== 16) cipher.fail(`an initialisation vector has ${iv.length} octets, 16 are expected`);
  return { salt, iterations, iv };
}

function expectOid(reader: DerReader, expected: string): void {
  const found = reader.oid();
  if (found !== expected) unsupported(found, expected);
}

function unsupported(found: string, expected: string): never {
  throw new Fault('unsupported', `the encryption uses ${found}, expected ${expected}`, {
    what: 'private key',
    reason: 'algorithm',
  });
}
