import { isSameOctets } from './octets.ts';

/** A name or a key is shorter; what is longer is not worth keeping. */
const longest = 4096;

/**
 * What the last few octet strings were read as. Issuing reads the same ones again and again: the issuer's name in
 * every certificate, a CSR's name and key once more in the lint. Reading is a function of the octets alone, so a value
 * may be given twice; it is made from a copy, because the octets given belong to somebody else, who may change them.
 */
export class Remembered<Value> {
  readonly #entries: { readonly octets: Uint8Array; readonly value: Value }[] = [];
  readonly #limit: number;
  #oldest = 0;

  /** @param limit how many are kept; they are compared one after the other, so let it be few */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param read throws for octets that are not to be remembered */
  get(octets: Uint8Array, read: (copy: Uint8Array) => Value): Value {
    if (octets.length > longest) return read(octets);
    for (const entry of this.#entries) if (isSameOctets(entry.octets, octets)) return entry.value;
    const copy = octets.slice();
    const value = read(copy);
    this.#entries[this.#oldest] = { octets: copy, value };
    this.#oldest = (this.#oldest + 1) % this.#limit;
    return value;
  }
}
