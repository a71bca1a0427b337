/** The main thread's end of the writer: one message a turn of the event loop, answers in the order of the questions. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Order, Outcome } from '../store/sqlite/group-commit.ts';
import type { StartWriter, Writer } from '../store/sqlite/writer.ts';
import { ownedValue } from './writer-octets.ts';
import { threadEntry } from './thread-entry.ts';
import type { WriterAnswer, WriterRequest, WriterStart } from './writer-messages.ts';

/** Hands `openStore` a writer in a thread of its own. */
export const startWriter: StartWriter = async (file, onCommit) => new WriterClient(startThread(file), file, onCommit);

/**
 * Starts the thread now, so that it loads its code while the caller goes on, and hands it over when the store is
 * opened. The thread touches the file only with its first order.
 */
export function warmWriter(file: string): StartWriter {
  const thread = startThread(file);
  return async (opened, onCommit) => new WriterClient(opened === file ? thread : startThread(opened), opened, onCommit);
}

function startThread(file: string): Worker {
  const workerData: WriterStart = { file };
  const thread = new Worker(threadEntry('writer'), { name: 'writer', workerData });
  thread.unref();
  return thread;
}

class WriterClient implements Writer {
  readonly #file: string;
  readonly #onCommit: (groupSize: number) => void;
  #thread: Worker | undefined;
  #batch: Order[] = [];
  #settlers: ((outcome: Outcome) => void)[] = [];
  #isClosed = false;

  constructor(thread: Worker, file: string, onCommit: (groupSize: number) => void) {
    this.#file = file;
    this.#onCommit = onCommit;
    this.#thread = this.#follow(thread);
  }

  submit(order: Order): Promise<Outcome> {
    if (this.#isClosed) return Promise.resolve(stopped('the writer is closed'));
    return new Promise((settle) => {
      this.#thread ??= this.#follow(startThread(this.#file));
      if (this.#settlers.length === 0) this.#thread.ref();
      if (this.#batch.length === 0) setImmediate(() => this.#flush());
      this.#batch.push(ownedValue(order));
      this.#settlers.push(settle);
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#flush();
    const thread = this.#thread;
    if (thread === undefined) return;
    thread.ref();
    const ended = once(thread, 'exit');
    thread.postMessage('close' satisfies WriterRequest);
    await ended;
  }

  #flush(): void {
    const batch = this.#batch;
    this.#batch = [];
    try {
      if (batch.length > 0) this.#thread?.postMessage(batch satisfies WriterRequest);
    } catch (cause) {
      // A value that no message can carry: none of the batch went out, and it is the newest of what waits.
      const error = cause instanceof Error ? cause.message : String(cause);
      for (const settle of this.#settlers.splice(-batch.length)) settle({ error });
    }
  }

  #follow(thread: Worker): Worker {
    let cause = 'it ended without a word';
    thread.on('message', (outcomes: WriterAnswer) => {
      this.#onCommit(outcomes.length);
      const settled = this.#settlers.splice(0, outcomes.length);
      if (this.#settlers.length === 0 && !this.#isClosed) thread.unref();
      settled.forEach((settle, at) => settle(outcomes[at] ?? { error: 'the writer gave no outcome' }));
    });
    thread.on('error', (error) => {
      cause = error instanceof Error ? error.message : String(error);
    });
    thread.on('exit', () => {
      this.#thread = undefined; // the next order starts another: a thread that cannot start does not spin
      this.#batch = [];
      for (const settle of this.#settlers.splice(0)) settle(stopped(cause));
    });
    return thread;
  }
}

/** Whether the change was kept is unknown then; a claim or a look at the store tells. */
function stopped(cause: string): Outcome {
  const message = `the writer stopped before it answered: ${cause}`;
  return { fault: { kind: 'unavailable', message, subject: { what: 'store' } } };
}
