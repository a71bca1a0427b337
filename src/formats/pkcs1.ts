import { hexOf } from '../x509/der/hex.ts';
import { Fault } from '../core/fault.ts';
import type { KeyAlgorithm } from '../core/key.ts';
import { readDer, type DerReader } from '../x509/der/reader.ts';

/**
 * Checks an RSAPrivateKey (RFC 8017 appendix A.1.2) and names its algorithm. The five parts of the Chinese remainder
 * form must agree with modulus and exponents: OpenSSL would sign with a key whose parts disagree, Java would not.
 * Throws Fault `malformed`, `unsupported` (size, more than two primes), `invalid` with reason `inconsistent`.
 */
export function checkPkcs1(pkcs1: Uint8Array): KeyAlgorithm {
  const whole = readDer(pkcs1, 'private key');
  const key = whole.sequence();
  whole.finish();
  const version = key.smallInteger();
  if (version !== 0) unsupported(`an RSA key of version ${version}`, 'two primes (version 0)');
  const modulus = positive(key);
  const algorithm = sizes.get(bitLength(modulus));
  if (algorithm === undefined) {
    unsupported(`an RSA key of ${bitLength(modulus)} bits`, [...sizes.keys()].join(', '));
  }
  const [e, d, p, q, dp, dq, qInverse] = [0, 1, 2, 3, 4, 5, 6].map(() => numberOf(positive(key, modulus.length)));
  key.finish();
  const n = numberOf(modulus);
  const agrees =
    e !== undefined &&
    d !== undefined &&
    p !== undefined &&
    q !== undefined &&
    dp !== undefined &&
    dq !== undefined &&
    qInverse !== undefined &&
    p > 1n &&
    q > 1n &&
    p * q === n &&
    e % 2n === 1n &&
    e > 1n &&
    d < n &&
    (d - dp) % (p - 1n) === 0n &&
    (d - dq) % (q - 1n) === 0n &&
    (e * dp) % (p - 1n) === 1n &&
    (e * dq) % (q - 1n) === 1n &&
    (q * qInverse) % p === 1n;
  if (!agrees) {
    throw new Fault('invalid', 'the parts of the RSA private key do not belong together', {
      what: 'private key',
      reason: 'inconsistent',
    });
  }
  return algorithm;
}

const sizes: ReadonlyMap<number, KeyAlgorithm> = new Map([
  [1024, 'RSA-1024'],
  [2048, 'RSA-2048'],
  [3072, 'RSA-3072'],
  [4096, 'RSA-4096'],
]);

/** Magnitude of a positive INTEGER, without its sign octet, never longer than the modulus: the sums stay bounded. */
function positive(key: DerReader, atMost = 1 << 16): Uint8Array {
  const value = key.integer();
  if ((value[0] ?? 0) >= 0x80) key.fail('a part of the RSA key is negative');
  const magnitude = value[0] === 0 ? value.subarray(1) : value;
  if (magnitude.length > atMost) key.fail('a part of the RSA key is longer than its modulus');
  return magnitude;
}

function bitLength(magnitude: Uint8Array): number {
  return magnitude.length === 0 ? 0 : magnitude.length * 8 - (Math.clz32(magnitude[0] ?? 0) - 24);
}

/** BigInts cannot be wiped: this runs once, when a key is imported, on text that came in as a string anyway. */
function numberOf(magnitude: Uint8Array): bigint {
  return magnitude.length === 0 ? 0n : BigInt(`0x${hexOf(magnitude)}`);
}

function unsupported(found: string, expected: string): never {
  throw new Fault('unsupported', `found ${found}, expected ${expected}`, { what: 'private key', reason: 'algorithm' });
}
