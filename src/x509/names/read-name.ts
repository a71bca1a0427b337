/** Distinguished names from DER (RFC 5280 §4.1.2.4). */
import { hexOf } from '../der/hex.ts';
import type { DistinguishedName, NameAttribute } from '../../core/name.ts';
import { compareOctets } from '../der/octets.ts';
import { type DerReader, readDer } from '../der/reader.ts';
import { Remembered } from '../der/remembered.ts';
import { readText } from './text.ts';

/** More relative names than any directory has. */
const rdnLimit = 100;

/** Reads the next element as a Name. A value that is no string is given as `#` and its DER in hexadecimal (RFC 4514 §2.4). */
export function readName(reader: DerReader): DistinguishedName {
  return names.get(reader.element(), (der) => readWholeName(readDer(der, reader.what)));
}

const names = new Remembered<DistinguishedName>(4);

function readWholeName(reader: DerReader): DistinguishedName {
  const rdns = reader.sequence();
  const name: NameAttribute[][] = [];
  while (!rdns.isAtEnd) {
    if (name.length >= rdnLimit) rdns.fail(`a name has more than ${rdnLimit} relative names`);
    name.push(readRdn(rdns));
  }
  return name;
}

function readRdn(rdns: DerReader): NameAttribute[] {
  const members = rdns.set();
  const rdn: NameAttribute[] = [];
  let before: Uint8Array | undefined;
  do {
    if (rdn.length >= rdnLimit) members.fail(`a relative name has more than ${rdnLimit} attributes`);
    const start = members.position;
    rdn.push(readAttribute(members.sequence()));
    const encoded = members.bytes.subarray(start, members.position);
    // X.690 §11.6: the members of a SET OF stand in ascending order; equal ones make no sense.
    if (before !== undefined && compareOctets(before, encoded) >= 0) members.fail('a SET OF is not sorted');
    before = encoded;
  } while (!members.isAtEnd);
  return rdn;
}

function readAttribute(attribute: DerReader): NameAttribute {
  const type = attribute.oid();
  const value = readText(attribute) ?? `#${hexOf(attribute.element())}`;
  attribute.finish();
  return { type, value };
}
