/**
 * Which public keys are too weak to be certified: one file per check, the cheap ones first.
 *
 * Here: rules about the public key alone. Not here: parsing keys, lists of blocked keys, and the rules of imports
 * (each service has its own). Invariant: no arithmetic is done on an RSA modulus before its size is known to be in
 * bounds, so that a hostile key cannot buy CPU time (Go's CVE-2023-29409 is what happens otherwise).
 */
import type { MlDsaAlgorithm } from '../../core/key.ts';
import { hexOf } from '../der/hex.ts';
import { assertNotClosePrimes } from './close-primes.ts';
import { assertEcPoint } from './ec-point.ts';
import { assertRsaExponent } from './rsa-exponent.ts';
import { assertRsaSize } from './rsa-size.ts';
import { assertNotRoca } from './roca.ts';
import { residuesOf } from './residues.ts';
import { assertNoSmallFactor } from './small-factors.ts';

/** The parts of a public key that the checks need; integers are unsigned, big-endian. */
export type PublicKeyParts =
  | { readonly kind: 'RSA'; readonly modulus: Uint8Array; readonly exponent: Uint8Array }
  /**
   * `curve` in the words of `KeyAlgorithm`; `point` is the uncompressed form 04‖x‖y. A key that OpenSSL has imported
   * (`createPublicKey`) is on its curve already, so the point may be left out.
   */
  | { readonly kind: 'EC'; readonly curve: string; readonly point?: Uint8Array }
  /** Of the length that its parameter set demands; every such string of octets is a key (FIPS 204 §7.2, pkDecode). */
  | { readonly kind: 'ML-DSA'; readonly parameterSet: MlDsaAlgorithm };

/**
 * Throws Fault `invalid` with reason `weak-key` unless the key is strong enough to be certified.
 * RSA: 2048 to 8192 bits, odd exponent from 65537 to 2^256, no factor below 752, no close primes, no ROCA
 * fingerprint (the checks of CA/Browser Forum BR §6.1.6 and of Let's Encrypt's goodkey). EC: P-256, P-384, P-521. ML-DSA:
 * nothing more can be told from a public key.
 */
export function assertStrongKey(key: PublicKeyParts): void {
  if (key.kind === 'EC') return assertEcPoint(key.curve, key.point);
  if (key.kind === 'ML-DSA') return;
  const modulus = assertRsaSize(key.modulus);
  assertRsaExponent(key.exponent);
  const n = BigInt(`0x${hexOf(modulus)}`);
  const residues = residuesOf(n);
  assertNoSmallFactor(residues);
  assertNotRoca(residues);
  assertNotClosePrimes(n);
}
