/** Whether octets of unknown meaning are one element of well-formed DER. */
import { Fault } from '../../core/fault.ts';
import { compareOctets } from './octets.ts';
import { type DerReader, readDer } from './reader.ts';
import { tags } from './tags.ts';

/** Walks down everything constructed; primitive universal types must be in their one form. */
export function isCanonical(octets: Uint8Array): boolean {
  try {
    const reader = readDer(octets);
    walk(reader);
    reader.finish();
    return true;
  } catch (cause) {
    if (cause instanceof Fault) return false;
    throw cause;
  }
}

function walk(reader: DerReader): void {
  const tag = reader.nextTag;
  switch (tag) {
    case tags.boolean:
      reader.boolean();
      return;
    case tags.integer:
    case tags.enumerated:
      reader.integer(tag);
      return;
    case tags.bitString:
      reader.bitString();
      return;
    case tags.null:
      reader.null();
      return;
    case tags.oid:
      reader.oid();
      return;
    case tags.utcTime:
    case tags.generalizedTime:
      reader.time();
      return;
  }
  if (tag === undefined || (tag & 0x20) === 0) {
    if (tag !== undefined && tag < 0x40 && constructedOnly.has(tag)) reader.fail('a primitive SEQUENCE or SET');
    reader.element();
    return;
  }
  if (tag < 0x40 && tag !== tags.sequence && tag !== tags.set) reader.fail('a constructed string');
  walkContent(reader.enter(tag), tag === tags.set);
}

/** The members of a SET stand in ascending order, whether SET (by tag) or SET OF (by octets): X.690 §10.3, §11.6. */
function walkContent(content: DerReader, isSet: boolean): void {
  let before: Uint8Array | undefined;
  while (!content.isAtEnd) {
    const start = content.position;
    walk(content);
    const member = content.bytes.subarray(start, content.position);
    if (isSet && before !== undefined && compareOctets(before, member) > 0) content.fail('a SET is not sorted');
    before = member;
  }
}

const constructedOnly = new Set([0x10, 0x11]);
