/**
 * The main thread's end of the long reads. The thread starts with the first question and ends when it has been idle
 * for a while, so a server that nobody asks for long lists does not carry it.
 */
import { Worker } from 'node:worker_threads';
import { Fault } from '../core/fault.ts';
import type { LongReader, LongReadName, LongReads, StartLongReader } from '../store/sqlite/long-reads.ts';
import type { LongReaderStart, NumberedAnswer, NumberedQuestion } from './long-reader-messages.ts';
import { threadEntry } from './thread-entry.ts';
import { errorOf } from './thread-failure.ts';

/** Hands `openStore` a long reader in a thread of its own. */
export const startLongReader: StartLongReader = (file) => new LongReaderClient(file);

interface Pending {
  readonly resolve: (found: unknown) => void;
  readonly reject: (cause: Error) => void;
}

const idleMs = 60_000;

class LongReaderClient implements LongReader {
  readonly #file: string;
  readonly #pending = new Map<number, Pending>();
  #lastNumber = 0;
  #thread: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(file: string) {
    this.#file = file;
  }

  ask<Name extends LongReadName>(name: Name, ...values: Parameters<LongReads[Name]>): ReturnType<LongReads[Name]> {
    const found = new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(stopped('it is closed'));
      clearTimeout(this.#idle);
      this.#thread ??= this.#startThread();
      this.#thread.ref();
      this.#lastNumber += 1;
      this.#pending.set(this.#lastNumber, { resolve, reject });
      this.#thread.postMessage({ number: this.#lastNumber, question: { name, values } } satisfies NumberedQuestion);
    });
    return found as ReturnType<LongReads[Name]>; // the thread answered the read of this name
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#idle);
    this.#rejectAll('the store is being closed');
    await this.#thread?.terminate();
  }

  #startThread(): Worker {
    const workerData: LongReaderStart = { file: this.#file };
    const thread = new Worker(threadEntry('long-reader'), { name: 'long-reader', workerData });
    let cause = 'it ended without a word';
    thread.on('message', ({ number, answer }: NumberedAnswer) => {
      const pending = this.#pending.get(number);
      this.#pending.delete(number);
      if ('found' in answer) pending?.resolve(answer.found);
      else pending?.reject(errorOf('long-reader', answer));
      if (this.#pending.size === 0) this.#rest(thread);
    });
    thread.on('error', (error) => {
      cause = error instanceof Error ? error.message : String(error);
    });
    thread.on('exit', () => {
      if (this.#thread !== thread) return;
      this.#thread = undefined; // the next question starts another
      this.#rejectAll(cause);
    });
    return thread;
  }

  #rest(thread: Worker): void {
    thread.unref();
    this.#idle = setTimeout(() => {
      this.#thread = undefined; // a question that comes while this one ends starts another
      void thread.terminate();
    }, idleMs);
    this.#idle.unref();
  }

  #rejectAll(cause: string): void {
    const lost = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of lost) reject(stopped(cause));
  }
}

function stopped(cause: string): Fault {
  return new Fault('unavailable', `the reader of long lists stopped: ${cause}; ask again`, { what: 'store' });
}
