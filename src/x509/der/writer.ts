/**
 * DER from parts. Every function gives one whole element in an array of its own (safe to post to a thread);
 * lengths are summed first, so an element is written once.
 */
import type { EpochMs } from '../../core/ids.ts';
import { compareOctets } from './octets.ts';
import { writeOid } from './oid.ts';
import { constructedTag, primitiveTag, tags } from './tags.ts';
import { timeText } from './time.ts';

/** An element of this tag whose content is the parts one after the other. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return elementOf(tag, parts);
}

export function elementOf(tag: number, parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = start(tag, length);
  let at = out.length - length;
  for (const part of parts) {
    copy(part, out, at);
    at += part.length;
  }
  return out;
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return elementOf(tags.sequence, parts);
}

export function sequenceOf(parts: readonly Uint8Array[]): Uint8Array {
  return elementOf(tags.sequence, parts);
}

/** SET of different types: the caller gives them in the order of their tags (X.690 §10.3). */
export function set(...parts: readonly Uint8Array[]): Uint8Array {
  return elementOf(tags.set, parts);
}

/** SET OF: sorted by their encodings (X.690 §11.6). */
export function setOf(parts: readonly Uint8Array[]): Uint8Array {
  return elementOf(tags.set, parts.length < 2 ? parts : parts.toSorted(compareOctets));
}

/** An array is an unsigned big-endian magnitude; leading zero octets are dropped and the sign octet added. */
export function integer(value: Uint8Array | bigint | number): Uint8Array {
  if (typeof value === 'object') return unsigned(value);
  let left = BigInt(value);
  const octets: number[] = [];
  do {
    octets.unshift(Number(left & 0xffn));
    left >>= 8n;
  } while (left !== 0n && left !== -1n);
  const first = octets[0] ?? 0;
  if (left === 0n && first >= 0x80) octets.unshift(0);
  if (left === -1n && first < 0x80) octets.unshift(0xff);
  return element(tags.integer, Uint8Array.from(octets));
}

/** Of dotted text; encoded once for each text. Throws Fault `invalid`. */
export function oid(dotted: string): Uint8Array {
  const known = oids.get(dotted);
  if (known !== undefined) return known;
  const encoded = element(tags.oid, writeOid(dotted));
  // Callers may bring identifiers of their own: the cache must not grow with them.
  if (oids.size < 512) oids.set(dotted, encoded);
  return encoded;
}

export function octetString(...content: readonly Uint8Array[]): Uint8Array {
  return elementOf(tags.octetString, content);
}

export function bitString(octets: Uint8Array, unusedBits = 0): Uint8Array {
  return element(tags.bitString, Uint8Array.of(unusedBits), octets);
}

/** A BIT STRING with a list of named bits: trailing zero bits are dropped (X.690 §11.2.2). */
export function namedBits(bits: readonly number[], tag: number = tags.bitString): Uint8Array {
  const highest = Math.max(-1, ...bits);
  const octets = new Uint8Array(1 + Math.ceil((highest + 1) / 8));
  for (const bit of bits) octets[1 + (bit >> 3)] = (octets[1 + (bit >> 3)] ?? 0) | (0x80 >> (bit & 7));
  octets[0] = highest < 0 ? 0 : 7 - (highest & 7);
  return element(tag, octets);
}

export function utf8String(text: string): Uint8Array {
  return element(tags.utf8String, utf8.encode(text));
}

/** The caller has checked the alphabet. */
export function printableString(text: string): Uint8Array {
  return element(tags.printableString, utf8.encode(text));
}

/** The caller has checked that it is ASCII. */
export function ia5String(text: string): Uint8Array {
  return element(tags.ia5String, utf8.encode(text));
}

/** UTCTime through 2049, then GeneralizedTime (RFC 5280 §4.1.2.5). Throws Fault `invalid`. */
export function time(at: EpochMs): Uint8Array {
  const known = times.get(at);
  if (known !== undefined) return known;
  const { isUtc, text } = timeText(at);
  const encoded = element(isUtc ? tags.utcTime : tags.generalizedTime, utf8.encode(text));
  // Many certificates are made in one second, and many end in the same one.
  if (times.size >= 256) times.clear();
  times.set(at, encoded);
  return encoded;
}

/** Always a GeneralizedTime: CRL invalidity dates and OCSP use no other (RFC 5280 §5.3.2, RFC 6960 §4.2.2.1). */
export function generalizedTime(at: EpochMs): Uint8Array {
  const { text, isUtc } = timeText(at);
  return element(tags.generalizedTime, utf8.encode(isUtc ? new Date(at).toISOString().slice(0, 2) + text : text));
}

export function explicit(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return elementOf(constructedTag(number), parts);
}

/** The element under another, context-specific tag; primitive stays primitive, constructed stays constructed. */
export function implicit(number: number, encoded: Uint8Array): Uint8Array {
  const out = encoded.slice();
  out[0] = ((encoded[0] ?? 0) & 0x20) === 0 ? primitiveTag(number) : constructedTag(number);
  return out;
}

export function boolean(value: boolean): Uint8Array {
  return Uint8Array.of(tags.boolean, 1, value ? 0xff : 0);
}

export function nullValue(): Uint8Array {
  return Uint8Array.of(tags.null, 0);
}

const utf8 = new TextEncoder();
const oids = new Map<string, Uint8Array>();
const times = new Map<EpochMs, Uint8Array>();

function unsigned(magnitude: Uint8Array): Uint8Array {
  let from = 0;
  while (from < magnitude.length - 1 && magnitude[from] === 0) from++;
  const octets = magnitude.subarray(from);
  const first = octets[0] ?? 0;
  return octets.length === 0 || first >= 0x80
    ? element(tags.integer, Uint8Array.of(0), octets)
    : element(tags.integer, octets);
}

function start(tag: number, length: number): Uint8Array {
  const lengthOctets = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
  const out = new Uint8Array(2 + lengthOctets + length);
  out[0] = tag;
  out[1] = lengthOctets === 0 ? length : 0x80 | lengthOctets;
  for (let i = lengthOctets, left = length; i > 0; i--, left = Math.floor(left / 256)) out[1 + i] = left & 0xff;
  return out;
}

/** A loop beats the native call for a few octets. */
function copy(from: Uint8Array, to: Uint8Array, at: number): void {
  if (from.length > 24) to.set(from, at);
  else for (let i = 0; i < from.length; i++) to[at + i] = from[i] ?? 0;
}
