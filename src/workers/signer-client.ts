/**
 * The main thread's end of the signer: collects the jobs of a turn of the event loop into one message, sends a sealed key
 * along where the signer lacks it, and starts a new thread when the old one died.
 */
import { Worker } from 'node:worker_threads';
import { Fault } from '../core/fault.ts';
import type { AccountId, KeyId } from '../core/ids.ts';
import type { CsrRequest, IssuanceRequest, SignedCertificate } from '../core/issuance.ts';
import type { SealedKey } from '../core/key.ts';
import type { KeyReader, Signer } from '../core/ports.ts';
import type { MasterKey } from '../vault/master-key.ts';
import { HeldKeyRoster } from './held-key-roster.ts';
import { ownCsrRequest, ownIssuance, ownSealedKey } from './own-octets.ts';
import {
  type HeldKeyName,
  heldKeyName,
  type SignerStart,
  type SigningAnswer,
  type SigningBatch,
  type SigningJob,
  type SigningResult,
  type SigningTask,
} from './signer-messages.ts';
import { threadEntry } from './thread-entry.ts';
import { errorOf } from './thread-failure.ts';

export interface SignerNeeds {
  readonly masterKey: MasterKey;
  readonly keys: Pick<KeyReader, 'get'>;
  /** Told why the thread ended, when nobody asked it to. */
  readonly onCrash: (cause: unknown) => void;
  /** How many keys the signer holds open; 1,000 unless given. */
  readonly heldKeys?: number;
}

type Done = Exclude<
  SigningResult,
  { readonly lacksKey: true } | { readonly fault: unknown } | { readonly bug: string }
>;

interface Pending {
  readonly account: AccountId;
  readonly key: KeyId;
  readonly task: SigningTask;
  /** The key as the caller gave it, for one that the store does not have yet. */
  readonly given: SealedKey | undefined;
  readonly resolve: (result: Done) => void;
  readonly reject: (cause: unknown) => void;
  wasSentAgain: boolean;
}

export class SignerClient implements Signer {
  readonly #needs: SignerNeeds;
  readonly #roster: HeldKeyRoster;
  readonly #loading = new Map<HeldKeyName, Promise<SealedKey>>();
  readonly #pending = new Map<number, Pending>();
  #jobs: SigningJob[] = [];
  #forget: HeldKeyName[] = [];
  #lastNumber = 0;
  #thread: Worker | undefined;
  #isClosed = false;

  constructor(needs: SignerNeeds) {
    this.#needs = needs;
    this.#roster = new HeldKeyRoster(needs.heldKeys ?? 1000);
    this.#thread = this.#startThread();
  }

  /** Jobs that were sent or wait to be sent: the signing queue. */
  get queueLength(): number {
    return this.#pending.size;
  }

  issue(account: AccountId, request: IssuanceRequest): Promise<SignedCertificate> {
    return this.#issue(account, request, undefined);
  }

  issueWith(account: AccountId, key: SealedKey, request: IssuanceRequest): Promise<SignedCertificate> {
    return this.#issue(account, request, key);
  }

  async signCsr(account: AccountId, request: CsrRequest, key?: SealedKey): Promise<Uint8Array> {
    const result = await this.#run(account, request.key, { kind: 'csr', request: ownCsrRequest(request) }, key);
    if ('csr' in result) return result.csr;
    throw new Error('the signer answered a CSR with a certificate');
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#rejectAll();
    await this.#thread?.terminate();
  }

