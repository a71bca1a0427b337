import type { EpochMs } from '../../core/ids.ts';
import type { ValidityWish } from '../../core/validity.ts';
import type { Term } from '../../services/term.ts';
import { Refusal } from '../../wire/refusal.ts';

export const validityTypes = ['END_DATE', 'ABSOLUTE', 'DAYS', 'MONTHS', 'YEARS'] as const;

/** The vendor's Validity: an integer that its type gives a meaning. */
export interface Validity {
  readonly Value: number;
  readonly Type: (typeof validityTypes)[number];
}

/**
 * From when to when: the end counts from the moment of issuing whatever the begin is, and the begin lies 60 minutes
 * before it unless the caller names one. API pages Validity and IssueCertificate.
 * Throws Refusal `ValidationException`.
 */
export function termOf(validity: Validity, notBefore: Validity | undefined): Term {
  const term = { wish: wishOf(validity), backdateMs: 3_600_000 };
  if (notBefore === undefined) return term;
  if (notBefore.Type !== 'ABSOLUTE') {
    throw new Refusal('ValidationException', 'ValidityNotBefore must be of type ABSOLUTE.');
  }
  return { ...term, notBefore: notBefore.Value * 1000 };
}

function wishOf({ Value: value, Type: type }: Validity): ValidityWish {
  switch (type) {
    case 'END_DATE':
      return { unit: 'until', at: endDate(value) };
    case 'ABSOLUTE':
      return { unit: 'until', at: value * 1000 };
    case 'DAYS':
      return { unit: 'days', count: value };
    case 'MONTHS':
      return { unit: 'months', count: value };
    case 'YEARS':
      return { unit: 'years', count: value };
  }
}

/** YYMMDDHHMMSS (years from 50 are 19YY) or YYYYMMDDHHMMSS; an integer loses the leading zeros of the first. */
function endDate(value: number): EpochMs {
  const digits = String(value);
  const text = digits.length === 14 ? digits : century(digits.padStart(12, '0'));
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (match ?? []).slice(1).map(Number);
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // Date rolls the 31st of June over; what does not come back as it went in is no date.
  const again = Number.isNaN(at.getTime()) ? '' : at.toISOString().replace(/[-T:]|\..*$/g, '');
  if (match === null || again !== text) {
    throw new Refusal(
      'ValidationException',
      'An END_DATE must be a date and time in the form YYMMDDHHMMSS or YYYYMMDDHHMMSS.',
    );
  }
  return at.getTime();
}

function century(digits: string): string {
  return digits.length === 12 ? `${Number(digits.slice(0, 2)) >= 50 ? '19' : '20'}${digits}` : digits;
}
