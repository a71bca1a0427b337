/**
 * A strict DER reader (X.690 §10, §11): a cursor over one array, no copies. Definite minimal lengths only, every
 * bound checked before anything is made of it, one spelling for every value, a cap on depth.
 * All methods throw Fault `malformed` (reason `der`) that says what was found and what was expected.
 */
import { Fault } from '../../core/fault.ts';
import type { EpochMs } from '../../core/ids.ts';
import { readOid } from './oid.ts';
import { constructedTag, tags } from './tags.ts';
import { readTime } from './time.ts';

/** Deeper than any certificate, CRL, CSR or key that exists. */
export const depthLimit = 32;

/** Over the whole array; `what` is the noun that a Fault names: `certificate`, `csr`, `private key` … */
export function readDer(bytes: Uint8Array, what = 'DER'): DerReader {
  return new DerReader(bytes, 0, bytes.length, 0, what);
}

export class DerReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly what: string;
  /** Where the next element begins, in `bytes`. */
  position: number;
  readonly #depth: number;
  /** Where the content of the last opened element lies. */
  #contentStart = 0;
  #contentEnd = 0;

  constructor(bytes: Uint8Array, start: number, end: number, depth: number, what: string) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
    this.#depth = depth;
    this.what = what;
  }

  get isAtEnd(): boolean {
    return this.position >= this.end;
  }

  /** Octets that are left. */
  get remaining(): number {
    return this.end - this.position;
  }

  /** Whether the next element has this tag; false at the end. */
  has(tag: number): boolean {
    return this.position < this.end && this.bytes[this.position] === tag;
  }

  /** The next element's tag; undefined at the end. */
  get nextTag(): number | undefined {
    return this.position < this.end ? this.bytes[this.position] : undefined;
  }

  /** Throws unless everything has been read. */
  finish(): void {
    if (this.position !== this.end) this.fail(`${this.end - this.position} octets follow where nothing is expected`);
  }

  /** Opens the next element, which must have this tag, and gives a reader over its content. */
  enter(tag: number): DerReader {
    this.#open(tag);
    return this.#inside(this.#contentStart, this.#contentEnd);
  }

  sequence(): DerReader {
    return this.enter(tags.sequence);
  }

  set(): DerReader {
    return this.enter(tags.set);
  }

  /** The content of `[number] EXPLICIT`: call `finish()` on it after its one element. */
  explicit(number: number): DerReader {
    return this.enter(constructedTag(number));
  }

  /** A reader over DER that lies in content octets (an OCTET STRING's); one level deeper than this one. */
  within(content: Uint8Array): DerReader {
    const start = content.byteOffset - this.bytes.byteOffset;
    if (content.buffer === this.bytes.buffer && start >= 0 && start + content.length <= this.bytes.length) {
      return this.#inside(start, start + content.length);
    }
    return new DerReader(content, 0, content.length, this.#depth + 1, this.what);
  }

  /** The next element whole, tag and length included, whatever it is. */
  element(): Uint8Array {
    const start = this.position;
    this.#header();
    this.position = this.#contentEnd;
    return this.bytes.subarray(start, this.position);
  }

  /** The content octets of the next element, which must have this tag. */
  content(tag: number): Uint8Array {
    this.#open(tag);
    return this.bytes.subarray(this.#contentStart, this.#contentEnd);
  }

  /** X.690 §11.1: FF is true, 00 is false, nothing else. */
  boolean(): boolean {
    this.#open(tags.boolean);
    const value = this.bytes[this.#contentStart];
    if (this.#contentEnd - this.#contentStart !== 1 || (value !== 0 && value !== 0xff)) {
      this.fail('a BOOLEAN is neither 00 nor FF');
    }
    return value === 0xff;
  }

  /** The two's complement octets, shortest form (X.690 §8.3.2). `tag` for an implicitly tagged one. */
  integer(tag: number = tags.integer): Uint8Array {
    const value = this.content(tag);
    const first = value[0];
    const second = value[1];
    if (first === undefined) return this.fail('an INTEGER has no octets');
    if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
      this.fail('an INTEGER is not in its shortest form');
    }
    return value;
  }

  /** An INTEGER from 0 to 2^31 - 1. */
  smallInteger(tag: number = tags.integer): number {
    const value = this.integer(tag);
    if (value.length > 4 || (value[0] ?? 0) >= 0x80) this.fail('an INTEGER is negative or above 2147483647');
    let number = 0;
    for (const octet of value) number = number * 256 + octet;
    return number;
  }

  /** X.690 §11.2: unused bits are zero. */
  bitString(tag: number = tags.bitString): { readonly unusedBits: number; readonly octets: Uint8Array } {
    const value = this.content(tag);
    const unusedBits = value[0];
    if (unusedBits === undefined || unusedBits > 7 || (value.length === 1 && unusedBits !== 0)) {
      return this.fail('a BIT STRING has no valid count of unused bits');
    }
    if (((value[value.length - 1] ?? 0) & ((1 << unusedBits) - 1)) !== 0 && value.length > 1) {
      this.fail('the unused bits of a BIT STRING are not zero');
    }
    return { unusedBits, octets: this.bytes.subarray(this.#contentStart + 1, this.#contentEnd) };
  }

  /** A BIT STRING of whole octets: a key, a signature. */
  bitStringOctets(): Uint8Array {
    const { unusedBits, octets } = this.bitString();
    if (unusedBits !== 0) this.fail('a BIT STRING is not made of whole octets');
    return octets;
  }

  octetString(): Uint8Array {
    return this.content(tags.octetString);
  }

  null(): void {
    if (this.content(tags.null).length !== 0) this.fail('a NULL has content');
  }

  /** Dotted form. */
  oid(tag: number = tags.oid): string {
    this.#open(tag);
    return (
      readOid(this.bytes, this.#contentStart, this.#contentEnd) ??
      this.fail('an OBJECT IDENTIFIER is empty, too long or not in its shortest form')
    );
  }

  /** UTCTime or GeneralizedTime in the only forms of RFC 5280 §4.1.2.5: with seconds, without fraction, in Z. */
  time(): EpochMs {
    const isUtc = this.has(tags.utcTime);
    const value = this.content(isUtc ? tags.utcTime : tags.generalizedTime);
    return readTime(value, isUtc) ?? this.fail(`a time is not of the form ${isUtc ? 'YY' : 'YYYY'}MMDDHHMMSSZ`);
  }

  fail(message: string): never {
    throw new Fault('malformed', `${this.what} is not valid DER: ${message}`, { what: this.what, reason: 'der' });
  }

  #inside(start: number, end: number): DerReader {
    if (this.#depth >= depthLimit) this.fail(`it is nested deeper than ${depthLimit} levels`);
    return new DerReader(this.bytes, start, end, this.#depth + 1, this.what);
  }

  #open(tag: number): void {
    const found = this.nextTag;
    if (found !== tag) this.fail(`found ${describe(found)} where ${describe(tag)} is expected`);
    this.#header();
    this.position = this.#contentEnd;
  }

  /** Reads tag and length at `position` and sets where the content lies. X.690 §10.1: definite, shortest length. */
  #header(): void {
    const { bytes, end } = this;
    let at = this.position;
    if (end - at < 2) this.fail('it ends where an element is expected');
    if (((bytes[at] ?? 0) & 0x1f) === 0x1f) this.fail('a tag number above 30 is used');
    const first = bytes[at + 1] ?? 0;
    at += 2;
    let length = first;
    if (first >= 0x80) {
      const count = first & 0x7f;
      if (count === 0) this.fail('an indefinite length is used');
      if (count > 4 || end - at < count) this.fail('a length is longer than the input');
      length = 0;
      for (let i = 0; i < count; i++) length = length * 256 + (bytes[at + i] ?? 0);
      if (bytes[at] === 0 || length < 0x80) this.fail('a length is not in its shortest form');
      at += count;
    }
    if (length > end - at) this.fail(`an element of ${length} octets has only ${end - at} octets left`);
    this.#contentStart = at;
    this.#contentEnd = at + length;
  }
}

function describe(tag: number | undefined): string {
  if (tag === undefined) return 'the end';
  const name = Object.entries(tags).find(([, value]) => value === tag)?.[0];
  return name ?? `tag 0x${tag.toString(16).padStart(2, '0')}`;
}