  async #issue(account: AccountId, request: IssuanceRequest, key: SealedKey | undefined): Promise<SignedCertificate> {
    const result = await this.#run(account, request.issuer.key, { kind: 'issue', request: ownIssuance(request) }, key);
    if ('certificate' in result) return result.certificate;
    throw new Error('the signer answered a certificate with a CSR');
  }

  #run(account: AccountId, key: KeyId, task: SigningTask, given: SealedKey | undefined): Promise<Done> {
    return new Promise((resolve, reject) => {
      void this.#send({ account, key, task, given, resolve, reject, wasSentAgain: false });
    });
  }

  /** Never rejects: what goes wrong rejects the job. */
  async #send(pending: Pending): Promise<void> {
    const { account, key, task } = pending;
    const name = heldKeyName(account, key);
    try {
      const sealed = this.#roster.use(name) ? undefined : (pending.given ?? (await this.#load(account, key)));
      if (this.#isClosed) throw stopped();
      // While the key was loaded, another job may have taken it along.
      const isNew = sealed !== undefined && !this.#roster.use(name);
      if (isNew) this.#note(name);
      this.#post(
        { number: ++this.#lastNumber, account, key, task, ...(isNew ? { sealed: ownSealedKey(sealed) } : {}) },
        pending,
      );
    } catch (cause) {
      pending.reject(cause);
    }
  }

  #note(name: HeldKeyName): void {
    const oldest = this.#roster.add(name);
    if (oldest !== undefined) this.#forget.push(oldest);
  }

  #post(job: SigningJob, pending: Pending): void {
    this.#thread ??= this.#startThread();
    if (this.#pending.size === 0) this.#thread.ref();
    if (this.#jobs.length === 0) setImmediate(() => this.#flush());
    this.#pending.set(job.number, pending);
    this.#jobs.push(job);
  }

  #flush(): void {
    const batch: SigningBatch = { jobs: this.#jobs, forget: this.#forget };
    this.#jobs = [];
    this.#forget = [];
    try {
      if (batch.jobs.length > 0) this.#thread?.postMessage(batch);
    } catch (cause) {
      // A value that no message can carry; all of the batch, because none of it went out.
      for (const { number } of batch.jobs) this.#fail(number, cause);
    }
  }

  #load(account: AccountId, key: KeyId): Promise<SealedKey> {
    const name = heldKeyName(account, key);
    const underWay = this.#loading.get(name);
    if (underWay !== undefined) return underWay;
    const load = this.#read(account, key).finally(() => this.#loading.delete(name));
    this.#loading.set(name, load);
    return load;
  }

  async #read(account: AccountId, key: KeyId): Promise<SealedKey> {
    const sealed = await this.#needs.keys.get(account, key);
    if (sealed !== undefined) return sealed;
    throw new Fault('not-found', `the vault holds no key ${key} of this account`, { what: 'private key', id: key });
  }

  #startThread(): Worker {
    const workerData: SignerStart = { masterKey: this.#needs.masterKey.handle() };
    const thread = new Worker(threadEntry('signer'), { name: 'signer', workerData });
    thread.unref();
    thread.on('message', (answers: readonly SigningAnswer[]) => {
      for (const { number, result } of answers) this.#settle(number, result);
      if (this.#pending.size === 0) thread.unref();
    });
    thread.on('error', (cause) => this.#needs.onCrash(cause));
    thread.on('exit', () => {
      if (this.#thread !== thread) return;
      this.#thread = undefined; // the next job starts another: a thread that cannot start does not spin
      this.#rejectAll();
    });
    return thread;
  }

  #settle(number: number, result: SigningResult): void {
    const pending = this.#pending.get(number);
    if (pending === undefined) return;
    this.#pending.delete(number);
    if ('lacksKey' in result) return this.#sendAgain(pending);
    if (!('fault' in result || 'bug' in result)) return pending.resolve(result);
    const isOfTheKey = 'fault' in result && result.fault.subject.what === 'vault';
    if (isOfTheKey) this.#roster.remove(heldKeyName(pending.account, pending.key));
    pending.reject(errorOf('signer', result));
  }

  #fail(number: number, cause: unknown): void {
    const pending = this.#pending.get(number);
    this.#pending.delete(number);
    if (pending === undefined) return;
    this.#roster.remove(heldKeyName(pending.account, pending.key));
    pending.reject(cause);
  }

  #sendAgain(pending: Pending): void {
    if (pending.wasSentAgain) return pending.reject(new Error('the signer lost a key that it was sent'));
    this.#roster.remove(heldKeyName(pending.account, pending.key));
    pending.wasSentAgain = true;
    void this.#send(pending);
  }

  #rejectAll(): void {
    const lost = [...this.#pending.values()];
    this.#pending.clear();
    this.#jobs = [];
    this.#forget = [];
    this.#roster.clear();
    for (const { reject } of lost) reject(stopped());
  }
}

function stopped(): Fault {
  return new Fault('unavailable', 'the signer stopped while it was asked; ask again', { what: 'signer' });
}
