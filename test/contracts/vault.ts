/** What every vault must do, whatever keeps its keys. Each test gets a vault of its own. */
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import type { Caller } from '../../src/core/account.ts';
import { accountId, type AccountId, keyId } from '../../src/core/ids.ts';
import { type KeyAlgorithm, mlDsaAlgorithms, type SealedKey } from '../../src/core/key.ts';
import type { KeyVault } from '../../src/core/ports.ts';
import { KeyRelease } from '../../src/core/proof.ts';
import { Fault } from '../../src/core/fault.ts';

export interface VaultUnderTest {
  readonly vault: KeyVault;
  /** Puts a row where the vault's reader finds it, as the command that uses a key would. */
  store(row: SealedKey): void;
}

export const account = accountId('111122223333');
export const stranger = accountId('444455556666');

/** The proof that a caller of the account would get. */
export function releaseOf(owner: AccountId, row: Pick<SealedKey, 'id'>): KeyRelease {
  const caller = { account: owner, role: 'administrator', isOperator: false } as Caller; // what the rule reads
  return KeyRelease.authorize(caller, { action: 'export', access: 'write', resource: row.id }, row.id);
}

export const isFault = (kind: Fault['kind'], text: RegExp) => (cause: unknown) =>
  cause instanceof Fault && cause.kind === kind && text.test(cause.message);

