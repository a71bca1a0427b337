/** Times of certificates ↔ milliseconds (RFC 5280 §4.1.2.5): whole seconds, always in Z. */
import { Fault } from '../../core/fault.ts';
import type { EpochMs } from '../../core/ids.ts';

/** Content octets of a UTCTime or GeneralizedTime; undefined when they are not of the one allowed form. */
export function readTime(octets: Uint8Array, isUtc: boolean): EpochMs | undefined {
  const yearDigits = isUtc ? 2 : 4;
  if (octets.length !== yearDigits + 11 || octets[octets.length - 1] !== 0x5a) return undefined;
  for (let i = 0; i < octets.length - 1; i++) {
    const octet = octets[i] ?? 0;
    if (octet < 0x30 || octet > 0x39) return undefined;
  }
  const two = (at: number) => ((octets[at] ?? 0) - 0x30) * 10 + (octets[at + 1] ?? 0) - 0x30;
  // RFC 5280 §4.1.2.5.1: YY from 50 on is 19YY, below it 20YY.
  const year = isUtc ? (two(0) >= 50 ? 1900 : 2000) + two(0) : two(0) * 100 + two(2);
  const at = yearDigits;
  const month = two(at);
  const day = two(at + 2);
  const [hour, minute, second] = [two(at + 4), two(at + 6), two(at + 8)];
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  if (day > 28 && day > daysOf(year, month)) return undefined;
  // Date.UTC takes the years 0 to 99 for 19YY; the calendar repeats after 400 years.
  return Date.UTC(year + 400, month - 1, day, hour, minute, second) - fourHundredYears;
}

const fourHundredYears = 146_097 * 86_400_000;

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** 2050-01-01T00:00:00Z: from here on a GeneralizedTime, before it a UTCTime. */
export const firstGeneralizedTime: EpochMs = 2524608000000;
const firstUtcTime: EpochMs = -631152000000;
const lastTime: EpochMs = 253402300799000;

/**
 * The text of a time and whether it is a UTCTime: through 2049 it must be (RFC 5280 §4.1.2.5).
 * Throws Fault `invalid` (what `validity`) before 1950, after 9999, or when it is not whole seconds.
 */
export function timeText(at: EpochMs): { readonly isUtc: boolean; readonly text: string } {
  if (!Number.isInteger(at / 1000)) {
    throw new Fault('invalid', `a time of ${at} ms is not a whole second`, { what: 'validity' });
  }
  if (at < firstUtcTime || at > lastTime) {
    throw new Fault('invalid', 'a time lies outside the years 1950 to 9999 that a certificate can express', {
      what: 'validity',
    });
  }
  const iso = new Date(at).toISOString();
  const isUtc = at < firstGeneralizedTime;
  const date = iso.slice(isUtc ? 2 : 0, 4) + iso.slice(5, 7) + iso.slice(8, 10);
  return { isUtc, text: `${date}${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z` };
}
