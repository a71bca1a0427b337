import { randomBytes } from 'node:crypto';
import type { AccessKey, Account } from '../core/account.ts';
import { type AccessKeyId, accessKeyId, type EpochMs } from '../core/ids.ts';
import type { Clock } from '../core/ports.ts';
import type { AccountReader } from '../core/store.ts';

/** A key whose secret has been opened, with what signature checks derived from it. */
export interface OpenKey {
  readonly key: AccessKey;
  readonly account: Account;
  readonly secret: Uint8Array;
  /** Derived signing keys by their scope; dies with the secret. */
  readonly derived: Map<string, Uint8Array>;
}

export interface AccessKeysPorts {
  readonly accounts: Pick<AccountReader, 'accessKey' | 'get'>;
  /** The key's secret in the clear; the bytes are the cache's to wipe. */
  readonly openSecret: (key: AccessKey) => Uint8Array;
  readonly clock: Clock;
  /** Told of every proven use; gathers and stores them as it likes. */
  readonly onUse: (key: AccessKey, at: EpochMs) => void;
}

/**
 * The access keys that callers use now, with their secrets opened. What is older than `ttlMs` is read again before
 * it is used, so a key that another server disabled or rotated stops working within that time. When the store does
 * not answer, nobody is let in. Unknown ids are remembered for the same time and cost as much as known ones.
 */
export class AccessKeys {
  readonly #ports: AccessKeysPorts;
  readonly #ttlMs: number;
  readonly #limit: number;
  readonly #entries = new Map<string, Entry>();
  readonly #loading = new Map<string, Promise<OpenKey | undefined>>();
  /** Signatures of unknown keys are checked against this, and fail like any other. */
  readonly stranger: Pick<OpenKey, 'secret' | 'derived'> = { secret: randomBytes(30), derived: new Map() };

  constructor(ports: AccessKeysPorts, { ttlMs = 1000, limit = 10_000 } = {}) {
    this.#ports = ports;
    this.#ttlMs = ttlMs;
    this.#limit = limit;
  }

  /** The key, disabled or not; undefined when there is none. Without a promise while what is known is fresh. */
  find(id: string): OpenKey | undefined | Promise<OpenKey | undefined> {
    const entry = this.#entries.get(id);
    const age = entry === undefined ? Number.POSITIVE_INFINITY : this.#ports.clock.now() - entry.readAt;
    if (entry !== undefined && age >= 0 && age < this.#ttlMs) return entry.open;
    const loading = this.#loading.get(id) ?? this.#load(id).finally(() => this.#loading.delete(id));
    this.#loading.set(id, loading);
    return loading;
  }

  /** Whether the key may be used now: neither it nor its account is switched off. */
  isUsable({ key, account }: OpenKey): boolean {
    return !key.disabled && !account.suspended;
  }

  used({ key }: OpenKey): void {
    this.#ports.onUse(key, this.#ports.clock.now());
  }

  /** Forgets and wipes everything. */
  clear(): void {
    for (const { open } of this.#entries.values()) wipe(open);
    this.#entries.clear();
  }

  async #load(id: string): Promise<OpenKey | undefined> {
    const { accounts, clock } = this.#ports;
    const readAt = clock.now();
    const key = shaped(id) ? await accounts.accessKey(accessKeyId(id)) : undefined;
    const account = key === undefined ? undefined : await accounts.get(key.account);
    const before = this.#entries.get(id)?.open;
    const open = key === undefined || account === undefined ? undefined : this.#open(before, key, account);
    if (before !== undefined && before.secret !== open?.secret) wipe(before);
    this.#entries.delete(id);
    this.#entries.set(id, { open, readAt });
    this.#evict();
    return open;
  }

  /** The opened secret and what was derived from it are kept while the sealed one is the same. */
  #open(before: OpenKey | undefined, key: AccessKey, account: Account): OpenKey {
    const isSame = before !== undefined && Buffer.compare(before.key.sealedSecret, key.sealedSecret) === 0;
    if (isSame) return { key, account, secret: before.secret, derived: before.derived };
    return { key, account, secret: this.#ports.openSecret(key), derived: new Map() };
  }

  /** The one that was read longest ago goes first: a map keeps the order in which it was filled. */
  #evict(): void {
    for (const [id, { open }] of this.#entries) {
      if (this.#entries.size <= this.#limit) return;
      wipe(open);
      this.#entries.delete(id);
    }
  }
}

interface Entry {
  readonly open: OpenKey | undefined;
  readonly readAt: EpochMs;
}

/** `\w`, as AWS and Huawei spell access key ids; anything else is unknown without asking the store. */
function shaped(id: string): id is AccessKeyId {
  return /^\w{16,128}$/.test(id);
}

function wipe(open: OpenKey | undefined): void {
  open?.secret.fill(0);
  for (const derived of open?.derived.values() ?? []) derived.fill(0);
  open?.derived.clear();
}
