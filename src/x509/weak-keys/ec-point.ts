import { hexOf } from '../der/hex.ts';
import { weakKey } from './weak-key.ts';

/**
 * The curve is one of ours, and the point, when given, is an uncompressed point of it: coordinates below p and
 * y² = x³ − 3x + b (SEC 1 §3.2.2.1; the cofactor of these curves is 1, so every such point has full order).
 */
export function assertEcPoint(curve: string, point?: Uint8Array): void {
  const found = curves.get(curve);
  if (found === undefined) throw weakKey(`the curve is ${curve}, expected ${[...curves.keys()].join(', ')}`);
  if (point === undefined) return;
  if (point[0] !== 4 || point.length !== 1 + 2 * found.octets) {
    throw weakKey(`the ${curve} point is not an uncompressed one of ${1 + 2 * found.octets} octets`);
  }
  const x = BigInt(`0x${hexOf(point.subarray(1, 1 + found.octets))}`);
  const y = BigInt(`0x${hexOf(point.subarray(1 + found.octets))}`);
  const { p, b } = found;
  if (x >= p || y >= p || (y * y - x * x * x + 3n * x - b) % p !== 0n) {
    throw weakKey(`the public point does not lie on ${curve}`);
  }
}

/** FIPS 186-4 appendix D.1.2. */
const curves: ReadonlyMap<string, { octets: number; p: bigint; b: bigint }> = new Map([
  [
    'P-256',
    {
      octets: 32,
      p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
      b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    },
  ],
  [
    'P-384',
    {
      octets: 48,
      p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
      b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    },
  ],
  [
    'P-521',
    {
      octets: 66,
      p: 2n ** 521n - 1n,
      b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    },
  ],
]);
