/** The private keys that the signer holds open, each under the account that its seal was opened for. */
import type { KeyObject } from 'node:crypto';
import type { AccountId } from '../core/ids.ts';
import type { KeyAlgorithm, SealedKey } from '../core/key.ts';
import { readPrivateKey } from '../vault/key-pair.ts';
import type { MasterKey } from '../vault/master-key.ts';
import { openKey } from '../vault/seal-key.ts';
import { type HeldKeyName, heldKeyName } from './signer-messages.ts';

/** A key ready to sign; the public half is authentic, the seal vouches for it. */
export interface HeldKey {
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly algorithm: KeyAlgorithm;
}

export class HeldKeys {
  readonly #masterKey: MasterKey;
  readonly #held = new Map<HeldKeyName, HeldKey>();

  constructor(masterKey: MasterKey) {
    this.#masterKey = masterKey;
  }

  get(name: HeldKeyName): HeldKey | undefined {
    return this.#held.get(name);
  }

  /** Opens the seal for the account that asks and keeps the key. Throws Fault `unavailable` as `openKey` does. */
  take(account: AccountId, sealed: SealedKey): HeldKey {
    const pkcs8 = openKey(this.#masterKey, account, sealed);
    try {
      const { publicKey, algorithm, id } = sealed;
      const held = { privateKey: readPrivateKey(pkcs8), publicKey, algorithm };
      this.#held.set(heldKeyName(account, id), held);
      return held;
    } finally {
      pkcs8.fill(0);
    }
  }

  forget(name: HeldKeyName): void {
    this.#held.delete(name);
  }
}
