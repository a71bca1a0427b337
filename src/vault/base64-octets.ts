/** Base64 (RFC 4648 §4) from octets to octets: a key that passed through a string could not be wiped. */
import { Fault } from '../core/fault.ts';

/** The text as ASCII octets; the caller's to wipe. */
export function encodeBase64(octets: Uint8Array): Uint8Array {
  const text = new Uint8Array(Math.ceil(octets.length / 3) * 4).fill(padding);
  for (let bit = 0, at = 0; bit < octets.length * 8; bit += 6, at += 1) {
    text[at] = alphabet[sextetAt(octets, bit)] ?? padding;
  }
  return text;
}

/** The octets; the caller's to wipe. Throws Fault `malformed` for anything but the one canonical spelling. */
export function decodeBase64(text: Uint8Array): Uint8Array {
  const digits = text.subarray(0, text.length - (text.at(-1) !== padding ? 0 : text.at(-2) !== padding ? 1 : 2));
  const octets = new Uint8Array(Math.floor((digits.length * 6) / 8));
  let pending = 0;
  for (const [at, digit] of digits.entries()) {
    const value = alphabet.indexOf(digit);
    if (value === -1) throw notBase64();
    pending = ((pending << 6) | value) & 0xfff;
    const bits = ((at + 1) * 6) % 8;
    if (bits < 6) octets[Math.floor(((at + 1) * 6) / 8) - 1] = pending >> bits;
  }
  const spare = (digits.length * 6) % 8;
  if (text.length % 4 !== 0 || spare === 6 || (pending & ((1 << spare) - 1)) !== 0) throw notBase64();
  return octets;
}

function sextetAt(octets: Uint8Array, bit: number): number {
  const at = bit >> 3;
  const pair = ((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0);
  return (pair >> (10 - (bit & 7))) & 0x3f;
}

function notBase64(): Fault {
  return new Fault('malformed', 'a secret is not in canonical base64');
}

const alphabet = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const padding = 0x3d;
