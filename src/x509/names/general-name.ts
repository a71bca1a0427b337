/** General names (RFC 5280 §4.2.1.6) ↔ DER. */
import { Fault } from '../../core/fault.ts';
import type { GeneralName } from '../../core/name.ts';
import type { DerReader } from '../der/reader.ts';
import { constructedTag, primitiveTag } from '../der/tags.ts';
import { element, explicit, implicit, oid } from '../der/writer.ts';
import { formatIp, readIp } from './ip-address.ts';
import { readName } from './read-name.ts';
import { ascii } from './text.ts';
import { writeName } from './write-name.ts';

/** Reads the next element as a GeneralName. Throws Fault `malformed`. */
export function readGeneralName(reader: DerReader): GeneralName {
  const tag = reader.nextTag;
  switch (tag) {
    case primitiveTag(1):
      return { kind: 'email', value: ascii(reader, reader.content(tag)) };
    case primitiveTag(2):
      return { kind: 'dns', value: ascii(reader, reader.content(tag)) };
    case primitiveTag(6):
      return { kind: 'uri', value: ascii(reader, reader.content(tag)) };
    case primitiveTag(7):
      return {
        kind: 'ip',
        value: formatIp(reader.content(tag)) ?? reader.fail('an IP address has not 4 or 16 octets'),
      };
    case primitiveTag(8):
      return { kind: 'registered-id', value: reader.oid(tag) };
    case constructedTag(0):
      return readOther(reader.enter(tag));
    case constructedTag(3): // x400Address
    case constructedTag(5): // ediPartyName
      return { kind: 'opaque', der: reader.element() };
    case constructedTag(4): {
      const inner = reader.enter(tag); // a CHOICE is tagged explicitly (X.680 §31.2.7)
      const value = readName(inner);
      inner.finish();
      return { kind: 'directory', value };
    }
    default:
      return reader.fail('a general name has an unknown tag');
  }
}

/** One GeneralName. Throws Fault `invalid` for text that has no encoding. */
export function writeGeneralName(name: GeneralName): Uint8Array {
  switch (name.kind) {
    case 'email':
      return element(primitiveTag(1), asciiOctets(name.value));
    case 'dns':
      return element(primitiveTag(2), asciiOctets(name.value));
    case 'uri':
      return element(primitiveTag(6), asciiOctets(name.value));
    case 'ip':
      return element(primitiveTag(7), readIp(name.value) ?? fail('an IP address is neither IPv4 nor IPv6'));
    case 'registered-id':
      return implicit(8, oid(name.value));
    case 'other':
      return element(constructedTag(0), oid(name.type), explicit(0, name.value));
    case 'opaque':
      return name.der;
    case 'directory':
      return explicit(4, writeName(name.value));
  }
}

/** ASCII text as octets; IDNs come as A-labels (RFC 5280 §7.2). Throws Fault `invalid`. */
export function asciiOctets(text: string): Uint8Array {
  const octets = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f)
      fail('a name has characters outside ASCII; internationalised names are written as A-labels (xn--)');
    octets[i] = code;
  }
  return octets;
}

function readOther(content: DerReader): GeneralName {
  const type = content.oid();
  const value = content.explicit(0).element();
  content.finish();
  return { kind: 'other', type, value };
}

function fail(message: string): never {
  throw new Fault('invalid', message, { what: 'subject alternative name', reason: 'identifier' });
}
