/**
 * The vault: custody of private keys and of small secrets, here in software, sealed at rest.
 *
 * Lives here: the master key, seals, the making and taking in of key pairs, the release of a key against a proof.
 * Does not: the rows (store), signing (workers/signer.ts opens keys with this room's `openKey`), RSA generation off
 * the event loop (workers/key-maker.ts), what keys look like outside (formats).
 * The invariant: private key octets exist only in this room, in the worker threads and in formats' arguments; all that
 * leaves otherwise is sealed to one account and one key id, and `release` demands a proof that can be spent once.
 */
import { randomUUID } from 'node:crypto';
import { poolAccount } from '../core/commands.ts';
import { Fault } from '../core/fault.ts';
import { type AccountId, keyId } from '../core/ids.ts';
import { familyOfKey, type KeyAlgorithm, type SealedKey } from '../core/key.ts';
import type { KeyMaker, KeyVault } from '../core/ports.ts';
import type { Committer, KeyReader } from '../core/store.ts';
import { type KeyRelease, spend } from '../core/proof.ts';
import { makeKeyPair, readKeyPair } from './key-pair.ts';
import type { MasterKey } from './master-key.ts';
import { type KeyPair, openKey, sealKey } from './seal-key.ts';
import { openSecret, sealSecret } from './seal-secret.ts';

export interface SoftwareVaultNeeds {
  readonly masterKey: MasterKey;
  readonly keys: Pick<KeyReader, 'get'>;
  readonly commit: Committer['commit'];
  /** Makes RSA keys when the ready pool is empty. */
  readonly keyMaker: KeyMaker;
}

export class SoftwareVault implements KeyVault {
  readonly #needs: SoftwareVaultNeeds;

  constructor(needs: SoftwareVaultNeeds) {
    this.#needs = needs;
  }

  async generate(account: AccountId, algorithm: KeyAlgorithm, id = keyId(randomUUID())): Promise<SealedKey> {
    const ready = await this.generateReady(account, algorithm, id);
    return ready ?? (await this.#needs.keyMaker.make(account, algorithm, id));
  }

  async generateReady(
    account: AccountId,
    algorithm: KeyAlgorithm,
    id = keyId(randomUUID()),
  ): Promise<SealedKey | undefined> {
    if (familyOfKey(algorithm) !== 'RSA') return this.#seal(account, makeKeyPair(algorithm), id);
    if (algorithm === 'RSA-1024') {
      throw new Fault('unsupported', `${algorithm} keys are not made here`, { what: 'key algorithm' });
    }
    const ready = await this.#needs.commit('take-pool-key', { algorithm });
    if (ready === undefined) return undefined;
    const { publicKey } = ready;
    const privateKey = openKey(this.#needs.masterKey, poolAccount, ready);
    return this.#seal(account, { algorithm, publicKey, privateKey }, id);
  }

  async adopt(account: AccountId, algorithm: KeyAlgorithm, pkcs8: Uint8Array): Promise<SealedKey> {
    return this.#seal(account, readKeyPair(algorithm, pkcs8));
  }

  async release(proof: KeyRelease): Promise<Uint8Array> {
    spend(proof);
    const sealed = await this.#needs.keys.get(proof.account, proof.key);
    if (sealed === undefined) {
      throw new Fault('not-found', `the vault holds no key ${proof.key} of this account`, {
        what: 'private key',
        id: proof.key,
      });
    }
    return openKey(this.#needs.masterKey, proof.account, sealed);
  }

  sealSecret(account: AccountId, name: string, secret: Uint8Array): Uint8Array {
    return sealSecret(this.#needs.masterKey, account, name, secret);
  }

  openSecret(account: AccountId, name: string, sealed: Uint8Array): Uint8Array {
    return openSecret(this.#needs.masterKey, account, name, sealed);
  }

  async check(): Promise<void> {
    const probe = Uint8Array.of(1, 2, 3, 4);
    const opened = this.openSecret(poolAccount, 'check', this.sealSecret(poolAccount, 'check', probe));
    if (!Buffer.from(opened).equals(probe)) throw new Fault('unavailable', 'the vault does not open what it sealed');
  }

  #seal(account: AccountId, pair: KeyPair, id = keyId(randomUUID())): SealedKey {
    try {
      return sealKey(this.#needs.masterKey, account, id, pair);
    } finally {
      pair.privateKey.fill(0);
    }
  }
}
