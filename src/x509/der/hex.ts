/** Octets as lower-case hexadecimal and back. */

export function hexOf(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('hex');
}

/** `digits` are an even number of hexadecimal digits that our own code wrote. */
export function octetsOfHex(digits: string): Uint8Array {
  return new Uint8Array(Buffer.from(digits, 'hex'));
}
