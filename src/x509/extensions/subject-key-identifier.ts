import type { DerReader } from '../der/reader.ts';
import { octetString } from '../der/writer.ts';
import { oids } from '../oids.ts';
import type { ExtensionKind } from './extension.ts';

/** Names the subject's key; every authority has one. See `keyIdentifierOf` for the value. */
export const subjectKeyIdentifier: ExtensionKind<Uint8Array> = {
  oid: oids.subjectKeyIdentifier,
  name: 'subject key identifier',
  clause: 'RFC 5280 §4.2.1.2',
  criticality: 'not-critical',
  encode: (identifier) => octetString(identifier),
  decode: (reader: DerReader) => reader.octetString(),
};
