import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../../src/core/fault.ts';
import { mlDsaAlgorithms } from '../../src/core/key.ts';
import {
  decryptPkcs8,
  encryptPkcs8,
  readPrivateKey,
  serverBundle,
  traditionalPem,
  writePkcs12,
} from '../../src/formats/index.ts';
import { oids } from '../../src/x509/oids.ts';
import * as der from '../../src/x509/der/writer.ts';
import { certified, fault, keyObject, keyPem, pkcs8Of } from './fixtures.ts';

const octets = (text: string | Buffer) => new Uint8Array(Buffer.from(text));
const vector = (name: string) => octets(readFileSync(join(import.meta.dirname, `../vectors/keys/${name}.pem`)));
const derOf = (pem: Uint8Array) => octets(Buffer.from(Buffer.from(pem).toString().replace(/-.*-/g, ''), 'base64'));
const password = octets('a password');
const malformed = fault('malformed', { what: 'private key' });
const seed = Uint8Array.from({ length: 32 }, (_, i) => i);

/** PKCS#8 of an ML-DSA-44 key with this inside. */
function pkcs8(choice: Uint8Array, ...parameters: Uint8Array[]): Uint8Array {
  return der.sequence(der.integer(0), der.sequence(der.oid(oids.mlDsa44), ...parameters), der.octetString(choice));
}

describe('ML-DSA private keys (RFC 9881 §6)', () => {
  for (const algorithm of mlDsaAlgorithms) {
    const name = algorithm.toLowerCase();

    it(`${algorithm}: the seed and both forms together are read as the 54 octets of the seed`, () => {
      const publicKey = octets(createPublicKey(keyObject(algorithm)).export({ format: 'der', type: 'spki' }));
      const expected = { pkcs8: derOf(keyPem(algorithm)), algorithm, publicKey };
      assert.equal(expected.pkcs8.length, 54);
      for (const form of [keyPem(algorithm), derOf(keyPem(algorithm)), vector(`${name}-both`)]) {
        assert.deepEqual(readPrivateKey(form), expected);
      }
    });

    it(`${algorithm}: an expanded key without its seed stays what it is, and is the same key`, () => {
      const read = readPrivateKey(vector(`${name}-expanded`));
      assert.deepEqual(read.pkcs8, derOf(vector(`${name}-expanded`)));
      const message = octets('signed with the expanded key');
      const key = createPrivateKey({ key: Buffer.from(read.pkcs8), format: 'der', type: 'pkcs8' });
      assert.equal(verify(null, message, createPublicKey(keyObject(algorithm)), sign(null, message, key)), true);
    });

    it(`${algorithm}: goes through encrypted PKCS#8, PKCS#12 as OpenSSL reads it, and PEM`, async () => {
      const key = pkcs8Of(algorithm);
      assert.deepEqual((await decryptPkcs8(await encryptPkcs8(key, password), password)).pkcs8, key);
      assert.equal(Buffer.from(traditionalPem(key)).toString(), Buffer.from(keyPem(algorithm)).toString());
      const pfx = await writePkcs12({ ...certified(algorithm), privateKey: key, friendlyName: 'x' }, password, {
        legacy: false,
      });
      createSecureContext({ pfx: Buffer.from(pfx), passphrase: 'a password' });
    });

    it(`${algorithm}: truncated and bit-flipped keys give a Fault or a key, and nothing else`, () => {
      for (const form of [name, `${name}-both`, `${name}-expanded`].map(vector)) {
        fc.assert(
          fc.property(fc.nat(form.length - 1), fc.nat(7), fc.boolean(), (at, bit, truncate) => {
            const changed = truncate ? form.slice(0, at) : form.slice();
            if (!truncate) changed[at] = (changed[at] ?? 0) ^ (1 << bit);
            try {
              readPrivateKey(changed);
            } catch (error) {
              if (!(error instanceof Fault)) throw error;
            }
          }),
          { numRuns: 60 },
        );
      }
    });
  }

  it('refuses a seed that does not expand to the key beside it (§8.2)', () => {
    const both = derOf(vector('ml-dsa-65-both'));
    const at = Buffer.from(both).indexOf(Buffer.from(pkcs8Of('ML-DSA-65').subarray(-32)));
    both[at] = (both[at] ?? 0) ^ 1;
    assert.throws(() => readPrivateKey(both), fault('invalid', { reason: 'inconsistent' }));
  });

  it('refuses seeds and expanded keys of another length, further elements and other choices', () => {
    for (const length of [0, 31, 33, 2560]) {
      assert.throws(() => readPrivateKey(pkcs8(der.element(0x80, new Uint8Array(length)))), malformed);
    }
    for (const length of [0, 32, 2559, 2561, 4032]) {
      assert.throws(() => readPrivateKey(pkcs8(der.octetString(new Uint8Array(length)))), malformed);
    }
    const whole = der.octetString(seed);
    for (const both of [
      der.sequence(whole),
      der.sequence(whole, whole),
      der.sequence(whole, der.octetString(new Uint8Array(2560)), whole),
      der.integer(1),
      seed,
    ]) {
      assert.throws(() => readPrivateKey(pkcs8(both)), malformed);
    }
  });

  it('refuses parameters, which MUST be absent (§2)', () => {
    const choice = der.element(0x80, seed);
    assert.equal(readPrivateKey(pkcs8(choice)).algorithm, 'ML-DSA-44');
    assert.throws(() => readPrivateKey(pkcs8(choice, der.nullValue())), malformed);
  });

  it('a JKS for Tomcat cannot hold one; IIS, Apache, nginx and others get theirs', async () => {
    const input = { name: 'x', legacyPkcs12: false, now: 0, password, privateKey: pkcs8Of('ML-DSA-44') };
    const bundle = { ...certified('ML-DSA-44'), ...input };
    await assert.rejects(serverBundle('tomcat', bundle), fault('unsupported', { what: 'private key' }));
    for (const type of ['iis', 'apache', 'nginx', 'other'] as const) {
      assert.ok((await serverBundle(type, bundle)).length > 0);
    }
  });
});
