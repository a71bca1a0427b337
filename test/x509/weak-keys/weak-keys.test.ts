/** Keys that must not be certified, made weak by construction; OpenSSL's own keys are the counterpart. */
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, generatePrimeSync, checkPrimeSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { Fault } from '../../../src/core/fault.ts';
import { assertStrongKey } from '../../../src/x509/weak-keys/index.ts';

const f4 = Uint8Array.of(1, 0, 1);

function bytesOf(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return Uint8Array.fromHex(hex.length % 2 === 0 ? hex : `0${hex}`);
}

function rsa(n: bigint, exponent: Uint8Array = f4): void {
  assertStrongKey({ kind: 'RSA', modulus: bytesOf(n), exponent });
}

const weak = (message: RegExp) => (error: unknown) =>
  error instanceof Fault &&
  error.kind === 'invalid' &&
  error.subject.what === 'public key' &&
  error.subject.reason === 'weak-key' &&
  message.test(error.message);

const prime = (bits: number): bigint => generatePrimeSync(bits, { bigint: true });
const strong = prime(1024) * prime(1024);

function nextPrime(from: bigint): bigint {
  let candidate = from | 1n;
  while (!checkPrimeSync(candidate, { checks: 20 })) candidate += 2n;
  return candidate;
}

describe('assertStrongKey, RSA', () => {
  it('accepts keys that OpenSSL generated, of 2048, 3072 and 4096 bits', () => {
    for (const modulusLength of [2048, 3072, 4096]) {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength });
      const { n, e } = publicKey.export({ format: 'jwk' });
      assertStrongKey({
        kind: 'RSA',
        modulus: Buffer.from(String(n), 'base64url'),
        exponent: Buffer.from(String(e), 'base64url'),
      });
    }
  });

  it('accepts a modulus with a leading zero octet, as DER writes it', () => {
    assertStrongKey({ kind: 'RSA', modulus: new Uint8Array([0, ...bytesOf(strong)]), exponent: f4 });
  });

  it('refuses 2047 bits and 8193 bits, and accepts 2048', () => {
    const low = (1n << 2047n) - 1n;
    assert.throws(() => rsa(low), weak(/2047 bits, 2048 to 8192/));
    assert.throws(() => rsa((1n << 8192n) + 1n), weak(/8193 bits/));
    assert.throws(() => assertStrongKey({ kind: 'RSA', modulus: new Uint8Array(300), exponent: f4 }), weak(/0 bits/));
    assert.throws(() => assertStrongKey({ kind: 'RSA', modulus: new Uint8Array(0), exponent: f4 }), weak(/0 bits/));
  });

  it('refuses a modulus of a million octets by its length alone', () => {
    const modulus = new Uint8Array(1_000_000).fill(0xff);
    assert.throws(() => assertStrongKey({ kind: 'RSA', modulus, exponent: f4 }), weak(/8000000 bits/));
  });

  it('refuses the exponents 0, 1, 3, 65535, an even one and one of 2^256', () => {
    assert.throws(() => rsa(strong, new Uint8Array(0)), weak(/even/));
    assert.throws(() => rsa(strong, Uint8Array.of(1)), weak(/is 1, expected at least 65537/));
    assert.throws(() => rsa(strong, Uint8Array.of(3)), weak(/is 3, expected at least 65537/));
    assert.throws(() => rsa(strong, Uint8Array.of(0, 0xff, 0xff)), weak(/is 65535/));
    assert.throws(() => rsa(strong, Uint8Array.of(1, 0, 2)), weak(/even/));
    assert.throws(() => rsa(strong, bytesOf((1n << 256n) + 1n)), weak(/below 2\^256/));
    rsa(strong, bytesOf((1n << 256n) - 1n));
    rsa(strong, bytesOf(65539n));
  });

  it('refuses an even modulus and one with a factor below 752', () => {
    assert.throws(() => rsa(strong * 2n), weak(/divisible by 2,/));
    assert.throws(() => rsa(strong * 3n), weak(/divisible by 3,/));
    assert.throws(() => rsa(strong * 751n), weak(/divisible by 751,/));
    rsa(strong * 757n);
  });

  it('refuses primes that lie close together, and a square (Fermat)', () => {
    const p = prime(1024);
    assert.throws(() => rsa(p * nextPrime(p + 2n)), weak(/Fermat/));
    assert.throws(() => rsa(p * p), weak(/in 1 rounds of Fermat/));
    const apart = nextPrime(p + (1n << 515n));
    assert.throws(() => rsa(p * apart), weak(/Fermat/));
  });

  it('finds close primes in the last of 110 rounds and not in the one after', () => {
    // n = a² − b² is found in round a − ⌈√n⌉ + 1, and a − √n is close to b²/2a.
    const foundIn = (round: bigint): string | undefined => {
      const a = prime(1024) * 2n;
      for (let b = squareRoot((2n * round - 1n) * a) | 1n; ; b -= 2n) {
        try {
          rsa(a * a - b * b);
          return undefined;
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          if (!error.message.includes('divisible')) return error.message;
        }
      }
    };
    assert.match(foundIn(1n) ?? '', /in 1 rounds of Fermat/);
    assert.match(foundIn(110n) ?? '', /in 110 rounds of Fermat/);
    assert.equal(foundIn(111n), undefined);
  });

  it('refuses the ROCA fingerprint: primes k·M + 65537^a mod M (CVE-2017-15361)', () => {
    // M of the 2048-bit variant: the product of the first 126 primes.
    const m = firstPrimes(126).reduce((product, one) => product * BigInt(one), 1n);
    const infineon = (): bigint => {
      const residue = power(65537n, BigInt(Math.floor(Math.random() * 1e9)), m);
      const bits = BigInt(1024 - m.toString(2).length);
      for (let k = (1n << bits) - BigInt(Math.floor(Math.random() * 1e9)); ; k--) {
        const candidate = k * m + residue;
        if (checkPrimeSync(candidate, { checks: 10 })) return candidate;
      }
    };
    const n = infineon() * infineon();
    assert.throws(() => rsa(n), weak(/ROCA/));
  });
});

