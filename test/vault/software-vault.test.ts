import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { poolAccount } from '../../src/core/commands.ts';
import { Fault } from '../../src/core/fault.ts';
import { keyId } from '../../src/core/ids.ts';
import type { SealedKey } from '../../src/core/key.ts';
import { MasterKey } from '../../src/vault/master-key.ts';
import { openKey } from '../../src/vault/seal-key.ts';
import { SoftwareVault } from '../../src/vault/software-vault.ts';
import { KeyMakerClient } from '../../src/workers/key-maker-client.ts';
import { MemoryKeys } from '../contracts/memory-keys.ts';
import { account, assertSilent, damagesOf, isFault, releaseOf, stranger, vaultContract } from '../contracts/vault.ts';

function aVault(t: TestContext, masterKey = MasterKey.take(1, randomBytes(32))) {
  const keys = new MemoryKeys();
  const keyMaker = new KeyMakerClient(masterKey, (cause) => assert.fail(inspect(cause)));
  t.after(() => keyMaker.close());
  const vault = new SoftwareVault({ masterKey, keys, commit: keys.commit, keyMaker });
  return { vault, keys, keyMaker, masterKey, store: (row: SealedKey) => void keys.rows.push(row) };
}

vaultContract('the software vault', async (t) => aVault(t));

describe('a sealed row', () => {
  it('does not open with any octet of it changed', async (t) => {
    const { vault, masterKey } = aVault(t);
    const row = await vault.generate(account, 'P-256');
    assert.equal(openKey(masterKey, account, row).length, 138);
    for (const part of ['publicKey', 'wrappedDataKey', 'sealedPrivateKey'] as const) {
      for (const damaged of damagesOf(row[part])) {
        assert.throws(() => openKey(masterKey, account, { ...row, [part]: damaged }), isFault('unavailable', /seal/));
      }
    }
    for (const change of [{ algorithm: 'P-384' }, { masterKeyVersion: 2 }] as const) {
      assert.throws(() => openKey(masterKey, account, { ...row, ...change }), isFault('unavailable', /seal/));
    }
  });

  it('does not open with a part of another row of the same account', async (t) => {
    const { vault, masterKey } = aVault(t);
    const [row, other] = [await vault.generate(account, 'P-256'), await vault.generate(account, 'P-256')];
    const { wrappedDataKey, sealedPrivateKey, publicKey, id } = other;
    for (const part of [{ wrappedDataKey }, { sealedPrivateKey }, { publicKey }, { id }]) {
      assert.throws(() => openKey(masterKey, account, { ...row, ...part }), isFault('unavailable', /seal/));
    }
    assert.throws(() => openKey(masterKey, account, { ...other, id: row.id, publicKey: row.publicKey }), Fault);
  });

  it('does not open under another master key, not even one that claims the same version', async (t) => {
    const { vault } = aVault(t);
    const row = await vault.generate(account, 'P-256');
    for (const [version, text] of [
      [1, /does not open/],
      [2, /master key 1, this server holds 2/],
    ] as const) {
      const wrong = MasterKey.take(version, randomBytes(32));
      assert.throws(() => openKey(wrong, account, row), isFault('unavailable', text));
    }
  });

  it('does not open for an account that did not seal it, whatever the row says', async (t) => {
    const { vault, masterKey } = aVault(t);
    const row = await vault.generate(account, 'P-256');
    assert.throws(() => openKey(masterKey, stranger, row), Fault);
    assert.throws(() => openKey(masterKey, stranger, { ...row, account: stranger }), Fault);
  });

  it('holds no part of the key in the clear', async (t) => {
    const { vault, masterKey } = aVault(t);
    const row = await vault.generate(account, 'P-256');
    const pkcs8 = openKey(masterKey, account, row);
    const scalar = pkcs8.subarray(36, 68); // the secret part; the rest is in the public key too
    for (const octets of [row.sealedPrivateKey, row.wrappedDataKey, row.publicKey]) {
      assertSilent(Buffer.from(octets).toString('latin1'), scalar);
    }
  });

  it('never has the same octets for the same key twice', async (t) => {
    const { vault } = aVault(t);
    const secret = randomBytes(32);
    const rows = [vault.sealSecret(account, 'n', secret), vault.sealSecret(account, 'n', secret)];
    assert.notDeepEqual(rows[0], rows[1]);
  });
});

describe('the ready pool', () => {
  it('gives its key out once, sealed again to the account under a new id', async (t) => {
    const { vault, keys, keyMaker, store } = aVault(t);
    const ready = await keyMaker.make(poolAccount, 'RSA-2048');
    keys.pool.push(ready);
    const row = await vault.generate(account, 'RSA-2048');
    assert.equal(keys.pool.length, 0);
    assert.deepEqual(row.publicKey, ready.publicKey);
    assert.notEqual(row.id, ready.id);
    store(row);
    await vault.release(releaseOf(account, row));
    const next = await vault.generate(account, 'RSA-2048');
    assert.notDeepEqual(next.publicKey, ready.publicKey);
  });

  it('gives no key out that the pool did not seal', async (t) => {
    const { vault, keys, keyMaker } = aVault(t);
    keys.pool.push({ ...(await keyMaker.make(stranger, 'RSA-2048')), account: poolAccount });
    await assert.rejects(vault.generate(account, 'RSA-2048'), isFault('unavailable', /does not open/));
  });
});

describe('the master key', () => {
  it('shows nothing of itself', () => {
    const octets = randomBytes(32);
    const key = MasterKey.take(1, Uint8Array.from(octets));
    for (const text of [String(key), JSON.stringify({ key }), inspect({ key }, { showHidden: true, depth: 9 })]) {
      assertSilent(text, octets);
    }
    assertSilent(key.checkValue, octets);
  });

  it('wipes the octets that it was made of, also when it refuses them', () => {
    const octets = randomBytes(32);
    MasterKey.take(1, octets);
    assert.deepEqual(Uint8Array.from(octets), new Uint8Array(32));
    const short = randomBytes(31);
    assert.throws(() => MasterKey.take(1, short), isFault('invalid', /32 octets, found 31/));
    assert.deepEqual(Uint8Array.from(short), new Uint8Array(31));
  });

  it('keeps a missing key apart from a broken one', async (t) => {
    const { vault } = aVault(t);
    const id = keyId('00000000-0000-4000-8000-000000000000');
    await assert.rejects(vault.release(releaseOf(account, { id })), isFault('not-found', /holds no key/));
  });
});
