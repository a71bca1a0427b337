import { weakKey } from './weak-key.ts';

/**
 * The public exponent is odd, at least 65537 and below 2^256 (CA/Browser Forum BR §6.1.6, NIST SP 800-56B).
 * @param exponent unsigned, big-endian; leading zero octets do not count
 */
export function assertRsaExponent(exponent: Uint8Array): void {
  let start = 0;
  while (start < exponent.length && exponent[start] === 0) start++;
  const digits = exponent.subarray(start);
  if (digits.length > 32) {
    throw weakKey(`the RSA exponent has ${digits.length} octets, expected one below 2^256`);
  }
  if (((digits.at(-1) ?? 0) & 1) === 0) throw weakKey('the RSA exponent is even, expected an odd one');
  if (digits.length < 3) {
    const value = digits.reduce((sum, octet) => sum * 256 + octet, 0);
    throw weakKey(`the RSA exponent is ${value}, expected at least 65537`);
  }
}
