/**
 * Proofs: values that only the rule that allows a dangerous verb can make, and that can be spent once.
 * Where a verb demands one, the unsafe order cannot be written down.
 */
import type { Caller, Permission } from './account.ts';
import { isAllowed } from './authorization.ts';
import { Fault } from './fault.ts';
import type { AccountId, KeyId } from './ids.ts';

/** What every proof is; `spend` sees to it that it is used once. */
export abstract class Proof {
  #isSpent = false;

  /** Marks a proof as used; throws on the second time. */
  static spend(proof: Proof): void {
    if (proof.#isSpent) throw new Error('a proof was used twice');
    proof.#isSpent = true;
  }
}

/** The right to take one private key out of the vault once. */
export class KeyRelease extends Proof {
  readonly account: AccountId;
  readonly key: KeyId;

  private constructor(account: AccountId, key: KeyId) {
    super();
    this.account = account;
    this.key = key;
  }

  /** The only maker: the caller must be allowed to write in the account that owns the key. */
  static authorize(caller: Caller, permission: Permission, key: KeyId): KeyRelease {
    if (!isAllowed(caller, { ...permission, access: 'write' })) {
      throw new Fault('forbidden', `${permission.action} is not allowed on ${permission.resource}`, {
        what: 'private key',
      });
    }
    return new KeyRelease(caller.account, key);
  }
}

/** Marks a proof as used; throws on the second time. */
export function spend(proof: Proof): void {
  Proof.spend(proof);
}
