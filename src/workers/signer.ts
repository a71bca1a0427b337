/**
 * The signer: a thread that prepares, lints and signs as one step, because a proof does not survive a message.
 *
 * Lives here: the open signing keys, and the order prepare → sign. Does not: the rules of a certificate (x509), the
 * choice of keys to hold (signer-client.ts), the store. The invariant: a key signs only for the account that its seal
 * was opened for, and only what x509 prepared; plain values come in, public octets go out.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Fault } from '../core/fault.ts';
import type { CsrRequest } from '../core/issuance.ts';
import type { SignatureAlgorithm } from '../core/key.ts';
import { MasterKey } from '../vault/master-key.ts';
import { assembleCsr, prepare, prepareCsr, signPrepared } from '../x509/index.ts';
import { type HeldKey, HeldKeys } from './held-keys.ts';
import { ownOctets } from './own-octets.ts';
import { randomOctets } from './random-octets.ts';
import { signWith } from './sign-with.ts';
import {
  heldKeyName,
  type SignerStart,
  type SigningAnswer,
  type SigningBatch,
  type SigningJob,
  type SigningResult,
} from './signer-messages.ts';
import { failureOf } from './thread-failure.ts';

/** Answers leave in groups, so that the first of a long batch need not wait for the last. */
const answersPerMessage = 16;

const start: SignerStart = workerData;
const keys = new HeldKeys(MasterKey.fromHandle(start.masterKey));

parentPort?.on('message', (batch: SigningBatch) => {
  let answers: SigningAnswer[] = [];
  for (const job of batch.jobs) {
    answers.push({ number: job.number, result: resultOf(job) });
    if (answers.length < answersPerMessage) continue;
    parentPort?.postMessage(answers);
    answers = [];
  }
  if (answers.length > 0) parentPort?.postMessage(answers);
  for (const name of batch.forget) keys.forget(name);
});

function resultOf(job: SigningJob): SigningResult {
  try {
    const key = keyOf(job);
    return key === undefined ? { lacksKey: true } : perform(job.task, key);
  } catch (cause) {
    return failureOf(cause);
  }
}

function keyOf({ account, key, sealed }: SigningJob): HeldKey | undefined {
  const held = keys.get(heldKeyName(account, key));
  if (held !== undefined || sealed === undefined) return held;
  if (sealed.id !== key) throw new Fault('mismatch', `key ${sealed.id} was sent for key ${key}`, { what: 'vault' });
  return keys.take(account, sealed);
}

function perform(task: SigningJob['task'], key: HeldKey): SigningResult {
  const sign = (algorithm: SignatureAlgorithm, octets: Uint8Array) => signWith(key, algorithm, octets);
  switch (task.kind) {
    case 'issue': {
      const certificate = signPrepared(prepare(task.request, randomOctets(10), key.publicKey), sign);
      return { certificate: { ...certificate, der: ownOctets(certificate.der) } };
    }
    case 'csr':
      assertOwnKey(task.request, key);
      return { csr: ownOctets(assembleCsr(prepareCsr(task.request), sign)) };
  }
}

/** RFC 2986 §3: the signature is made with the private half of the key in the request. */
function assertOwnKey({ key, publicKey }: CsrRequest, held: HeldKey): void {
  if (Buffer.compare(publicKey, held.publicKey) === 0) return;
  throw new Fault('mismatch', `the public key of the request is not that of key ${key}`, { what: 'public key' });
}
