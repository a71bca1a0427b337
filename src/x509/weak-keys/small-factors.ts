import { smallPrimes } from './residues.ts';
import { weakKey } from './weak-key.ts';

/** No prime below 752 divides the modulus, 2 among them (CA/Browser Forum BR §6.1.6). Takes `residuesOf`. */
export function assertNoSmallFactor(residues: Uint16Array): void {
  const at = residues.indexOf(0);
  if (at >= 0)
    throw weakKey(`the RSA modulus is divisible by ${smallPrimes[at]}, expected a product of two large primes`);
}
