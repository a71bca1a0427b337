/** How many ready keys of each algorithm to keep: few at rest, twice as many each time that the pool ran low. */
import type { KeyAlgorithm } from '../core/key.ts';

interface Target {
  readonly algorithm: KeyAlgorithm;
  readonly least: number;
  readonly most: number;
  wanted: number;
  /** Whether the target was met since it was last raised: a pool still filling up is not one that ran low. */
  wasMet: boolean;
}

export class PoolTargets {
  readonly #targets: readonly Target[] = limits.map((limit) => ({ ...limit, wanted: limit.least, wasMet: false }));

  /** Doubles the target of each pool that was full and is down to a quarter or less. */
  observe(sizes: ReadonlyMap<KeyAlgorithm, number>): void {
    for (const target of this.#targets) {
      const size = sizes.get(target.algorithm) ?? 0;
      if (size >= target.wanted) target.wasMet = true;
      else if (target.wasMet && size <= target.wanted / 4) {
        target.wanted = Math.min(target.most, target.wanted * 2);
        target.wasMet = false;
      }
    }
  }

  /** The algorithm whose pool is the smallest part of its target; undefined when all are met. */
  emptiest(sizes: ReadonlyMap<KeyAlgorithm, number>): KeyAlgorithm | undefined {
    let least: { algorithm: KeyAlgorithm; part: number } | undefined;
    for (const { algorithm, wanted } of this.#targets) {
      const part = (sizes.get(algorithm) ?? 0) / wanted;
      if (part < 1 && (least === undefined || part < least.part)) least = { algorithm, part };
    }
    return least?.algorithm;
  }
}

const limits = [
  { algorithm: 'RSA-2048', least: 16, most: 256 },
  { algorithm: 'RSA-3072', least: 2, most: 32 },
  { algorithm: 'RSA-4096', least: 2, most: 32 },
] as const satisfies readonly Pick<Target, 'algorithm' | 'least' | 'most'>[];
