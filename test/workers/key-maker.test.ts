import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { poolAccount } from '../../src/core/commands.ts';
import { MasterKey } from '../../src/vault/master-key.ts';
import { openKey } from '../../src/vault/seal-key.ts';
import { KeyMakerClient } from '../../src/workers/key-maker-client.ts';
import { account, assertPair, isFault } from '../contracts/vault.ts';
import { threadsOf } from './threads.ts';

function aMaker(t: TestContext) {
  const masterKey = MasterKey.take(1, randomBytes(32));
  const maker = new KeyMakerClient(masterKey, (cause) => assert.fail(inspect(cause)));
  t.after(() => maker.close());
  return { maker, masterKey };
}

describe('the key maker', () => {
  it('makes RSA keys of each size that open for the account they were made for', async (t) => {
    const { maker, masterKey } = aMaker(t);
    for (const algorithm of ['RSA-2048', 'RSA-3072', 'RSA-4096'] as const) {
      const row = await maker.make(account, algorithm);
      assert.equal(row.algorithm, algorithm);
      assertPair(row.publicKey, openKey(masterKey, account, row), algorithm);
    }
  });

  it('lets nothing but sealed rows cross', async (t) => {
    const threads = threadsOf(t);
    const { maker, masterKey } = aMaker(t);
    const crossed: unknown[] = [];
    const made = maker.make(account, 'RSA-2048');
    await setImmediate(); // the thread is announced in the next turn
    threads[0]?.on('message', (message) => crossed.push(message));
    const row = await made;
    assert.deepEqual(crossed, [{ sealed: row }]);
    const privateExponent = openKey(masterKey, account, row).subarray(320, 352);
    for (const value of Object.values(row)) {
      const octets = Buffer.from(value instanceof Uint8Array ? value : String(value));
      assert.equal(octets.indexOf(privateExponent), -1);
    }
  });

  it('lowers the priority of its own thread alone', {
    skip: process.platform !== 'linux' && 'Linux only',
  }, async (t) => {
    const { maker } = aMaker(t);
    await maker.make(account, 'RSA-2048');
    const nice = readdirSync('/proc/self/task').map((id) => {
      const fields = readFileSync(`/proc/self/task/${id}/stat`, 'latin1').split(') ').at(-1)?.split(' ');
      return Number(fields?.[16]);
    });
    assert.equal(nice.filter((level) => level === 19).length, 1);
    assert.notEqual(getPriority(0), 19);
  });

  it('serves a caller that waits before the ready pool', async (t) => {
    const { maker } = aMaker(t);
    const order: string[] = [];
    const note = (who: string) => () => void order.push(who);
    await Promise.all([
      maker.make(poolAccount, 'RSA-2048').then(note('first of the pool')),
      maker.make(poolAccount, 'RSA-2048').then(note('second of the pool')),
      maker.make(account, 'RSA-2048').then(note('account')),
    ]);
    assert.deepEqual(order, ['first of the pool', 'account', 'second of the pool']);
  });

  it('says which key it cannot make and goes on', async (t) => {
    const { maker } = aMaker(t);
    await assert.rejects(maker.make(account, 'RSA-1024'), isFault('unsupported', /RSA-1024/));
    await maker.make(account, 'RSA-2048');
  });

  it('starts again after its thread died', async (t) => {
    const threads = threadsOf(t);
    const { maker } = aMaker(t);
    await maker.make(account, 'RSA-2048');
    const lost = maker.make(account, 'RSA-2048');
    const queued = maker.make(account, 'RSA-2048');
    await Promise.all([assert.rejects(lost, isFault('unavailable', /stopped/)), threads[0]?.terminate()]);
    assert.equal((await queued).algorithm, 'RSA-2048');
    assert.equal(threads.length, 2);
  });

  it('rejects what waits when it is closed', async (t) => {
    const { maker } = aMaker(t);
    const waits = [maker.make(account, 'RSA-2048'), maker.make(account, 'RSA-2048')];
    const ends = Promise.all(waits.map((wait) => assert.rejects(wait, isFault('unavailable', /stopped/))));
    await maker.close();
    await ends;
    await assert.rejects(maker.make(account, 'RSA-2048'), isFault('unavailable', /stopped/));
  });
});
