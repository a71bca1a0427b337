/**
 * A thread that makes one key pair after another, at the lowest priority, and hands them out sealed.
 * The unsealed key exists in this thread's memory only, for as long as sealing it takes.
 */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { makeKeyPair } from '../vault/key-pair.ts';
import { MasterKey } from '../vault/master-key.ts';
import { sealKey } from '../vault/seal-key.ts';
import type { KeyMakerAnswer, KeyMakerStart, KeyWish } from './key-maker-messages.ts';
import { failureOf } from './thread-failure.ts';

// On Linux setpriority(PRIO_PROCESS, 0) speaks of the calling thread alone; elsewhere of the whole process.
if (process.platform === 'linux') setPriority(0, 19);

const start: KeyMakerStart = workerData;
const masterKey = MasterKey.fromHandle(start.masterKey);

parentPort?.on('message', (wish: KeyWish) => parentPort?.postMessage(answer(wish)));

function answer({ account, id, algorithm }: KeyWish): KeyMakerAnswer {
  try {
    const pair = makeKeyPair(algorithm);
    try {
      return { sealed: sealKey(masterKey, account, id, pair) };
    } finally {
      pair.privateKey.fill(0);
    }
  } catch (cause) {
    return failureOf(cause);
  }
}
