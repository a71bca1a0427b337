/**
 * Serial numbers of 128 bits: the bits 01, 46 bits of milliseconds, 80 bits of randomness — see
 * docs/decisions/0003-serial-numbers.md. In hexadecimal always 32 digits, the first of them 4 to 7.
 */
import { type EpochMs, serialNumber, type SerialNumber } from './ids.ts';

/**
 * @param now whole milliseconds since 1970, below 2^46 (the year 4199)
 * @param random exactly 10 octets from a CSPRNG
 */
export function makeSerialNumber(now: EpochMs, random: Uint8Array): SerialNumber {
  if (random.length !== 10) throw new Error(`a serial number takes 10 random octets, got ${random.length}`);
  const head = ((1n << 46n) | (BigInt(Math.floor(now)) & ((1n << 46n) - 1n))).toString(16);
  let tail = '';
  for (const octet of random) tail += octet.toString(16).padStart(2, '0');
  return serialNumber(head.padStart(12, '0') + tail);
}
