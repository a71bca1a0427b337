import type { FaultKind } from '../../core/fault.ts';
import { type FaultView, refusal } from '../../wire/refusal.ts';

/** Our kinds in the words of Private CA, where an operation has no words of its own. */
export const faults = {
  invalid: refusal('InvalidArgsException'),
  malformed: refusal('InvalidArgsException'),
  mismatch: refusal('InvalidArgsException'),
  'not-found': refusal('ResourceNotFoundException'),
  'already-exists': refusal('RequestAlreadyProcessedException'),
  'wrong-state': refusal('InvalidStateException'),
  pending: refusal('RequestInProgressException'),
  failed: refusal('RequestFailedException'),
  'in-use': refusal('InvalidStateException'),
  conflict: refusal('ConcurrentModificationException', 'A previous update to your private CA is still ongoing.'),
  limit: refusal('LimitExceededException'),
  forbidden: refusal('AccessDeniedException'),
  unsupported: refusal('InvalidArgsException'),
  // The SDKs try a 503 again.
  unavailable: refusal('ServiceUnavailableException', 'The service is temporarily unavailable. Try again.', 503),
} satisfies Record<FaultKind, FaultView>;
