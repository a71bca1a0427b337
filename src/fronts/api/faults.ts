import { type FaultTable, refusal } from '../../wire/refusal.ts';

const invalid = refusal('ValidationException');

export const faults = {
  invalid,
  malformed: invalid,
  mismatch: invalid,
  'not-found': refusal('ResourceNotFoundException'),
  'already-exists': refusal('ConflictException'),
  'wrong-state': refusal('ConflictException'),
  pending: refusal('ConflictException'),
  failed: refusal('ConflictException'),
  'in-use': refusal('ConflictException'),
  conflict: refusal('ConflictException'),
  limit: refusal('LimitExceededException'),
  forbidden: refusal('AccessDeniedException'),
  unsupported: invalid,
  unavailable: refusal('ServiceUnavailableException', undefined, 503),
} satisfies FaultTable;
