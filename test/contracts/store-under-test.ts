import { after, before, describe } from 'node:test';
import type { FaultKind } from '../../src/core/fault.ts';
import { Fault } from '../../src/core/fault.ts';
import type { OpenedStore } from '../../src/store/open.ts';

/** One store a suite; tests stay apart by accounts of their own. */
export interface StoreUnderTest {
  readonly store: OpenedStore;
}

/** A suite over one store, which is opened before it and closed after it. */
export function describeOver(
  name: string,
  open: () => Promise<OpenedStore>,
  tests: (on: StoreUnderTest) => void,
): void {
  describe(name, () => {
    let opened: OpenedStore | undefined;
    before(async () => {
      opened = await open();
    });
    after(async () => await opened?.close());
    tests({
      get store() {
        if (opened === undefined) throw new Error('the store is opened before the tests');
        return opened;
      },
    });
  });
}

/** For `assert.rejects`: a Fault of this kind, and where it matters about this noun. */
export function isFault(kind: FaultKind, what?: string): (cause: unknown) => boolean {
  return (cause) => {
    if (!(cause instanceof Fault)) throw cause;
    if (cause.kind !== kind || (what !== undefined && cause.subject.what !== what)) throw cause;
    return true;
  };
}
