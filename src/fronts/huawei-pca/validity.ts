/** Huawei's validity: a count of YEAR, MONTH, DAY or HOUR, from now or from a moment of the caller's. */
import { anything, optional, shape } from '../../wire/huawei-rest/shapes.ts';
import type { EpochMs } from '../../core/ids.ts';
import { endOf, type ValidityWish } from '../../core/validity.ts';
import type { Authority } from '../../core/authority.ts';
import type { Term } from '../../services/term.ts';
import { decoded } from '../../wire/leaf.ts';
import { refused } from './refusals.ts';

export interface AskedValidity {
  readonly wish: ValidityWish;
  readonly startFrom?: EpochMs;
}

/** A YEAR is a calendar year, a MONTH is 31 days. */
const units: Readonly<Record<string, (count: number) => ValidityWish>> = {
  YEAR: (count) => ({ unit: 'years', count }),
  MONTH: (count) => ({ unit: 'days', count: 31 * count }),
  DAY: (count) => ({ unit: 'days', count }),
  HOUR: (count) => ({ unit: 'hours', count }),
};

/** `start_from` comes as a number from the SDKs and as a string, or "", from Terraform. */
export const validity = decoded(
  shape({
    type: optional(anything()),
    value: optional(anything()),
    start_from: optional(anything()),
  }),
  ({ type, value, start_from }): AskedValidity => {
    const name = typeof type === 'string' ? type.toUpperCase() : '';
    const unit = Object.hasOwn(units, name) ? units[name] : undefined;
    // The largest count that any unit can need: 30 years in hours.
    if (unit === undefined || typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 300_000) {
      throw refused('PCA.00020109');
    }
    const startFrom = momentOf(start_from);
    return startFrom === undefined ? { wish: unit(value) } : { wish: unit(value), startFrom };
  },
);

/** The longest lives, in calendar years. */
export const rootYears = 30;
export const otherYears = 20;

const backdateMs = 60_000;
const startToleranceMs = 5 * 60_000;

/**
 * The term that is asked for, begun 60 s before now unless it has a start of its own, which may not be long past.
 * It lies within the issuer's life: one that would begin before is refused, only the 60 s give way to a new issuer.
 * (Its end is checked by services, for every front.)
 */
export function termFor(
  asked: AskedValidity,
  now: EpochMs,
  longestYears: number,
  issuer?: Pick<Authority, 'certificate'>,
): Term {
  const { wish, startFrom } = asked;
  const from = startFrom ?? now;
  const issuerBegins = issuer?.certificate?.validity.notBefore ?? 0;
  if (from <= now - startToleranceMs || from < issuerBegins) throw refused('PCA.00020109');
  if (endOf(wish, from) > endOf({ unit: 'years', count: longestYears }, from)) throw refused('PCA.00020109');
  return startFrom === undefined
    ? { wish, backdateMs: Math.min(backdateMs, now - issuerBegins) }
    : { wish, backdateMs: 0, notBefore: startFrom, countFrom: startFrom };
}

function momentOf(given: unknown): EpochMs | undefined {
  if (given === undefined || given === null || given === '') return undefined;
  const digits = typeof given === 'number' ? String(given) : given;
  if (typeof digits !== 'string' || !/^[0-9]{1,15}$/.test(digits)) throw refused('PCA.00020109');
  const moment = Number(digits);
  // Terraform's int64 has no other way to say "unset".
  return moment === 0 ? undefined : moment;
}
