import { weakKey } from './weak-key.ts';

/** Let's Encrypt's figure: finds the primes of CVE-2022-26320 and those up to about 2^(bits/4 + 8) apart. */
const rounds = 110;

/**
 * Refuses a modulus whose primes are so close that Fermat's method finds them within 110 rounds: n = a² − b² with a
 * just above √n. Costs one integer square root; the rounds run on residues, where squares are rare.
 */
export function assertNotClosePrimes(n: bigint): void {
  const root = squareRoot(n);
  const start = root * root === n ? root : root + 1n;
  const startReduced = Number(start % productOfModuli);
  const nReduced = Number(n % productOfModuli);
  const filters = filterModuli.map(({ modulus, squares }) => ({
    modulus,
    squares,
    a: startReduced % modulus,
    n: nReduced % modulus,
  }));
  for (let round = 0; round < rounds; round++) {
    const maySquare = filters.every(({ modulus, squares, a, n }) => {
      const here = a + round;
      return squares[(((here * here - n) % modulus) + modulus) % modulus] === 1;
    });
    if (maySquare && isSquare((start + BigInt(round)) ** 2n - n)) {
      throw weakKey(
        `the primes of the RSA modulus are found in ${round + 1} rounds of Fermat's method, expected ${rounds} to fail`,
      );
    }
  }
}

/** A square is one modulo each of these; a random number passes them all once in about 3,000. */
const filterModuli = [64, 9, 5, 7, 11, 13, 17, 19, 23, 29, 31].map((modulus) => {
  const squares = new Uint8Array(modulus);
  for (let x = 0; x < modulus; x++) squares[(x * x) % modulus] = 1;
  return { modulus, squares };
});

/** Below 2^53, so that its residues are exact Numbers. */
const productOfModuli = filterModuli.reduce((product, { modulus }) => product * BigInt(modulus), 1n);

function isSquare(value: bigint): boolean {
  const root = squareRoot(value);
  return root * root === value;
}

/** ⌊√value⌋: the root of the leading half first (Zimmermann's way round), then one step of Newton's method. */
function squareRoot(value: bigint): bigint {
  const bits = value.toString(16).length * 4;
  return rootOf(value, bits);
}

function rootOf(value: bigint, bits: number): bigint {
  if (bits <= 52) return BigInt(Math.floor(Math.sqrt(Number(value))));
  const shift = BigInt(Math.floor(bits / 8) * 2);
  const estimate = (rootOf(value >> shift, bits - Number(shift)) + 1n) << (shift / 2n);
  let root = (estimate + value / estimate) >> 1n;
  while (root * root > value) root = (root + value / root) >> 1n;
  return root;
}
