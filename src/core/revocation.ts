/** Why and since when a certificate is no longer to be trusted before its end. */
import type { EpochMs } from './ids.ts';

/**
 * The reasons of RFC 5280 §5.3.1. `removeFromCRL` is not among them: it takes a certificate off a hold, and nothing
 * takes a revocation back here.
 */
export const revocationReasons = [
  'unspecified',
  'key-compromise',
  'authority-compromise',
  'affiliation-changed',
  'superseded',
  'cessation-of-operation',
  'certificate-hold',
  'privilege-withdrawn',
  'attribute-authority-compromise',
] as const;

export type RevocationReason = (typeof revocationReasons)[number];

export interface Revocation {
  readonly at: EpochMs;
  readonly reason: RevocationReason;
}
