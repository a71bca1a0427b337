import type { RevocationReason } from '../../core/revocation.ts';

/** The vendor's words for why a certificate is revoked, in the order of its model; a hold is not among them. */
export const revocationReasons = {
  UNSPECIFIED: 'unspecified',
  KEY_COMPROMISE: 'key-compromise',
  CERTIFICATE_AUTHORITY_COMPROMISE: 'authority-compromise',
  AFFILIATION_CHANGED: 'affiliation-changed',
  SUPERSEDED: 'superseded',
  CESSATION_OF_OPERATION: 'cessation-of-operation',
  PRIVILEGE_WITHDRAWN: 'privilege-withdrawn',
  A_A_COMPROMISE: 'attribute-authority-compromise',
} as const satisfies Record<string, RevocationReason>;

export type RevocationReasonName = keyof typeof revocationReasons;
