import { weakKey } from './weak-key.ts';

export const rsaBitsAtLeast = 2048;
export const rsaBitsAtMost = 8192;

/**
 * The modulus without leading zero octets. Looks at lengths and the first octet only, before any mathematics.
 * NIST SP 800-131A: at least 2048 bits. More than 8192 costs every verifier too much (CVE-2023-29409).
 */
export function assertRsaSize(modulus: Uint8Array): Uint8Array {
  let start = 0;
  while (start < modulus.length && modulus[start] === 0) start++;
  const digits = modulus.subarray(start);
  const bits = digits.length === 0 ? 0 : (digits.length - 1) * 8 + (32 - Math.clz32(digits[0] ?? 0));
  if (bits < rsaBitsAtLeast || bits > rsaBitsAtMost) {
    throw weakKey(`the RSA modulus has ${bits} bits, ${rsaBitsAtLeast} to ${rsaBitsAtMost} expected`);
  }
  return digits;
}
