/** OBJECT IDENTIFIER content octets ↔ dotted text (X.690 §8.19). */
import { Fault } from '../../core/fault.ts';

/** RFC 5280 appendix B asks readers for at least 20 arcs and 100 characters of value; nobody uses more. */
const octetLimit = 100;

/** Dotted form of content octets; undefined when they are empty, too long or not in the shortest form. */
export function readOid(octets: Uint8Array): string | undefined {
  const last = octets[octets.length - 1];
  if (last === undefined || last >= 0x80 || octets.length > octetLimit) return undefined;
  let text = '';
  let arc = 0;
  let big: bigint | undefined;
  let isFirst = true;
  let startsArc = true;
  for (let i = 0; i < octets.length; i++) {
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
