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
    const end = `the validity ends at ${inWords(notAfter)}`;
    const wrong =
      notAfter <= now
        ? `which is in the past: it is ${inWords(now)} now`
        : `which is not after its begin at ${inWords(notBefore)}`;
    throw new Fault('invalid', `${end}, ${wrong}`, { what: 'validity', reason: 'past' });
  }
  return { notBefore, notAfter };
}

/** A caller may name any number, also one that is beyond all dates. */
function inWords(at: EpochMs): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? 'a time beyond all dates' : date.toISOString();
}
