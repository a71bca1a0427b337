import type { Authority } from '../../core/authority.ts';
import type { CommandName, Commands } from '../../core/commands.ts';
import type { AuthorityReader } from '../../core/store.ts';

/** How many authorities are remembered; the one that was read longest ago goes first. */
const limit = 1000;

/**
 * Authorities as last read, for the hot path: every certificate needs its authority, which hardly ever changes.
 * Right because this process is the only one that writes to the file and forgets before anybody hears of a change;
 * and were it ever wrong, `record-issued` refuses what was signed under an older version.
 */
export class RememberedAuthorities {
  readonly #read: AuthorityReader['get'];
  readonly #known = new Map<string, Authority>();

  constructor(read: AuthorityReader['get']) {
    this.#read = read;
  }

  readonly get: AuthorityReader['get'] = async (account, id) => {
    const name = `${account}/${id}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const found = await this.#read(account, id);
    if (found !== undefined) this.#remember(name, found);
    return found;
  };

  /** Called when a command was committed, or may have been. */
  forgetWhatChanged<Name extends CommandName>(name: Name, input: Commands[Name]['in']): void {
    if (name === 'update-authority' || name === 'purge-authority' || name === 'put-policy') return this.#known.clear();
    if (name === 'record-issued' && 'activate' in input && input.activate !== undefined) this.#known.clear();
  }

  #remember(name: string, authority: Authority): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= limit && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(name, authority);
  }
}
