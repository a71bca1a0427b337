import type { BasicConstraints } from '../../core/profile.ts';
import type { DerReader } from '../der/reader.ts';
import { tags } from '../der/tags.ts';
import { boolean, integer, sequence } from '../der/writer.ts';
import { oids } from '../oids.ts';
import type { ExtensionKind } from './extension.ts';

/** Whether the subject is an authority, and how many authorities may follow below it. Critical in authorities. */
export const basicConstraints: ExtensionKind<BasicConstraints> = {
  oid: oids.basicConstraints,
  name: 'basic constraints',
  clause: 'RFC 5280 §4.2.1.9',
  criticality: 'by-context',
  encode: ({ isAuthority, pathLength }) => {
    if (!isAuthority) return sequence(); // cA DEFAULT FALSE is left out; a path length only with cA
    return pathLength === undefined ? sequence(boolean(true)) : sequence(boolean(true), integer(pathLength));
  },
  decode: (reader: DerReader) => {
    const inner = reader.sequence();
    const isAuthority = inner.has(tags.boolean) && inner.boolean();
    const pathLength = inner.isAtEnd ? undefined : inner.smallInteger();
    inner.finish();
    return pathLength === undefined ? { isAuthority } : { isAuthority, pathLength };
  },
};
