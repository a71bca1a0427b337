import type { Claimed } from '../../core/idempotency.ts';
import { Fault } from '../../core/fault.ts';
import type { Database } from '../schema.ts';
import { claimName } from './claim-batch.ts';
import { nameOf, type RecordIssued, recordIssuedBatch } from './record-issued-batch.ts';
import { transact } from './transact.ts';

/** How many certificates share a transaction at most, and how many transactions run at once. */
const largestBatch = 128;
const batchesAtOnce = 2;

interface Waiting {
  readonly input: RecordIssued;
  readonly resolve: (claimed: Claimed) => void;
  readonly reject: (cause: unknown) => void;
}

/** Gathers `record-issued` commands while others are being committed, and commits them together. */
export class IssuedGatherer {
  readonly #db: Database;
  readonly #onCommit: (groupSize: number) => void;
  #waiting: Waiting[] = [];
  #running = 0;

  constructor(db: Database, onCommit: (groupSize: number) => void) {
    this.#db = db;
    this.#onCommit = onCommit;
  }

  record(input: RecordIssued): Promise<Claimed> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#start());
      this.#waiting.push({ input, resolve, reject });
    });
  }

  #start(): void {
    while (this.#running < batchesAtOnce && this.#waiting.length > 0) {
      this.#running += 1;
      void this.#commit(this.#takeBatch());
    }
  }

  /** Equal claims and equal serial numbers go into different batches: a statement cannot touch a row twice. */
  #takeBatch(): readonly Waiting[] {
    const names = new Set<string>();
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    for (const waiting of this.#waiting) {
      const { certificate, claim } = waiting.input;
      const own = [nameOf(certificate), ...(claim === undefined ? [] : [claimName(claim)])];
      const fits = batch.length < largestBatch && !own.some((name) => names.has(name));
      if (fits) for (const name of own) names.add(name);
      (fits ? batch : rest).push(waiting);
    }
    this.#waiting = rest;
    return batch;
  }

  /** Never rejects: what goes wrong rejects each of the batch. */
  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const inputs = batch.map(({ input }) => input);
      const outcomes = await transact(this.#db, (work) => recordIssuedBatch(work, inputs));
      this.#onCommit(batch.length);
      batch.forEach(({ resolve, reject }, at) => {
        const outcome = outcomes[at];
        if (outcome === undefined || outcome instanceof Fault) reject(outcome);
        else resolve(outcome);
      });
    } catch (cause) {
      for (const { reject } of batch) reject(cause);
    } finally {
      this.#running -= 1;
      this.#start();
    }
  }
}
