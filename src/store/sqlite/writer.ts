import { commitGroup, largestGroup, type Order, type Outcome } from './group-commit.ts';
import { LogEraser } from './log-eraser.ts';
import { SqliteSession } from './session.ts';

/** The one writer of an SQLite file, wherever it runs. */
export interface Writer {
  /** Settles when the group that the command was part of is on disk. */
  submit(order: Order): Promise<Outcome>;
  /** Resolves when all that was submitted is settled and the file is closed. */
  close(): Promise<void>;
}

/** Makes a writer for a file whose schema is up to date; `onCommit` hears how many commands shared a commit. */
export type StartWriter = (file: string, onCommit: (groupSize: number) => void) => Promise<Writer>;

interface Waiting {
  readonly order: Order;
  readonly settle: (outcome: Outcome) => void;
}

/** A writer on the caller's own thread: for tools and tests; a server has its own thread for it. */
export const startInlineWriter: StartWriter = async (file, onCommit) => {
  const session = new SqliteSession(file, { readOnly: false });
  const eraser = new LogEraser(session);
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  const drain = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const group = waiting.slice(0, largestGroup);
      waiting = waiting.slice(largestGroup);
      const orders = group.map(({ order }) => order);
      const outcomes = await commitGroup(session, orders);
      onCommit(group.length);
      group.forEach(({ settle }, at) => settle(outcomes[at] ?? { error: 'no outcome' }));
      eraser.afterGroup(orders);
    }
    running = undefined;
  };

  return {
    submit: (order) =>
      new Promise((settle) => {
        waiting.push({ order, settle });
        running ??= drain();
      }),
    async close() {
      await running;
      eraser.close();
      session.close();
    },
  };
};
