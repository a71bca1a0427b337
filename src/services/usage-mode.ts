import { type Authority, shortLivedLimitMs } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import type { EpochMs } from '../core/ids.ts';
import type { Validity } from '../core/validity.ts';

/** A short-lived authority signs for seven days at most, counted from the moment of issuing. */
export function assertUsageMode(authority: Authority, validity: Validity, now: EpochMs): void {
  if (authority.usageMode === 'short-lived' && validity.notAfter - now > shortLivedLimitMs) {
    throw new Fault('invalid', 'a short-lived authority issues certificates of at most 7 days', {
      what: 'validity',
      reason: 'short-lived',
    });
  }
}
