/** The thread of `pkcs12-pool.ts`: one derivation in, its octets out. */
import { parentPort } from 'node:worker_threads';
import { derivePkcs12, type Pkcs12Derivation } from './pkcs12-kdf.ts';

export interface KdfTask extends Pkcs12Derivation {
  readonly id: number;
}

export interface KdfAnswer {
  readonly id: number;
  readonly octets: Uint8Array;
}

parentPort?.on('message', (task: KdfTask) => {
  const octets = derivePkcs12(task);
  task.password.fill(0);
  const answer: KdfAnswer = { id: task.id, octets };
  parentPort?.postMessage(answer);
  octets.fill(0);
});
