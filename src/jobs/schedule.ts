/**
 * The schedule: what happens on time.
 *
 * Lives here: when a job runs, and that a failing one is heard of and tried again. Does not: what a job does (its own
 * file), leases between servers (the store's commands are safe to run from several). The invariants: a job never
 * overlaps itself, never throws into the process, never keeps the process alive, and `stop` waits for what is under way.
 */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Job {
  /** A kebab-case name for logs and metrics. */
  readonly name: string;
  /** From the end of one run to the start of the next; a tenth more or less at random, so that servers spread. */
  readonly intervalMs: number;
  /** Before the first run; the interval unless given. */
  readonly firstAfterMs?: number;
  /** One run. `signal` aborts when the server stops: what can stop early does, and returns. */
  run(signal: AbortSignal): Promise<void>;
}

export interface JobLog {
  error(fields: { job: string; err: unknown }, message: string): void;
}

/** How often a job ran and failed since the start. A count that stands still is a job that hangs. */
export interface Heartbeat {
  readonly runs: number;
  readonly failures: number;
}

export class Schedule {
  readonly #log: JobLog;
  readonly #random: () => number;
  readonly #stopping = new AbortController();
  readonly #loops: Promise<void>[] = [];
  readonly #heartbeats = new Map<string, Heartbeat>();
  /** Ends the wait of a job, by its name. */
  readonly #alarms = new Map<string, AbortController>();

  /** @param random uniform in [0, 1); only spreads the intervals, guards nothing */
  constructor(log: JobLog, random: () => number = Math.random) {
    this.#log = log;
    this.#random = random;
  }

  /** The count of each job, by name. */
  get heartbeats(): ReadonlyMap<string, Heartbeat> {
    return this.#heartbeats;
  }

  start(job: Job): void {
    if (this.#heartbeats.has(job.name)) throw new Error(`job ${job.name} is on the schedule already`);
    this.#heartbeats.set(job.name, { runs: 0, failures: 0 });
    this.#alarms.set(job.name, new AbortController());
    this.#loops.push(this.#loop(job));
  }

  /** Runs a job now, or again once when it is running. Nothing when no such job is on the schedule. */
  wake(name: string): void {
    this.#alarms.get(name)?.abort();
  }

  /** Starts nothing more, tells what runs to end, and resolves when it has. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#loops);
  }

  async #loop(job: Job): Promise<void> {
    let wait = job.firstAfterMs ?? job.intervalMs;
    while (await this.#isDue(job.name, wait)) {
      await this.#runOnce(job);
      wait = job.intervalMs * (0.9 + 0.2 * this.#random());
    }
  }

  /** Waits; false when the schedule stops. */
  async #isDue(name: string, ms: number): Promise<boolean> {
    const stopping = this.#stopping.signal;
    if (stopping.aborted) return false;
    const alarm = this.#alarms.get(name)?.signal ?? stopping;
    const signal = AbortSignal.any([stopping, alarm]);
    await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined); // rejects only when aborted
    this.#alarms.set(name, new AbortController()); // from now on a call means another run
    return !stopping.aborted;
  }

  async #runOnce(job: Job): Promise<void> {
    const { runs, failures } = this.#heartbeats.get(job.name) ?? { runs: 0, failures: 0 };
    try {
      await job.run(this.#stopping.signal);
      this.#heartbeats.set(job.name, { runs: runs + 1, failures });
    } catch (err) {
      this.#heartbeats.set(job.name, { runs: runs + 1, failures: failures + 1 });
      this.#log.error({ job: job.name, err }, `job ${job.name} failed and will be tried again`);
    }
  }
}
