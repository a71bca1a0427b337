/** A chain of certificates in one column: each DER after its length in four octets, big endian. */
export function packChain(chain: readonly Uint8Array[]): Uint8Array {
  const packed = new Uint8Array(chain.reduce((total, der) => total + 4 + der.length, 0));
  const view = new DataView(packed.buffer);
  let at = 0;
  for (const der of chain) {
    view.setUint32(at, der.length);
    packed.set(der, at + 4);
    at += 4 + der.length;
  }
  return packed;
}

export function unpackChain(packed: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const chain: Uint8Array[] = [];
  for (let at = 0; at < packed.length; ) {
    const length = view.getUint32(at);
    chain.push(packed.slice(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return chain;
}
