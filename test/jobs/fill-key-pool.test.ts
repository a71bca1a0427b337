import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { poolAccount } from '../../src/core/commands.ts';
import { Fault } from '../../src/core/fault.ts';
import { keyId } from '../../src/core/ids.ts';
import type { KeyAlgorithm, SealedKey } from '../../src/core/key.ts';
import type { KeyMaker } from '../../src/core/ports.ts';
import { fillKeyPool } from '../../src/jobs/fill-key-pool.ts';
import { MemoryKeys } from '../contracts/memory-keys.ts';

/** Rows of the right shape at no cost: this job never looks inside. */
const quickMaker: KeyMaker = {
  make: async (account, algorithm): Promise<SealedKey> => ({
    id: keyId(randomUUID()),
    account,
    algorithm,
    publicKey: new Uint8Array(1),
    masterKeyVersion: 1,
    wrappedDataKey: new Uint8Array(1),
    sealedPrivateKey: new Uint8Array(1),
  }),
};

const running = new AbortController().signal;

async function sizesOf(keys: MemoryKeys): Promise<Record<string, number>> {
  return Object.fromEntries(await keys.poolSizes());
}

function drain(keys: MemoryKeys, algorithm: KeyAlgorithm): void {
  keys.pool.splice(0, keys.pool.length, ...keys.pool.filter((key) => key.algorithm !== algorithm));
}

describe('the job that fills the key pool', () => {
  it('makes 16, 2 and 2 keys, sealed to the pool, and no more', async () => {
    const keys = new MemoryKeys();
    const job = fillKeyPool({ keys, commit: keys.commit, keyMaker: quickMaker });
    await job.run(running);
    await job.run(running);
    assert.deepEqual(await sizesOf(keys), { 'RSA-2048': 16, 'RSA-3072': 2, 'RSA-4096': 2 });
    assert.ok(keys.pool.every((key) => key.account === poolAccount));
  });

  it('doubles what ran low, up to 256 and 32', async () => {
    const keys = new MemoryKeys();
    const job = fillKeyPool({ keys, commit: keys.commit, keyMaker: quickMaker });
    await job.run(running);
    for (const expected of [32, 64, 128, 256, 256]) {
      await job.run(running); // sees the full pool
      drain(keys, 'RSA-2048');
      drain(keys, 'RSA-4096');
      await job.run(running);
      const sizes = await sizesOf(keys);
      assert.equal(sizes['RSA-2048'], expected);
      assert.equal(sizes['RSA-4096'], Math.min(32, expected / 8));
      assert.equal(sizes['RSA-3072'], 2);
    }
  });

  it('does not take the first filling for a pool that ran low', async () => {
    const keys = new MemoryKeys();
    const stopped = new AbortController();
    let made = 0;
    const keyMaker: KeyMaker = {
      make: (account, algorithm) => {
        if (++made === 3) stopped.abort();
        return quickMaker.make(account, algorithm);
      },
    };
    const job = fillKeyPool({ keys, commit: keys.commit, keyMaker });
    await job.run(stopped.signal);
    assert.equal(keys.pool.length, 2);
    await job.run(running);
    assert.equal((await sizesOf(keys))['RSA-2048'], 16);
  });

  it('ends without an error when the maker stops with the server', async () => {
    const keys = new MemoryKeys();
    const stopped = new AbortController();
    const keyMaker: KeyMaker = {
      make: async () => {
        stopped.abort();
        throw new Fault('unavailable', 'the maker of keys has stopped');
      },
    };
    await fillKeyPool({ keys, commit: keys.commit, keyMaker }).run(stopped.signal);
    assert.equal(keys.pool.length, 0);
  });

  it('fails aloud when the maker stops alone', async () => {
    const keys = new MemoryKeys();
    const keyMaker: KeyMaker = { make: () => Promise.reject(new Fault('unavailable', 'gone')) };
    await assert.rejects(fillKeyPool({ keys, commit: keys.commit, keyMaker }).run(running), /gone/);
  });
});
