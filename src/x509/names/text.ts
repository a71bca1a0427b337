/** The ASN.1 string types as text. */
import type { DerReader } from '../der/reader.ts';
import { tags } from '../der/tags.ts';

/**
 * Reads the next element when it is a string; undefined (and nothing read) when it is another type.
 * PrintableString and TeletexString are read as generously as others write them: any ASCII, and Latin-1.
 */
export function readText(reader: DerReader): string | undefined {
  const tag = reader.nextTag;
  switch (tag) {
    case tags.utf8String:
      return utf8(reader, reader.content(tag));
    case tags.printableString:
    case tags.ia5String:
    case tags.visibleString:
      return ascii(reader, reader.content(tag));
    case tags.teletexString:
      return latin1(reader.content(tag));
    case tags.bmpString:
      return wide(reader, reader.content(tag), 2);
    case tags.universalString:
      return wide(reader, reader.content(tag), 4);
    default:
      return undefined;
  }
}

/** Octets that must be ASCII: IA5String under an implicit tag too. */
export function ascii(reader: DerReader, octets: Uint8Array): string {
  let text = '';
  for (let i = 0; i < octets.length; i++) {
    const octet = octets[i] ?? 0;
    if (octet >= 0x80) reader.fail('a string that must be ASCII has other octets');
    text += String.fromCharCode(octet);
  }
  return text;
}

function utf8(reader: DerReader, octets: Uint8Array): string {
  for (let i = 0; i < octets.length; i++) if ((octets[i] ?? 0) >= 0x80) return decodeUtf8(reader, octets);
  return latin1(octets);
}

function decodeUtf8(reader: DerReader, octets: Uint8Array): string {
  try {
    return strictUtf8.decode(octets);
  } catch {
    return reader.fail('a UTF8String is not UTF-8');
  }
}

/** One octet a character. */
export function latin1(octets: Uint8Array): string {
  let text = '';
  for (let i = 0; i < octets.length; i++) text += String.fromCharCode(octets[i] ?? 0);
  return text;
}

/** UCS-2 and UCS-4, big-endian. */
function wide(reader: DerReader, octets: Uint8Array, width: 2 | 4): string {
  if (octets.length % width !== 0) reader.fail(`a string is not made of characters of ${width} octets`);
  let text = '';
  for (let i = 0; i < octets.length; i += width) {
    let point = 0;
    for (let k = 0; k < width; k++) point = point * 256 + (octets[i + k] ?? 0);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) reader.fail('a string has no valid characters');
    text += String.fromCodePoint(point);
  }
  return text;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
