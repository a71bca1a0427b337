/** Which keys the signer holds, as the main thread remembers it: the most recently used ones, up to a limit. */
import type { HeldKeyName } from './signer-messages.ts';

export class HeldKeyRoster {
  readonly #limit: number;
  /** In the order of use, the oldest first. */
  readonly #names = new Set<HeldKeyName>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether the signer holds the key; counts as a use. */
  use(name: HeldKeyName): boolean {
    if (!this.#names.delete(name)) return false;
    this.#names.add(name);
    return true;
  }

  /** Notes a key that is being sent; returns the one that the signer must forget for it. */
  add(name: HeldKeyName): HeldKeyName | undefined {
    this.#names.add(name);
    if (this.#names.size <= this.#limit) return undefined;
    const [oldest] = this.#names;
    if (oldest !== undefined) this.#names.delete(oldest);
    return oldest;
  }

  /** Whether it was held. */
  remove(name: HeldKeyName): boolean {
    return this.#names.delete(name);
  }

  clear(): void {
    this.#names.clear();
  }
}
