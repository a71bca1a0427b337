import type { Fault, FaultKind } from '../../core/fault.ts';
import type { FaultView } from '../../wire/refusal.ts';
import { refused } from './refusals.ts';

/** What each kind of fault is in the words of IAM. */
export const faults = {
  invalid: badRequest,
  malformed: badRequest,
  mismatch: badRequest,
  unsupported: badRequest,
  'not-found': ({ subject: { what = 'resource' } }) => refused(404, `Could not find ${what}.`),
  'already-exists': badRequest,
  'wrong-state': badRequest,
  pending: badRequest,
  failed: badRequest,
  'in-use': badRequest,
  conflict: badRequest,
  limit: badRequest,
  forbidden: () => refused(403, 'You are not authorized to perform the requested action.'),
  unavailable: () => refused(500, 'An unexpected error prevented the server from fulfilling your request.'),
} satisfies Record<FaultKind, FaultView>;

function badRequest({ message }: Fault) {
  return refused(400, message);
}
