import { Fault } from '../core/fault.ts';
import type { AccountId, AuthorityId } from '../core/ids.ts';
import type { World } from './world.ts';

/**
 * What an authority did is counted once, from the store, and then kept: a number that only grows. What other servers
 * on the same store add is learnt when the limit seems to be reached, and then the store is asked again.
 */
export class AuthorityCounts {
  readonly #world: Pick<World, 'store'>;
  readonly #what: 'issued' | 'revoked';
  readonly #most: number;
  readonly #counts = new Map<string, Count>();

  constructor(world: Pick<World, 'store'>, what: 'issued' | 'revoked', most: number) {
    this.#world = world;
    this.#what = what;
    this.#most = most;
  }

  async within<Done>(owner: AccountId, authority: AuthorityId, run: () => Promise<Done>): Promise<Done> {
    const count = await this.#countOf(owner, authority);
    if (count === undefined) return run();
    if (!count.isFull && count.done + count.underWay >= this.#most) await this.#recount(count, owner, authority);
    if (count.isFull || count.done + count.underWay >= this.#most) throw this.#limit(authority);
    count.underWay += 1;
    try {
      const done = await run();
      count.done += 1;
      count.doneHere += 1;
      return done;
    } finally {
      count.underWay -= 1;
    }
  }

  /** Undefined where the account has no such authority: the verb says so, and nobody counts for nothing. */
  async #countOf(owner: AccountId, authority: AuthorityId): Promise<Count | undefined> {
    const name = `${owner} ${authority}`;
    const known = this.#counts.get(name);
    if (known !== undefined) return known;
    if ((await this.#world.store.authorities.get(owner, authority)) === undefined) return undefined;
    const done = await this.#stored(owner, authority);
    const isFull = done >= this.#most;
    const count = this.#counts.get(name) ?? { done, doneHere: 0, underWay: 0, isFull }; // or another request's
    this.#counts.set(name, count);
    return count;
  }

  /** What is done here meanwhile may be in the stored number or not: it is counted, so as not to miss any. */
  async #recount(count: Count, owner: AccountId, authority: AuthorityId): Promise<void> {
    const before = count.doneHere;
    const stored = await this.#stored(owner, authority);
    count.done = stored + count.doneHere - before;
    count.isFull = stored >= this.#most;
  }

  async #stored(owner: AccountId, authority: AuthorityId): Promise<number> {
    return (await this.#world.store.issued.countOf(owner, authority))[this.#what];
  }

  #limit(authority: AuthorityId): Fault {
    const done = this.#what === 'issued' ? 'certificates' : 'revoked certificates';
    return new Fault('limit', `The private certificate authority has reached its limit of ${this.#most} ${done}.`, {
      what: 'authority',
      id: authority,
      reason: 'quota',
    });
  }
}

interface Count {
  /** Stored, as far as is known. */
  done: number;
  /** Of those, by this server since it counted. */
  doneHere: number;
  /** Holding a place: may be stored soon. */
  underWay: number;
  /** For good: the store says so, and the number only grows. */
  isFull: boolean;
}
