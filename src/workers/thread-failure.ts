/** What goes wrong in a thread, as plain data: an Error loses its class in a message. */
import { Fault, type FaultKind, type FaultSubject } from '../core/fault.ts';

export type ThreadFailure =
  | { readonly fault: { readonly kind: FaultKind; readonly message: string; readonly subject: FaultSubject } }
  /** A bug: no Fault was meant. */
  | { readonly bug: string };

export function failureOf(cause: unknown): ThreadFailure {
  if (cause instanceof Fault) {
    return { fault: { kind: cause.kind, message: cause.message, subject: cause.subject } };
  }
  return { bug: cause instanceof Error ? (cause.stack ?? cause.message) : 'something that is no Error was thrown' };
}

/** The error that the main thread rejects with. */
export function errorOf(thread: string, failure: ThreadFailure): Error {
  if ('fault' in failure) return new Fault(failure.fault.kind, failure.fault.message, failure.fault.subject);
  return new Error(`the ${thread} thread failed: ${failure.bug}`);
}
