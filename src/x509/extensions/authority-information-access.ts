import type { DerReader } from '../der/reader.ts';
import { primitiveTag } from '../der/tags.ts';
import { element, oid, sequence, sequenceOf } from '../der/writer.ts';
import { asciiOctets, readGeneralName } from '../names/general-name.ts';
import { oids } from '../oids.ts';
import type { ExtensionKind } from './extension.ts';

export interface AuthorityInformationAccess {
  /** URLs of OCSP responders. */
  readonly ocsp: readonly string[];
  /** URLs of the issuer's certificate. */
  readonly caIssuers: readonly string[];
}

/** Where to ask about the issuer; other access methods and non-URLs of others are read over. */
export const authorityInformationAccess: ExtensionKind<AuthorityInformationAccess> = {
  oid: oids.authorityInformationAccess,
  name: 'authority information access',
  clause: 'RFC 5280 §4.2.2.1',
  criticality: 'not-critical',
  encode: ({ ocsp, caIssuers }) =>
    sequenceOf([...ocsp.map((url) => access(oids.ocsp, url)), ...caIssuers.map((url) => access(oids.caIssuers, url))]),
  decode: (reader: DerReader) => {
    const list = reader.sequence();
    const ocsp: string[] = [];
    const caIssuers: string[] = [];
    do {
      const description = list.sequence();
      const method = description.oid();
      const location = readGeneralName(description);
      description.finish();
      if (location.kind !== 'uri') continue;
      if (method === oids.ocsp) ocsp.push(location.value);
      if (method === oids.caIssuers) caIssuers.push(location.value);
    } while (!list.isAtEnd);
    return { ocsp, caIssuers };
  },
};

function access(method: string, url: string): Uint8Array {
  return sequence(oid(method), element(primitiveTag(6), asciiOctets(url)));
}
