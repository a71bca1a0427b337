/**
 * The signer's thread as the main thread holds it: the jobs of one turn of the event loop go out as one message, and a
 * thread that died is replaced when the next job comes, so one that cannot start does not spin.
 */
import { Worker } from 'node:worker_threads';
import type { MasterKey } from '../vault/master-key.ts';
import type { HeldKeyName, SignerStart, SigningAnswer, SigningBatch, SigningJob } from './signer-messages.ts';
import { threadEntry } from './thread-entry.ts';

export interface SignerThreadEvents {
  onAnswer(answer: SigningAnswer): void;
  /** This job holds a value that no message can carry; it was not sent. */
  onRefused(job: SigningJob, cause: unknown): void;
  /** The thread is gone with all that it was given and all that it held. */
  onEnd(): void;
  /** Told why the thread ended, when nobody asked it to. */
  onCrash(cause: unknown): void;
}

export class SignerThread {
  readonly #masterKey: MasterKey;
  readonly #events: SignerThreadEvents;
  #worker: Worker | undefined;
  #jobs: SigningJob[] = [];
  #forget: HeldKeyName[] = [];
  /** Jobs that wait for their answers; they alone keep the process alive. */
  #open = 0;

  constructor(masterKey: MasterKey, events: SignerThreadEvents) {
    this.#masterKey = masterKey;
    this.#events = events;
    this.#worker = this.#start();
  }

  /** `forget` names a key that the signer drops after the batch of this job. */
  post(job: SigningJob, forget?: HeldKeyName): void {
    this.#worker ??= this.#start();
    if (this.#open++ === 0) this.#worker.ref();
    // setImmediate and not a microtask: all requests that one poll of the sockets brought share a message.
    if (this.#jobs.length === 0) setImmediate(() => this.#flush());
    this.#jobs.push(job);
    if (forget !== undefined) this.#forget.push(forget);
  }

  /** The signer drops a key at once, unless a job of the same turn of the event loop still needs it. */
  forget(name: HeldKeyName): void {
    if (this.#jobs.length === 0) this.#send({ jobs: [], forget: [name] });
    else this.#forget.push(name);
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #flush(): void {
    const batch: SigningBatch = { jobs: this.#jobs, forget: this.#forget };
    this.#jobs = [];
    this.#forget = [];
    if (batch.jobs.length > 0) this.#send(batch);
  }

  /** A batch that cannot be sent goes job by job, so that only the culprit fails. */
  #send({ jobs, forget }: SigningBatch): void {
    try {
      this.#worker?.postMessage({ jobs, forget } satisfies SigningBatch);
    } catch (cause) {
      const [job] = jobs;
      if (jobs.length > 1) jobs.forEach((one, at) => this.#send({ jobs: [one], forget: at === 0 ? forget : [] }));
      else if (job !== undefined) {
        this.#answered();
        this.#events.onRefused(job, cause);
      }
    }
  }

  #start(): Worker {
    const workerData: SignerStart = { masterKey: this.#masterKey.handle() };
    const worker = new Worker(threadEntry('signer'), { name: 'signer', workerData });
    worker.unref();
    worker.on('message', (answers: readonly SigningAnswer[]) => {
      for (const answer of answers) {
        this.#answered();
        this.#events.onAnswer(answer);
      }
    });
    worker.on('error', (cause) => this.#events.onCrash(cause));
    worker.on('exit', () => {
      this.#worker = undefined;
      this.#open = 0;
      this.#jobs = [];
      this.#forget = [];
      this.#events.onEnd();
    });
    return worker;
  }

  #answered(): void {
    this.#open -= 1;
    if (this.#open === 0) this.#worker?.unref();
  }
}
