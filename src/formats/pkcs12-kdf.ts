/** The key derivation of PKCS#12 itself (RFC 7292 appendix B.2), for its MAC and for the legacy encryption. */
import { hash } from 'node:crypto';

/** RFC 7292 appendix B.3. */
export const purposes = { key: 1, iv: 2, mac: 3 } as const;

export interface Pkcs12Derivation {
  readonly hash: 'sha1' | 'sha256';
  readonly purpose: (typeof purposes)[keyof typeof purposes];
  /** A BMPString with its two zero octets. */
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** Octets wanted. */
  readonly length: number;
}

/** Blocks the thread for about 10 to 20 ms a 10,000 iterations: call it through `pkcs12-pool.ts`. */
export function derivePkcs12(wanted: Pkcs12Derivation): Uint8Array {
  const block = 64; // v: SHA-1's and SHA-256's input block, in octets
  const input = concat(filled(wanted.salt, block), filled(wanted.password, block)); // I = S ‖ P
  const diversifier = new Uint8Array(block).fill(wanted.purpose);
  const out = new Uint8Array(wanted.length);
  for (let at = 0; at < wanted.length; ) {
    const start = concat(diversifier, input);
    let digest: Uint8Array = hash(wanted.hash, start, 'buffer');
    start.fill(0);
    for (let i = 1; i < wanted.iterations; i++) digest = hash(wanted.hash, digest, 'buffer');
    out.set(digest.subarray(0, wanted.length - at), at);
    at += digest.length;
    if (at < wanted.length) addToBlocks(input, filled(digest, block), block);
  }
  input.fill(0);
  return out;
}

/** Copies of `octets` to the next multiple of `block`; empty stays empty. */
function filled(octets: Uint8Array, block: number): Uint8Array {
  const out = new Uint8Array(Math.ceil(octets.length / block) * block);
  for (let i = 0; i < out.length; i++) out[i] = octets[i % octets.length] ?? 0;
  return out;
}

/** Step 6 C: every block of I becomes (block + B + 1) mod 2^(8v). `filled` of a digest is one block. */
function addToBlocks(input: Uint8Array, addend: Uint8Array, block: number): void {
  for (let start = 0; start < input.length; start += block) {
    let carry = 1;
    for (let i = block - 1; i >= 0; i--) {
      carry += (input[start + i] ?? 0) + (addend[i] ?? 0);
      input[start + i] = carry & 0xff;
      carry >>= 8;
    }
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
