/**
 * Runs PKCS#12 derivations in a thread of their own, so that requests go on meanwhile. The thread starts with the
 * first derivation and keeps the process alive only while it works; one that dies is replaced at the next use.
 */
import { Worker } from 'node:worker_threads';
import type { Pkcs12Derivation } from './pkcs12-kdf.ts';
import type { KdfAnswer, KdfTask } from './pkcs12-kdf.worker.ts';

/** What `derivePkcs12` gives, later. The password stays the caller's to wipe. */
export function derivePkcs12InThread(wanted: Pkcs12Derivation): Promise<Uint8Array> {
  const thread = (current ??= startThread());
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const id = nextId++;
  thread.waiting.set(id, { resolve, reject });
  thread.worker.ref();
  const task: KdfTask = { ...wanted, id };
  thread.worker.postMessage(task);
  return promise;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve: (octets: Uint8Array) => void; reject: (cause: unknown) => void }>;
}

let current: Thread | undefined;
let nextId = 0;

function startThread(): Thread {
  // From source this module is .ts, compiled it is .js: the thread's file is whatever this one is.
  const file = new URL(`./pkcs12-kdf.worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
  // No flags of the parent's: `--input-type` of a `node -e` would keep the file from loading.
  const thread: Thread = { worker: new Worker(file, { name: 'pkcs12', execArgv: [] }), waiting: new Map() };
  thread.worker.on('message', ({ id, octets }: KdfAnswer) => {
    thread.waiting.get(id)?.resolve(octets);
    thread.waiting.delete(id);
    if (thread.waiting.size === 0) thread.worker.unref();
  });
  const end = (cause: unknown): void => {
    if (current === thread) current = undefined;
    for (const { reject } of thread.waiting.values()) reject(cause);
    thread.waiting.clear();
  };
  thread.worker.on('error', end);
  thread.worker.on('exit', (code) => end(new Error(`the PKCS#12 thread ended with code ${code}`)));
  return thread;
}
