/**
 * The main thread's end of the signer: knows which keys the signer holds, sends a sealed key along where it lacks one,
 * and gives each answer to the one who asked.
 */
import { Fault } from '../core/fault.ts';
import type { AccountId, KeyId } from '../core/ids.ts';
import type { CsrRequest, IssuanceRequest, SignedCertificate } from '../core/issuance.ts';
import type { SealedKey } from '../core/key.ts';
import type { Signer } from '../core/ports.ts';
import type { KeyReader } from '../core/store.ts';
import type { MasterKey } from '../vault/master-key.ts';
import { HeldKeyRoster } from './held-key-roster.ts';
import { ownCsrRequest, ownIssuance, ownSealedKey } from './own-octets.ts';
import { SealedKeyLoader } from './sealed-key-loader.ts';
import { heldKeyName, type SigningAnswer, type SigningResult, type SigningTask } from './signer-messages.ts';
import { SignerThread } from './signer-thread.ts';
import { errorOf } from './thread-failure.ts';

export interface SignerNeeds {
  readonly masterKey: MasterKey;
  readonly keys: Pick<KeyReader, 'get'>;
  /** Told why the thread ended, when nobody asked it to. */
  readonly onCrash: (cause: unknown) => void;
  /** How many keys the signer holds open; 1,000 unless given. */
  readonly heldKeys?: number;
}

type Done = Extract<SigningResult, { readonly certificate: unknown } | { readonly csr: unknown }>;

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
  readonly #roster: HeldKeyRoster;
  readonly #loader: SealedKeyLoader;
  readonly #thread: SignerThread;
  readonly #pending = new Map<number, Pending>();
  #lastNumber = 0;
  #isClosed = false;

  constructor({ masterKey, keys, onCrash, heldKeys = 1000 }: SignerNeeds) {
    this.#roster = new HeldKeyRoster(heldKeys);
    this.#loader = new SealedKeyLoader(keys);
    this.#thread = new SignerThread(masterKey, {
      onAnswer: (answer) => this.#settle(answer),
      onRefused: ({ number, sealed }, cause) => this.#refuse(number, sealed, cause),
      onEnd: () => this.#rejectAll(),
      onCrash,
    });
  }

  /** Jobs that were sent and wait for their answers: the signing queue. */
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
    throw new Error('the signer answered a signing request with a certificate');
  }

  forget(account: AccountId, key: KeyId): void {
    const name = heldKeyName(account, key);
    if (this.#roster.remove(name)) this.#thread.forget(name);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#rejectAll();
    await this.#thread.close();
  }

  async #issue(account: AccountId, request: IssuanceRequest, key: SealedKey | undefined): Promise<SignedCertificate> {
    const task = { kind: 'issue', request: ownIssuance(request) } as const;
    const result = await this.#run(account, request.issuer.key, task, key);
    if ('certificate' in result) return result.certificate;
    throw new Error('the signer answered a certificate with a signing request');
  }

  #run(account: AccountId, key: KeyId, task: SigningTask, given: SealedKey | undefined): Promise<Done> {
    return new Promise((resolve, reject) => {
      void this.#send({ account, key, task, given, resolve, reject, wasSentAgain: false });
    });
  }

  /** Never rejects: what goes wrong rejects the job. */
  async #send(pending: Pending): Promise<void> {
    const { account, key, given } = pending;
    try {
      const isHeld = this.#roster.use(heldKeyName(account, key));
      const sealed = isHeld ? undefined : (given ?? (await this.#loader.load(account, key)));
      if (this.#isClosed) throw stopped();
      this.#post(pending, sealed);
    } catch (cause) {
      pending.reject(cause);
    }
  }

  #post(pending: Pending, sealed: SealedKey | undefined): void {
    const { account, key, task } = pending;
    const name = heldKeyName(account, key);
    const job = { number: ++this.#lastNumber, account, key, task };
    this.#pending.set(job.number, pending);
    // While the key was loaded, another job may have taken it along.
    if (sealed === undefined || this.#roster.use(name)) this.#thread.post(job);
    else this.#thread.post({ ...job, sealed: ownSealedKey(sealed) }, this.#roster.add(name));
  }

  #settle({ number, result }: SigningAnswer): void {
    const pending = this.#take(number);
    if (pending === undefined) return;
    if ('certificate' in result || 'csr' in result) return pending.resolve(result);
    const isOfTheKey = 'lacksKey' in result || ('fault' in result && result.fault.subject.what === 'vault');
    if (isOfTheKey) this.#roster.remove(heldKeyName(pending.account, pending.key));
    if ('lacksKey' in result) this.#sendAgain(pending);
    else pending.reject(errorOf('signer', result));
  }

  #sendAgain(pending: Pending): void {
    if (pending.wasSentAgain) return pending.reject(new Error('the signer lost a key that it was sent'));
    pending.wasSentAgain = true;
    void this.#send(pending);
  }

  #refuse(number: number, sealed: SealedKey | undefined, cause: unknown): void {
    const pending = this.#take(number);
    if (pending === undefined) return;
    // The key that it brought did not arrive either.
    if (sealed !== undefined) this.#roster.remove(heldKeyName(pending.account, pending.key));
    pending.reject(cause);
  }

  #take(number: number): Pending | undefined {
    const pending = this.#pending.get(number);
    this.#pending.delete(number);
    return pending;
  }

  #rejectAll(): void {
    const lost = [...this.#pending.values()];
    this.#pending.clear();
    this.#roster.clear();
    for (const { reject } of lost) reject(stopped());
  }
}

function stopped(): Fault {
  return new Fault('unavailable', 'the signer stopped while it was asked; ask again', { what: 'signer' });
}