describe('assertStrongKey, EC', () => {
  const points = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };

  it('accepts the three curves and the points that OpenSSL made on them', () => {
    for (const [curve, namedCurve] of Object.entries(points)) {
      assertStrongKey({ kind: 'EC', curve });
      const { publicKey } = generateKeyPairSync('ec', { namedCurve });
      const { x, y } = publicKey.export({ format: 'jwk' });
      const point = Buffer.concat([
        Buffer.of(4),
        Buffer.from(String(x), 'base64url'),
        Buffer.from(String(y), 'base64url'),
      ]);
      assertStrongKey({ kind: 'EC', curve, point });
      point[point.length - 1] = (point.at(-1) ?? 0) ^ 1;
      assert.throws(() => assertStrongKey({ kind: 'EC', curve, point }), weak(/does not lie on/));
    }
  });

  it('refuses other curves, compressed and short points and the point at infinity', () => {
    assert.throws(() => assertStrongKey({ kind: 'EC', curve: 'secp256k1' }), weak(/secp256k1, expected P-256/));
    assert.throws(() => assertStrongKey({ kind: 'EC', curve: 'P-192' }), weak(/P-192/));
    for (const point of [Uint8Array.of(0), new Uint8Array(33).fill(2), new Uint8Array(0)]) {
      assert.throws(() => assertStrongKey({ kind: 'EC', curve: 'P-256', point }), weak(/uncompressed/));
    }
  });

  it('may rely on createPublicKey: OpenSSL refuses a point off the curve', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const der = publicKey.export({ format: 'der', type: 'spki' });
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    assert.throws(() => createPublicKey({ key: der, format: 'der', type: 'spki' }));
  });
});

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((one) => candidate % one !== 0)) primes.push(candidate);
  }
  return primes;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let b = base % modulus, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus) {
    if (e & 1n) result = (result * b) % modulus;
  }
  return result;
}

function squareRoot(value: bigint): bigint {
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
