import type { DerReader } from '../der/reader.ts';
import { oid, sequenceOf } from '../der/writer.ts';
import { oids } from '../oids.ts';
import type { ExtensionKind } from './extension.ts';

/** Purposes, as dotted identifiers; at least one. */
export const extendedKeyUsage: ExtensionKind<readonly string[]> = {
  oid: oids.extendedKeyUsage,
  name: 'extended key usage',
  clause: 'RFC 5280 §4.2.1.12',
  criticality: 'either',
  encode: (purposes) => sequenceOf(purposes.map(oid)),
  decode: (reader: DerReader) => {
    const list = reader.sequence();
    const purposes = [list.oid()];
    while (!list.isAtEnd) {
      if (purposes.length >= 100) list.fail('there are more than 100 extended key usages');
      purposes.push(list.oid());
    }
    return purposes;
  },
};
