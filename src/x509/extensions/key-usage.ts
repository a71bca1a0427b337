import { type KeyUsage, keyUsages } from '../../core/profile.ts';
import type { DerReader } from '../der/reader.ts';
import { namedBits } from '../der/writer.ts';
import { oids } from '../oids.ts';
import type { ExtensionKind } from './extension.ts';

/** What the key may do. SHOULD be critical; in our authorities it always is. */
export const keyUsage: ExtensionKind<readonly KeyUsage[]> = {
  oid: oids.keyUsage,
  name: 'key usage',
  clause: 'RFC 5280 §4.2.1.3',
  criticality: 'either',
  encode: (usages) => namedBits(usages.map((usage) => keyUsages.indexOf(usage))),
  /**
   * In the order of the bits. Trailing zero bits, which X.690 §11.2.2 drops, are read over: roots that the whole world
   * trusts have them. The lint refuses them in ours.
   */
  decode: (reader: DerReader) => {
    const { octets } = reader.bitString();
    if (octets.length > 2) reader.fail('a key usage has more than 9 bits');
    return keyUsages.filter((_, bit) => (((octets[bit >> 3] ?? 0) << (bit & 7)) & 0x80) !== 0);
  },
};
