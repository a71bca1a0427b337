import { Fault } from '../core/fault.ts';

/**
 * A password's UTF-8 octets as UTF-16, big-endian: the form that PKCS#12's own key derivation (a BMPString, RFC 7292
 * appendix B.1; characters beyond the BMP as surrogates, as OpenSSL and Java do) and JKS digest. Octets to octets, so
 * that the password is never a string. The caller wipes the result. Throws Fault `invalid` when it is not UTF-8.
 */
export function utf16Password(password: Uint8Array): Uint8Array {
  const out = new Uint8Array(password.length * 2);
  let length = 0;
  const write = (unit: number): void => {
    out[length++] = unit >> 8;
    out[length++] = unit & 0xff;
  };
  for (let at = 0; at < password.length; ) {
    const { point, octets } = codePoint(password, at);
    if (point === undefined) {
      out.fill(0);
      throw new Fault('invalid', `the password is not UTF-8 from octet ${at} on`, { what: 'password' });
    }
    at += octets;
    if (point < 0x10000) write(point);
    else {
      write(0xd800 + ((point - 0x10000) >> 10));
      write(0xdc00 + ((point - 0x10000) & 0x3ff));
    }
  }
  return trimmed(out, length);
}

/** The same with the two zero octets that PKCS#12 counts in. An empty password is just those two. */
export function bmpPassword(password: Uint8Array): Uint8Array {
  const units = utf16Password(password);
  const out = new Uint8Array(units.length + 2);
  out.set(units);
  units.fill(0);
  return out;
}

/** RFC 3629 §3: shortest form only, no surrogates, at most U+10FFFF. */
function codePoint(utf8: Uint8Array, at: number): { point?: number; octets: number } {
  const first = utf8[at] ?? 0;
  if (first < 0x80) return { point: first, octets: 1 };
  const octets = first >= 0xf8 ? 0 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
  if (octets === 0 || at + octets > utf8.length) return { octets: 1 };
  let point = first & (0xff >> (octets + 1));
  for (let i = 1; i < octets; i++) {
    const next = utf8[at + i] ?? 0;
    if ((next & 0xc0) !== 0x80) return { octets: 1 };
    point = (point << 6) | (next & 0x3f);
  }
  const least = [0, 0, 0x80, 0x800, 0x10000][octets] ?? 0;
  const isScalar = point >= least && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  return isScalar ? { point, octets } : { octets: 1 };
}

function trimmed(out: Uint8Array, length: number): Uint8Array {
  const exact = out.slice(0, length);
  out.fill(0);
  return exact;
}
