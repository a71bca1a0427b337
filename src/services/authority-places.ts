import type { Caller } from '../core/account.ts';
import { Fault } from '../core/fault.ts';
import type { World } from './world.ts';

/** Authorities are few and made seldom, so they are counted each time; those being made hold a place. */
export class AuthorityPlaces {
  readonly #world: Pick<World, 'store' | 'clock'>;
  readonly #most: number;
  readonly #beingMade = new Map<string, number>();

  constructor(world: Pick<World, 'store' | 'clock'>, most: number) {
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
