import type { DerReader } from '../der/reader.ts';
import { constructedTag, primitiveTag } from '../der/tags.ts';
import { element, sequence } from '../der/writer.ts';
import { oids } from '../oids.ts';
import type { ExtensionKind } from './extension.ts';

export interface AuthorityKeyIdentifier {
  /** Equal to the issuer's subject key identifier. */
  readonly keyIdentifier?: Uint8Array;
}

/** Names the issuer's key: we write the key identifier alone; issuer and serial of others are read over. */
export const authorityKeyIdentifier: ExtensionKind<AuthorityKeyIdentifier> = {
  oid: oids.authorityKeyIdentifier,
  name: 'authority key identifier',
  clause: 'RFC 5280 §4.2.1.1',
  criticality: 'not-critical',
  encode: ({ keyIdentifier }) =>
    keyIdentifier === undefined ? sequence() : sequence(element(primitiveTag(0), keyIdentifier)),
  decode: (reader: DerReader) => {
    const inner = reader.sequence();
    const keyIdentifier = inner.has(primitiveTag(0)) ? inner.content(primitiveTag(0)) : undefined;
    if (inner.has(constructedTag(1))) inner.enter(constructedTag(1));
    if (inner.has(primitiveTag(2))) inner.integer(primitiveTag(2));
    inner.finish();
    return keyIdentifier === undefined ? {} : { keyIdentifier };
  },
};
