/** How long a certificate lives. Instants are whole seconds in DER (RFC 5280 §4.1.2.5), milliseconds here. */
import type { EpochMs } from './ids.ts';
import { Fault } from './fault.ts';

export interface Validity {
  readonly notBefore: EpochMs;
  readonly notAfter: EpochMs;
}

/** What a caller may ask for; calendar units are counted in UTC from the moment of issuing. */
export type ValidityWish =
  | { readonly unit: 'until'; readonly at: EpochMs }
  | { readonly unit: 'hours' | 'days' | 'months' | 'years'; readonly count: number };

/** The last moment that RFC 5280 can write: 9999-12-31T23:59:59Z. */
export const endOfTime: EpochMs = 253402300799000;

/**
 * The end that a wish means when counted from `from` (the moment of issuing, not the back-dated notBefore).
 * A month is a calendar month, a year a calendar year; the day is clamped to the month's last.
 * Throws Fault `invalid` past the year 9999.
 */
export function endOf(wish: ValidityWish, from: EpochMs): EpochMs {
  const end = wish.unit === 'until' ? wish.at : addCalendar(from, wish);
  if (!Number.isFinite(end) || end > endOfTime) {
    throw new Fault('invalid', 'the validity ends after the year 9999, which no certificate can express', {
      what: 'validity',
    });
  }
  return Math.floor(end / 1000) * 1000;
}

function addCalendar(from: EpochMs, wish: { unit: 'hours' | 'days' | 'months' | 'years'; count: number }): EpochMs {
  switch (wish.unit) {
    case 'hours':
      return from + wish.count * 3_600_000;
    case 'days':
      return from + wish.count * 86_400_000;
    case 'months':
      return addMonths(from, wish.count);
    case 'years':
      return addMonths(from, wish.count * 12);
  }
}

function addMonths(from: EpochMs, count: number): EpochMs {
  const at = new Date(from);
  const day = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + count);
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(day, lastDay));
  return at.getTime();
}
