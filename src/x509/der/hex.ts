/** Octets as lower-case hexadecimal and back. */

export function hexOf(octets: Uint8Array): string {
  return octets.toHex();
}

/** `digits` are an even number of hexadecimal digits that our own code wrote. */
export function octetsOfHex(digits: string): Uint8Array {
  return Uint8Array.fromHex(digits);
}
