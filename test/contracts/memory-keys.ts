/** The part of a store that a vault needs, in memory: sealed rows and the ready pool. */
import type { CommandName, Commands } from '../../src/core/commands.ts';
import type { AccountId, KeyId } from '../../src/core/ids.ts';
import type { KeyAlgorithm, SealedKey } from '../../src/core/key.ts';
import type { KeyReader } from '../../src/core/store.ts';

export class MemoryKeys implements KeyReader {
  readonly rows: SealedKey[] = [];
  readonly pool: SealedKey[] = [];
  readonly settings = new Map<string, string>();
  reads = 0;

  async get(account: AccountId, id: KeyId): Promise<SealedKey | undefined> {
    this.reads += 1;
    return this.rows.find((row) => row.account === account && row.id === id);
  }

  async poolSizes(): Promise<ReadonlyMap<KeyAlgorithm, number>> {
    const sizes = new Map<KeyAlgorithm, number>();
    for (const { algorithm } of this.pool) sizes.set(algorithm, (sizes.get(algorithm) ?? 0) + 1);
    return sizes;
  }

  readonly commit = async <Name extends CommandName>(
    name: Name,
    input: Commands[Name]['in'],
  ): Promise<Commands[Name]['out']> => {
    const run = this.#commands[name];
    if (run === undefined) throw new Error(`no ${name} in memory`);
    // One table for all names: the compiler cannot tie an entry's input to the generic name.
    return run(input as never) as Commands[Name]['out'];
  };

  readonly #commands: { [Name in CommandName]?: (input: Commands[Name]['in']) => Commands[Name]['out'] } = {
    'fill-key-pool': ({ keys }) => void this.pool.push(...keys),
    'take-pool-key': ({ algorithm }) => {
      const at = this.pool.findIndex((key) => key.algorithm === algorithm);
      return at === -1 ? undefined : this.pool.splice(at, 1)[0];
    },
    'put-setting': ({ name, value, ifAbsent }) => {
      if (ifAbsent === true && this.settings.has(name)) return;
      if (value === undefined) this.settings.delete(name);
      else this.settings.set(name, value);
    },
  };
}
