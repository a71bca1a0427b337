/** OBJECT IDENTIFIER content octets ↔ dotted text (X.690 §8.19). */
import { Fault } from '../../core/fault.ts';

/** RFC 5280 appendix B asks readers for at least 20 arcs and 100 characters of value; nobody uses more. */
const octetLimit = 100;

/** Dotted form of the content octets from `start` to `end`; undefined when they are empty, too long or not in the shortest form. */
export function readOid(octets: Uint8Array, start: number, end: number): string | undefined {
  const last = octets[end - 1] ?? 0;
  if (end <= start || last >= 0x80 || end - start > octetLimit) return undefined;
  let slot = 0;
  for (let i = start; i < end; i++) slot = (slot * 31 + (octets[i] ?? 0)) % knownLimit;
  const found = known[slot];
  if (found !== undefined && stands(found.octets, octets, start, end)) return found.text;
  const text = decode(octets, start, end);
  if (text !== undefined) known[slot] = { octets: octets.slice(start, end), text: internalized(text) };
  return text;
}

/** Certificates have few identifiers, the same ones again and again; another one takes the place of an old one. */
const known: { readonly octets: Uint8Array; readonly text: string }[] = [];
const knownLimit = 512;

function stands(identifier: Uint8Array, octets: Uint8Array, start: number, end: number): boolean {
  if (identifier.length !== end - start) return false;
  for (let i = 0; i < identifier.length; i++) if (identifier[i] !== octets[start + i]) return false;
  return true;
}

/** As a property name the engine keeps one copy, as of the literals in our code: comparing them compares pointers. */
function internalized(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text;
}

function decode(octets: Uint8Array, start: number, end: number): string | undefined {
  let text = '';
  let arc = 0;
  let big: bigint | undefined;
  let isFirst = true;
  let startsArc = true;
  for (let i = start; i < end; i++) {
    const octet = octets[i] ?? 0;
    if (startsArc && octet === 0x80) return undefined;
    startsArc = octet < 0x80;
    if (big === undefined && arc < 2 ** 45) arc = arc * 128 + (octet & 0x7f);
    else big = (big ?? BigInt(arc)) * 128n + BigInt(octet & 0x7f);
    if (!startsArc) continue;
    if (isFirst) {
      const root = big !== undefined || arc >= 80 ? 2 : arc >= 40 ? 1 : 0;
      text = `${root}.${big === undefined ? arc - root * 40 : big - 80n}`;
      isFirst = false;
    } else {
      text += `.${big ?? arc}`;
    }
    arc = 0;
    big = undefined;
  }
  return text;
}

const pattern = /^(?:[01]\.(?:[0-9]|[1-3][0-9])|2\.(?:0|[1-9][0-9]*))(?:\.(?:0|[1-9][0-9]*))*$/;

/** Content octets of a dotted identifier. Throws Fault `invalid` (what `oid`) when it is not one. */
export function writeOid(dotted: string): Uint8Array {
  if (dotted.length > 255 || !pattern.test(dotted)) {
    const found = JSON.stringify(dotted.slice(0, 80));
    throw new Fault(
      'invalid',
      `${found} is no object identifier: numbers without leading zeros and with dots between them are expected, such as 1.3.6.1.4.1.311.20.2.2`,
      { what: 'oid' },
    );
  }
  const [root = '0', second = '0', ...rest] = dotted.split('.');
  const octets: number[] = [];
  for (const arc of [BigInt(root) * 40n + BigInt(second), ...rest.map(BigInt)]) {
    const digits = [Number(arc & 0x7fn)];
    for (let left = arc >> 7n; left > 0n; left >>= 7n) digits.unshift(Number(left & 0x7fn) | 0x80);
    octets.push(...digits);
  }
  if (octets.length > octetLimit) {
    throw new Fault('invalid', `an object identifier has ${octets.length} octets, at most ${octetLimit} are expected`, {
      what: 'oid',
    });
  }
  return Uint8Array.from(octets);
}
