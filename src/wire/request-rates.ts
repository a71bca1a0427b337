/**
 * How many requests a second an account may make of each operation, where a server is told to limit them. Buckets are
 * few (accounts that exist, times operations that exist), fill by themselves, and need no timer.
 */
import type { Caller } from '../core/account.ts';
import type { AccountId } from '../core/ids.ts';
import { Refusal } from './refusal.ts';

/** Requests a second by the vendor's name of the operation; one that is absent is not limited. */
export type Rates = Readonly<Record<string, number>>;

/** Asked after a caller is proven and before anything is read. Throws Refusal when the account asks too often. */
export type Admit = (caller: Caller, operation: string) => void;

/**
 * A token bucket for each account and operation: it holds as many requests as a second allows, and gets one back
 * every 1/rate s. A caller's region has no bucket of its own: regions here are whatever a caller names, and would be
 * a way around. `elapsedMs` must never go back.
 */
export function admitWithin(rates: Rates, elapsedMs: () => number, refusal: Refusal = rateExceeded): Admit {
  const buckets = new Buckets(elapsedMs);
  const limits = new Map(Object.entries(rates));
  return ({ account }, operation) => {
    const rate = limits.get(operation);
    if (rate !== undefined && !buckets.take(account, operation, rate)) throw refusal;
  };
}

class Buckets {
  readonly #elapsedMs: () => number;
  readonly #buckets = new Map<string, { tokens: number; filledAt: number }>();

  constructor(elapsedMs: () => number) {
    this.#elapsedMs = elapsedMs;
  }

  take(account: AccountId, operation: string, rate: number): boolean {
    const now = this.#elapsedMs();
    const name = `${account} ${operation}`;
    const bucket = this.#buckets.get(name) ?? this.#new(name, now, rate);
    bucket.tokens = Math.min(rate, bucket.tokens + ((now - bucket.filledAt) / 1000) * rate);
    bucket.filledAt = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  /** Beyond what a server with thousands of busy accounts has, the oldest is forgotten: then it is full again. */
  #new(name: string, now: number, rate: number): { tokens: number; filledAt: number } {
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size < mostBuckets) break;
      this.#buckets.delete(oldest);
    }
    const bucket = { tokens: rate, filledAt: now };
    this.#buckets.set(name, bucket);
    return bucket;
  }
}

const mostBuckets = 100_000;

/** AWS's answer, HTTP 400; its SDKs wait and try again. One value for all: it says nothing of the caller. */
const rateExceeded = new Refusal('ThrottlingException', 'Rate exceeded');
