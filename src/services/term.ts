import { Fault } from '../core/fault.ts';
import type { EpochMs } from '../core/ids.ts';
import { endOf, type Validity, type ValidityWish } from '../core/validity.ts';

/** From when to when. The end counts from the moment of issuing, or from `start`, never from the back-dated begin. */
export interface Term {
  readonly wish: ValidityWish;
  /** notBefore lies this much before the moment of issuing, for clients whose clocks are late. */
  readonly backdateMs: number;
  /** A notBefore of the caller's own. */
  readonly notBefore?: EpochMs;
  /** Count the end from here instead of from now. */
  readonly countFrom?: EpochMs;
}

/** The validity that a term means now, in whole seconds. Throws Fault `invalid` when it ends before it begins. */
export function termOf(term: Term, now: EpochMs): Validity {
  const notBefore = Math.floor((term.notBefore ?? (term.countFrom ?? now) - term.backdateMs) / 1000) * 1000;
  const notAfter = endOf(term.wish, term.countFrom ?? now);
  if (notAfter <= notBefore || notAfter <= now) {
    throw new Fault('invalid', 'the validity ends before it begins or in the past', {
      what: 'validity',
      reason: 'past',
    });
  }
  return { notBefore, notAfter };
}
