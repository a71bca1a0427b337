import type { FaultKind } from '../../core/fault.ts';
import { type FaultView, refusal } from '../../wire/refusal.ts';

/** Our kinds in the words of Certificate Manager, where an operation has no words of its own. */
export const faults = {
  invalid: refusal('ValidationException'),
  malformed: refusal('ValidationException'),
  mismatch: refusal('ValidationException'),
  'not-found': refusal('ResourceNotFoundException'),
  'already-exists': refusal('ConflictException'),
  'wrong-state': refusal('ValidationException'),
  pending: refusal('RequestInProgressException'),
  failed: refusal('ValidationException'),
  'in-use': refusal('ResourceInUseException'),
  conflict: refusal('ConflictException', 'The certificate is being changed by another request. Try again.'),
  limit: refusal('LimitExceededException'),
  forbidden: refusal('AccessDeniedException'),
  unsupported: refusal('ValidationException'),
  // The SDKs try a 503 again.
  unavailable: refusal('ServiceUnavailableException', 'The service is temporarily unavailable. Try again.', 503),
} satisfies Record<FaultKind, FaultView>;
