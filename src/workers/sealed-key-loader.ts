/** Sealed keys from the store: many who wait for the same key share one read. */
import { Fault } from '../core/fault.ts';
import type { AccountId, KeyId } from '../core/ids.ts';
import type { SealedKey } from '../core/key.ts';
import type { KeyReader } from '../core/store.ts';
import { type HeldKeyName, heldKeyName } from './signer-messages.ts';

export class SealedKeyLoader {
  readonly #keys: Pick<KeyReader, 'get'>;
  readonly #underWay = new Map<HeldKeyName, Promise<SealedKey>>();

  constructor(keys: Pick<KeyReader, 'get'>) {
    this.#keys = keys;
  }

  /** Throws Fault `not-found` when the account has no such key. */
  load(account: AccountId, key: KeyId): Promise<SealedKey> {
    const name = heldKeyName(account, key);
    const underWay = this.#underWay.get(name);
    if (underWay !== undefined) return underWay;
    const read = this.#read(account, key).finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, read);
    return read;
  }

  async #read(account: AccountId, key: KeyId): Promise<SealedKey> {
    const sealed = await this.#keys.get(account, key);
    if (sealed !== undefined) return sealed;
    throw new Fault('not-found', `the vault holds no key ${key} of this account`, { what: 'private key', id: key });
  }
}
