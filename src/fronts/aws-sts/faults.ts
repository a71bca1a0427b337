import type { FaultKind } from '../../core/fault.ts';
import { type FaultView, refusal } from '../../wire/refusal.ts';

/** Our kinds in the words of the query protocol; nothing here throws one but `unavailable`. */
export const faults = {
  invalid: refusal('ValidationError'),
  malformed: refusal('ValidationError'),
  mismatch: refusal('ValidationError'),
  'not-found': refusal('ValidationError'),
  'already-exists': refusal('ValidationError'),
  'wrong-state': refusal('ValidationError'),
  pending: refusal('ValidationError'),
  failed: refusal('ValidationError'),
  'in-use': refusal('ValidationError'),
  conflict: refusal('ValidationError'),
  limit: refusal('Throttling'),
  forbidden: refusal('AccessDenied', undefined, 403),
  unsupported: refusal('ValidationError'),
  unavailable: refusal('ServiceUnavailable', 'The service is temporarily unavailable. Try again.', 503),
} satisfies Record<FaultKind, FaultView>;
