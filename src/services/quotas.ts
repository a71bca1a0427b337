/**
 * How much an account may make, where a server is told to limit it: the verbs that make something, each with its
 * quota asked first. Without quotas the verbs are as they are and nothing is counted.
 */
import type { Caller } from '../core/account.ts';
import { Fault } from '../core/fault.ts';
import type { AccountId, AuthorityId } from '../core/ids.ts';
import type { SharedAccess } from '../core/shared-access.ts';
import type { Services } from './bind.ts';
import { earlierResult, type Repeatable } from './idempotency.ts';
import type { World } from './world.ts';

export interface Quotas {
  /** Authorities of an account in a region; a deleted one counts until it is gone. */
  readonly authorities: number;
  /** What one authority ever signs. */
  readonly certificates: number;
  /** What one authority ever revokes. */
  readonly revoked: number;
}

type Counted = 'issued' | 'revoked';
type Uses = Pick<World, 'store' | 'clock'>;

/** The services, where what makes an authority or a certificate or revokes one may throw Fault `limit` too. */
export function withinQuotas(world: Uses, services: Services, quotas: Quotas): Services {
  const certificates = new AuthorityCounts(world, 'issued', quotas.certificates);
  const revocations = new AuthorityCounts(world, 'revoked', quotas.revoked);
  const authorities = new AuthorityPlaces(world, quotas.authorities);
  const signed = <Done>(caller: Caller, { authority, access, repeatable }: Signing, run: () => Promise<Done>) =>
    unlessRepeated(world, caller, repeatable, run, () =>
      certificates.within(access?.owner ?? caller.account, authority, run),
    );
  return {
    ...services,
    createAuthority: (caller, wish) => {
      const create = () => services.createAuthority(caller, wish);
      const issuer = wish.sign?.issuer;
      const place = () => authorities.within(caller, create);
      return unlessRepeated(world, caller, wish.repeatable, create, () =>
        issuer === undefined ? place() : certificates.within(caller.account, issuer, place),
      );
    },
    issueCertificate: (caller, wish) => signed(caller, wish, () => services.issueCertificate(caller, wish)),
    requestCertificate: (caller, wish) => signed(caller, wish, () => services.requestCertificate(caller, wish)),
    issueIntermediate: (caller, wish) =>
      signed(caller, { authority: wish.issuer }, () => services.issueIntermediate(caller, wish)),
    revokeCertificate: (caller, wish) =>
      revocations.within(wish.access?.owner ?? caller.account, wish.authority, () =>
        services.revokeCertificate(caller, wish),
      ),
  };
}

/** What a certificate is to be signed by, and whose request that is. */
interface Signing {
  readonly authority: AuthorityId;
  readonly access?: SharedAccess;
  readonly repeatable?: Repeatable;
}

/** Whoever repeats a request gets its answer again, and needs no further place. */
async function unlessRepeated<Done>(
  world: Uses,
  caller: Caller,
  repeatable: Repeatable | undefined,
  run: () => Promise<Done>,
  within: () => Promise<Done>,
): Promise<Done> {
  const earlier = await earlierResult(world, caller, repeatable, world.clock.now());
  return earlier === undefined ? within() : run();
}

/** Authorities are few and made seldom, so they are counted each time; those being made hold a place. */
class AuthorityPlaces {
  readonly #world: Uses;
  readonly #most: number;
  readonly #beingMade = new Map<string, number>();

  constructor(world: Uses, most: number) {
    this.#world = world;
    this.#most = most;
  }

  async within<Done>(caller: Caller, run: () => Promise<Done>): Promise<Done> {
    const { account, region } = caller;
    const place = `${account} ${region}`;
    const others = this.#beingMade.get(place) ?? 0;
    this.#beingMade.set(place, others + 1);
    try {
      const there = await this.#world.store.authorities.count(account, region, this.#world.clock.now());
      if (there + others >= this.#most) {
        throw new Fault('limit', `You have reached the limit of ${this.#most} private certificate authorities.`, {
          what: 'authority',
          reason: 'quota',
        });
      }
      return await run();
    } finally {
      const now = (this.#beingMade.get(place) ?? 1) - 1;
      if (now === 0) this.#beingMade.delete(place);
      else this.#beingMade.set(place, now);
    }
  }
}

/**
 * What an authority did is counted once, from the store, and then kept: a number that only grows. What other servers
 * on the same store add is learnt when the limit seems to be reached, and then the store is asked again.
 */
class AuthorityCounts {
  readonly #world: Uses;
  readonly #what: Counted;
  readonly #most: number;
  readonly #counts = new Map<string, Count>();

  constructor(world: Uses, what: Counted, most: number) {
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
