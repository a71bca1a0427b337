/**
 * The main thread's end of the key maker: one wish at a time, those of a waiting caller before those of the ready pool.
 * The thread starts with the first wish and ends when it has been idle for a while, so an idle server does not carry it.
 */
import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { poolAccount } from '../core/commands.ts';
import { Fault } from '../core/fault.ts';
import { type AccountId, keyId } from '../core/ids.ts';
import type { KeyAlgorithm, SealedKey } from '../core/key.ts';
import type { KeyMaker } from '../core/ports.ts';
import type { MasterKey } from '../vault/master-key.ts';
import type { KeyMakerAnswer, KeyMakerStart, KeyWish } from './key-maker-messages.ts';
import { threadEntry } from './thread-entry.ts';
import { errorOf } from './thread-failure.ts';

interface Waiting {
  readonly wish: KeyWish;
  readonly resolve: (sealed: SealedKey) => void;
  readonly reject: (cause: Error) => void;
}

const idleMs = 10_000;

export class KeyMakerClient implements KeyMaker {
  readonly #masterKey: MasterKey;
  readonly #onCrash: (cause: unknown) => void;
  readonly #waiting: Waiting[] = [];
  #current: Waiting | undefined;
  #thread: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** @param onCrash told why the thread ended, when nobody asked it to */
  constructor(masterKey: MasterKey, onCrash: (cause: unknown) => void) {
    this.#masterKey = masterKey;
    this.#onCrash = onCrash;
  }

  make(account: AccountId, algorithm: KeyAlgorithm, id = keyId(randomUUID())): Promise<SealedKey> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(stopped());
      this.#enqueue({ wish: { account, algorithm, id }, resolve, reject });
      this.#next();
    });
  }

  /** Rejects what waits and ends the thread; a key that is being made is finished first and thrown away. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#idle);
    for (const { reject } of this.#waiting.splice(0)) reject(stopped());
    await this.#thread?.terminate();
  }

  #enqueue(waiting: Waiting): void {
    const firstOfPool = this.#waiting.findIndex(({ wish }) => wish.account === poolAccount);
    if (waiting.wish.account === poolAccount || firstOfPool === -1) this.#waiting.push(waiting);
    else this.#waiting.splice(firstOfPool, 0, waiting);
  }

  #next(): void {
    if (this.#current !== undefined) return;
    this.#current = this.#waiting.shift();
    if (this.#current === undefined) return this.#rest();
    clearTimeout(this.#idle);
    this.#thread ??= this.#startThread();
    this.#thread.ref();
    this.#thread.postMessage(this.#current.wish);
  }

  #rest(): void {
    this.#thread?.unref();
    this.#idle = setTimeout(() => {
      const thread = this.#thread;
      this.#thread = undefined; // a wish that comes while this one ends starts another
      void thread?.terminate();
    }, idleMs);
    this.#idle.unref();
  }

  #startThread(): Worker {
    const workerData: KeyMakerStart = { masterKey: this.#masterKey.handle() };
    const thread = new Worker(threadEntry('key-maker'), { name: 'key-maker', workerData });
    thread.on('message', (answer: KeyMakerAnswer) => {
      const current = this.#current;
      this.#current = undefined;
      if ('sealed' in answer) current?.resolve(answer.sealed);
      else current?.reject(errorOf('key-maker', answer));
      this.#next();
    });
    thread.on('error', (cause) => this.#onCrash(cause));
    thread.on('exit', () => {
      if (this.#thread !== thread) return;
      this.#thread = undefined;
      this.#current?.reject(stopped());
      this.#current = undefined;
      if (!this.#isClosed) this.#next();
    });
    return thread;
  }
}

function stopped(): Fault {
  return new Fault('unavailable', 'the maker of keys has stopped', { what: 'vault' });
}
