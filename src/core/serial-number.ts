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
  // 2^46 + now stays below 2^53, so a number holds it exactly; its 47 bits are 12 digits, the first of them 4 to 7.
  const head = (2 ** 46 + (Math.floor(now) % 2 ** 46)).toString(16);
  return serialNumber(head + random.toHex());
}
