import type { EpochMs } from '../core/ids.ts';
import type { Clock } from '../core/ports.ts';

/** How many failures in a row from one source with one key, within the window, close that pair, and for how long. */
export interface ThrottleLimits {
  readonly failures: number;
  readonly windowMs: number;
  /** Pairs that are remembered; the one that failed longest ago is forgotten first. */
  readonly remembered: number;
}

/**
 * Slows down guessing. Counts by source address and key together, never by key alone: a stranger who guesses cannot
 * lock out the owner, who comes from elsewhere.
 */
export class SignInThrottle {
  readonly #clock: Clock;
  readonly #limits: ThrottleLimits;
  readonly #pairs = new Map<string, { failures: number; since: EpochMs }>();

  constructor(clock: Clock, limits: ThrottleLimits = usual) {
    this.#clock = clock;
    this.#limits = limits;
  }

  isClosed(source: string, key: string): boolean {
    if (this.#pairs.size === 0) return false;
    const pair = this.#pairs.get(pairOf(source, key));
    return pair !== undefined && pair.failures >= this.#limits.failures && this.#isOpenWindow(pair.since);
  }

  failed(source: string, key: string): void {
    const name = pairOf(source, key);
    const before = this.#pairs.get(name);
    const goesOn = before !== undefined && this.#isOpenWindow(before.since);
    this.#pairs.delete(name);
    this.#pairs.set(name, {
      failures: goesOn ? before.failures + 1 : 1,
      since: goesOn ? before.since : this.#clock.now(),
    });
    for (const oldest of this.#pairs.keys()) {
      if (this.#pairs.size <= this.#limits.remembered) return;
      this.#pairs.delete(oldest);
    }
  }

  succeeded(source: string, key: string): void {
    if (this.#pairs.size > 0) this.#pairs.delete(pairOf(source, key));
  }

  #isOpenWindow(since: EpochMs): boolean {
    const age = this.#clock.now() - since;
    return age >= 0 && age < this.#limits.windowMs;
  }
}

/** A key id of any length costs no more memory than a real one. */
function pairOf(source: string, key: string): string {
  return `${source} ${key.slice(0, 128)}`;
}

/** A secret has 200 bits and more, so this is about load and logs; a wrong client among right ones is forgiven. */
const usual: ThrottleLimits = { failures: 30, windowMs: 60_000, remembered: 10_000 };
