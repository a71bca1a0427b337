import assert from 'node:assert/strict';
import { Fault, type FaultKind } from '../../src/core/fault.ts';

/** The promise is rejected with a Fault of this kind, about this noun and for this reason where they are given. */
export async function rejectsWith(
  promise: Promise<unknown>,
  kind: FaultKind,
  { what, reason }: { what?: string; reason?: string } = {},
): Promise<Fault> {
  const cause = await promise.then(
    () => assert.fail(`nothing was refused, expected a Fault ${kind}`),
    (thrown: unknown) => thrown,
  );
  if (!(cause instanceof Fault)) throw cause;
  const found = {
    kind: cause.kind,
    what: what === undefined ? undefined : cause.subject.what,
    reason: reason === undefined ? undefined : cause.subject.reason,
  };
  assert.deepEqual(found, { kind, what, reason }, cause.message);
  return cause;
}
