/** A modulus reduced by every prime below 752, computed once for the checks that need it. */

/** The primes below 752 in order; 752 is the bound of CA/Browser Forum BR §6.1.6 and FIPS 186-4 trial division. */
export const smallPrimes: readonly number[] = primesBelow(752);

/** Residue by prime, in the order of `smallPrimes`. Two divisions of the whole number's size, the rest is small. */
export function residuesOf(n: bigint): Uint16Array {
  const reduced = n % productOfAll;
  const residues = new Uint16Array(smallPrimes.length);
  for (const group of groups) {
    const remainder = Number(reduced % group.product);
    for (let i = group.from; i < group.to; i++) residues[i] = remainder % (smallPrimes[i] ?? 1);
  }
  return residues;
}

/** Runs of primes whose product is still an exact Number (below 2^53). */
const groups = groupsOf(smallPrimes);
const productOfAll = groups.reduce((product, group) => product * group.product, 1n);

function groupsOf(primes: readonly number[]): readonly { from: number; to: number; product: bigint }[] {
  const found: { from: number; to: number; product: bigint }[] = [];
  let from = 0;
  let product = 1;
  primes.forEach((prime, i) => {
    if (product * prime > Number.MAX_SAFE_INTEGER) {
      found.push({ from, to: i, product: BigInt(product) });
      from = i;
      product = 1;
    }
    product *= prime;
  });
  found.push({ from, to: primes.length, product: BigInt(product) });
  return found;
}

function primesBelow(bound: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; candidate < bound; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}
