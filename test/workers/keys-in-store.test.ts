/** Vault, key maker, signer and the pool's job together on the real store. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import type { Authority } from '../../src/core/authority.ts';
import { authorityId, domainId, region } from '../../src/core/ids.ts';
import { fillKeyPool } from '../../src/jobs/fill-key-pool.ts';
import { openStore } from '../../src/store/open.ts';
import { MasterKey } from '../../src/vault/master-key.ts';
import { assertMasterKeyOfStore } from '../../src/vault/open-master-key.ts';
import { openKey } from '../../src/vault/seal-key.ts';
import { SoftwareVault } from '../../src/vault/software-vault.ts';
import { KeyMakerClient } from '../../src/workers/key-maker-client.ts';
import { SignerClient } from '../../src/workers/signer-client.ts';
import { account, assertPair, isFault, releaseOf, stranger } from '../contracts/vault.ts';
import { aRoot, leafRequest, type Root } from './authorities.ts';

async function aHouse(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-keys-'));
  const masterKey = MasterKey.take(1, randomBytes(32));
  const store = await openStore({ url: `sqlite:${join(folder, 'chancery.db')}` });
  const onCrash = (cause: unknown) => assert.fail(inspect(cause));
  const keyMaker = new KeyMakerClient(masterKey, onCrash);
  const signer = new SignerClient({ masterKey, keys: store.keys, onCrash });
  t.after(async () => {
    await Promise.all([keyMaker.close(), signer.close()]);
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const commit: typeof store.commit = (name, input) => store.commit(name, input);
  for (const id of [account, stranger]) {
    const domain = domainId(`${id}00000000000000000000`);
    await commit('create-account', { account: { id, domain, name: id, suspended: false, createdAt: 1 }, keys: [] });
  }
  const vault = new SoftwareVault({ masterKey, keys: store.keys, commit, keyMaker });
  return { folder, store, commit, vault, signer, keyMaker, masterKey };
}

function authorityOf({ key, csr, signatureAlgorithm, certificate }: Root): Authority {
  const { subject } = certificate;
  return {
    id: authorityId(key.id),
    account: key.account,
    region: region('us-east-1'),
    type: 'root',
    state: { kind: 'pending' },
    subject,
    keyAlgorithm: key.algorithm,
    signatureAlgorithm,
    key: key.id,
    csr,
    keyUsages: ['keyCertSign', 'cRLSign'],
    usageMode: 'general',
    createdAt: 1,
    changedAt: 1,
    vendor: {},
    version: 1,
  };
}

describe('keys on the real store', () => {
  it('go from the pool to an authority that signs, and out against a proof', async (t) => {
    const house = await aHouse(t);
    const { commit, store, vault, signer, masterKey } = house;
    await assertMasterKeyOfStore(masterKey, store);
    await fillKeyPool({ keys: store.keys, commit, keyMaker: house.keyMaker }).run(new AbortController().signal);
    const full = await store.keys.poolSizes();
    assert.deepEqual(Object.fromEntries(full), { 'RSA-2048': 16, 'RSA-3072': 2, 'RSA-4096': 2 });

    const root = await aRoot(house, account, 'RSA-2048', 'SHA256-RSA');
    assert.equal((await store.keys.poolSizes()).get('RSA-2048'), 15);
    await commit('create-authority', { authority: authorityOf(root), key: root.key, tags: [] });

    const request = leafRequest(root, root.csr);
    assert.equal((await signer.issue(account, request)).signatureAlgorithm, 'SHA256-RSA');
    await assert.rejects(signer.issue(stranger, request), isFault('not-found', /holds no key/));
    assertPair(root.key.publicKey, await vault.release(releaseOf(account, root.key)), 'RSA-2048');
    await assert.rejects(vault.release(releaseOf(stranger, root.key)), isFault('not-found', /holds no key/));
    assertNothingInTheClear(house.folder, openKey(masterKey, account, root.key));
  });

  it('refuse a master key that is not of this store', async (t) => {
    const { store, masterKey } = await aHouse(t);
    await assertMasterKeyOfStore(masterKey, store);
    const wrong = MasterKey.take(1, randomBytes(32));
    await assert.rejects(assertMasterKeyOfStore(wrong, store), isFault('mismatch', /not the one/));
  });
});

/** The database's files hold no run of 24 octets of the private exponent. */
function assertNothingInTheClear(folder: string, pkcs8: Uint8Array): void {
  const part = Buffer.from(pkcs8).subarray(330, 354);
  for (const name of readdirSync(folder)) assert.equal(readFileSync(join(folder, name)).indexOf(part), -1, name);
}