export function vaultContract(name: string, open: (t: TestContext) => Promise<VaultUnderTest>): void {
  describe(`${name} keeps keys`, () => {
    for (const algorithm of [...mlDsaAlgorithms, 'P-256', 'P-384', 'P-521', 'RSA-2048', 'RSA-3072'] as const) {
      it(`makes a ${algorithm} key whose halves belong together`, async (t) => {
        const { vault, store } = await open(t);
        const row = await vault.generate(account, algorithm);
        store(row);
        assert.equal(row.account, account);
        assert.equal(row.algorithm, algorithm);
        assertPair(row.publicKey, await vault.release(releaseOf(account, row)), algorithm);
      });
    }

    it('never makes the same key or id twice', async (t) => {
      const { vault } = await open(t);
      const [one, other] = [await vault.generate(account, 'P-256'), await vault.generate(account, 'P-256')];
      assert.notEqual(one.id, other.id);
      assert.notDeepEqual(one.publicKey, other.publicKey);
    });

    it('refuses to make RSA-1024', async (t) => {
      const { vault } = await open(t);
      await assert.rejects(vault.generate(account, 'RSA-1024'), isFault('unsupported', /RSA-1024/));
    });

    it('takes in a key of another maker and gives the same one back', async (t) => {
      const { vault, store } = await open(t);
      for (const [algorithm, pkcs8] of foreignKeys()) {
        const row = await vault.adopt(account, algorithm, pkcs8);
        store(row);
        const released = await vault.release(releaseOf(account, row));
        assertPair(row.publicKey, released, algorithm);
        assert.deepEqual(publicOf(released), publicOf(pkcs8), algorithm);
      }
    });

    it('refuses a key that is not of the claimed algorithm, and octets that are no key', async (t) => {
      const { vault } = await open(t);
      const [[, pkcs8]] = foreignKeys();
      await assert.rejects(vault.adopt(account, 'P-384', pkcs8), isFault('mismatch', /expected P-384/));
      const mlDsa = foreignKeys().find(([algorithm]) => algorithm === 'ML-DSA-44')?.[1] ?? pkcs8;
      await assert.rejects(vault.adopt(account, 'ML-DSA-65', mlDsa), isFault('mismatch', /is ml-dsa-44, expected/));
      await assert.rejects(vault.adopt(account, 'P-256', new Uint8Array(64)), isFault('malformed', /PKCS#8/));
    });

    it('says nothing of a key that it cannot read', async (t) => {
      const { vault } = await open(t);
      const [[, pkcs8]] = foreignKeys();
      const cause = await vault.adopt(account, 'P-256', pkcs8.subarray(0, 100)).catch((fault: unknown) => fault);
      assert.ok(cause instanceof Fault);
      assertSilent(inspect(cause, { depth: 9, showHidden: true }), pkcs8);
    });
  });

  describe(`${name} releases keys`, () => {
    it('once for each proof', async (t) => {
      const { vault, store } = await open(t);
      const row = await vault.generate(account, 'P-256');
      store(row);
      const proof = releaseOf(account, row);
      await vault.release(proof);
      await assert.rejects(vault.release(proof), /used twice/);
    });

    it('a used proof stays used when the release failed', async (t) => {
      const { vault } = await open(t);
      const proof = releaseOf(account, { id: keyId('00000000-0000-4000-8000-000000000000') });
      await assert.rejects(vault.release(proof), isFault('not-found', /holds no key/));
      await assert.rejects(vault.release(proof), /used twice/);
    });

    it('not to another account', async (t) => {
      const { vault, store } = await open(t);
      const row = await vault.generate(account, 'P-256');
      store(row);
      await assert.rejects(vault.release(releaseOf(stranger, row)), isFault('not-found', /holds no key/));
    });

    it('not when the row was moved to another account or key id', async (t) => {
      const { vault, store } = await open(t);
      const row = await vault.generate(account, 'P-256');
      const other = { ...row, id: keyId('00000000-0000-4000-8000-000000000001') };
      store({ ...row, account: stranger });
      store(other);
      await assert.rejects(vault.release(releaseOf(stranger, row)), isFault('unavailable', /does not open/));
      await assert.rejects(vault.release(releaseOf(account, other)), isFault('unavailable', /does not open/));
    });
  });

  describe(`${name} seals secrets`, () => {
    const secret = new TextEncoder().encode('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');

    it('and opens them for the same account and name only', async (t) => {
      const { vault } = await open(t);
      const sealed = vault.sealSecret(account, 'AKIAEXAMPLE000000000', secret);
      assertSilent(Buffer.from(sealed).toString('latin1'), secret);
      assert.deepEqual(Uint8Array.from(vault.openSecret(account, 'AKIAEXAMPLE000000000', sealed)), secret);
      for (const [owner, name] of [
        [stranger, 'AKIAEXAMPLE000000000'],
        [account, 'AKIAEXAMPLE000000001'],
      ] as const) {
        assert.throws(() => vault.openSecret(owner, name, sealed), isFault('unavailable', /does not open/));
      }
    });

    it('and refuses one with any octet changed, shortened or prolonged', async (t) => {
      const { vault } = await open(t);
      const sealed = vault.sealSecret(account, 'name', secret);
      for (const damaged of damagesOf(sealed)) {
        assert.throws(() => vault.openSecret(account, 'name', damaged), Fault);
      }
    });

    it('and says so when it is asked whether it works', async (t) => {
      const { vault } = await open(t);
      await vault.check();
    });
  });
}

/** Each octet changed in one bit, one octet less, one more, none. */
export function* damagesOf(octets: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < octets.length; at += 1) {
    const damaged = Uint8Array.from(octets);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
    yield damaged;
  }
  yield octets.slice(0, -1);
  yield Uint8Array.of(...octets, 0);
  yield new Uint8Array(0);
}

/** No part of the secret is in the text: as octets, hexadecimal or base64. */
export function assertSilent(text: string, secret: Uint8Array): void {
  const bytes = Buffer.from(secret);
  for (const encoding of ['latin1', 'hex', 'base64'] as const) {
    const encoded = bytes.toString(encoding);
    for (let at = 0; at + 12 <= encoded.length; at += 4) {
      assert.ok(!text.includes(encoded.slice(at, at + 12)), `a secret shows as ${encoding}`);
    }
  }
}

export function assertPair(publicKey: Uint8Array, pkcs8: Uint8Array, algorithm: KeyAlgorithm): void {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const probe = Buffer.from(algorithm);
  const digest = algorithm.startsWith('ML-DSA') ? null : 'sha256';
  assert.ok(verify(digest, probe, key, sign(digest, probe, privateKeyOf(pkcs8))));
}

function privateKeyOf(pkcs8: Uint8Array) {
  return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
}

function publicOf(pkcs8: Uint8Array): Buffer {
  return createPublicKey(privateKeyOf(pkcs8)).export({ type: 'spki', format: 'der' });
}

/** A key whose maker threw its seed away. */
function expandedKey(name: string): Uint8Array {
  const pem = readFileSync(join(import.meta.dirname, `../vectors/keys/${name}-expanded.pem`));
  return createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
}

function foreignKeys() {
  const privateKeyEncoding = { type: 'pkcs8', format: 'der' } as const;
  const publicKeyEncoding = { type: 'spki', format: 'der' } as const;
  const encodings = { privateKeyEncoding, publicKeyEncoding };
  return [
    ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256', ...encodings }).privateKey],
    ['RSA-1024', generateKeyPairSync('rsa', { modulusLength: 1024, ...encodings }).privateKey],
    ['RSA-2048', generateKeyPairSync('rsa', { modulusLength: 2048, ...encodings }).privateKey],
    ['ML-DSA-44', generateKeyPairSync('ml-dsa-44', encodings).privateKey],
    ['ML-DSA-65', expandedKey('ml-dsa-65')],
    ['ML-DSA-87', generateKeyPairSync('ml-dsa-87', encodings).privateKey],
  ] as const;
}
