import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../../src/core/fault.ts';
import { decryptPkcs8, encryptedPkcs8Pem, encryptPkcs8, readPrivateKey } from '../../src/formats/index.ts';
import { readPem } from '../../src/x509/pem.ts';
import { needs, outputOf, runProgram } from '../programs.ts';
import { algorithms, fault, folderForTests, pkcs8Of } from './fixtures.ts';

const key = pkcs8Of('P-256');
const utf8 = new TextEncoder();

describe('encryptPkcs8', async () => {
  const folder = await folderForTests();

  it('is opened by OpenSSL inside Node with the same octets of passphrase, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 128, minLength: 1 }), async (octets) => {
        const passphrase = Buffer.from(octets);
        const der = Buffer.from(await encryptPkcs8(key, octets));
        const opened = createPrivateKey({ key: der, format: 'der', type: 'pkcs8', passphrase });
        assert.deepEqual(new Uint8Array(opened.export({ format: 'der', type: 'pkcs8' })), key);
      }),
      { numRuns: 15, examples: [[utf8.encode('pässwörd €😀')], [new Uint8Array(128).fill(0xff)], [Uint8Array.of(0)]] },
    );
  });

  it('is opened by the command `openssl pkcs8` for every algorithm, and not with another passphrase', async (t) => {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    const file = join(folder, 'passphrase');
    await writeFile(file, 'pässwörd€😀');
    for (const algorithm of algorithms) {
      const pkcs8 = pkcs8Of(algorithm);
      const input = await encryptedPkcs8Pem(pkcs8, utf8.encode('pässwörd€😀'));
      const opened = await outputOf(openssl, ['pkcs8', '-passin', `file:${file}`, '-outform', 'DER'], { input });
      assert.deepEqual(readPrivateKey(new Uint8Array(opened)).pkcs8, pkcs8);
      const { code } = await runProgram(openssl, ['pkcs8', '-passin', 'pass:wrong'], { input });
      assert.notEqual(code, 0);
    }
  });

  it('says PBES2, HMAC-SHA-256, 100,000 iterations and AES-256-CBC', async (t) => {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    const input = await encryptedPkcs8Pem(key, utf8.encode('secret'), '\r\n');
    const printed = (await outputOf(openssl, ['asn1parse', '-i'], { input })).toString();
    for (const expected of [':PBES2', ':PBKDF2', ':0186A0', ':hmacWithSHA256', ':aes-256-cbc']) {
      assert.ok(printed.includes(expected), expected);
    }
  });

  it('never encrypts twice to the same octets', async () => {
    assert.notDeepEqual(await encryptPkcs8(key, utf8.encode('a')), await encryptPkcs8(key, utf8.encode('a')));
  });
});

describe('decryptPkcs8', () => {
  it('opens what `openssl pkcs8 -topk8` wrote with the same algorithms', async (t) => {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    const args = ['pkcs8', '-topk8', '-inform', 'DER', '-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA256'];
    const text = await outputOf(openssl, [...args, '-passout', 'pass:secret'], { input: key });
    const { der } = readPem(text, { labels: ['ENCRYPTED PRIVATE KEY'], what: 'private key' });
    assert.deepEqual((await decryptPkcs8(der, utf8.encode('secret'))).pkcs8, key);
  });

  it('gives back the key for any passphrase, the empty one too, and refuses any other', async () => {
    const passphrase = fc.uint8Array({ maxLength: 128 });
    await fc.assert(
      fc.asyncProperty(passphrase, passphrase, async (right, wrong) => {
        const encrypted = await encryptPkcs8(key, right);
        assert.deepEqual((await decryptPkcs8(encrypted, right)).pkcs8, key);
        if (!sameHmacKey(right, wrong)) {
          await assert.rejects(decryptPkcs8(encrypted, wrong), fault('mismatch', { what: 'passphrase' }));
        }
      }),
      { numRuns: 15, examples: [[new Uint8Array(0), Uint8Array.of(1)]] },
    );
  });

  it('answers truncated and bit-flipped input with a Fault and no other exception', async () => {
    const passphrase = utf8.encode('secret');
    const encrypted = await encryptPkcs8(key, passphrase);
    for (let length = 0; length < encrypted.length; length++) {
      await assert.rejects(decryptPkcs8(encrypted.subarray(0, length), passphrase), fault('malformed'));
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(encrypted.length * 8 - 1), async (bit) => {
        const changed = encrypted.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        try {
          assert.deepEqual((await decryptPkcs8(changed, passphrase)).pkcs8, key);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('refuses Node’s own weaker choices as unsupported instead of guessing', async () => {
    const weak = createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' }).export({
      format: 'der',
      type: 'pkcs8',
      cipher: 'aes-128-cbc',
      passphrase: 'secret',
    });
    await assert.rejects(decryptPkcs8(new Uint8Array(weak), utf8.encode('secret')), fault('unsupported'));
  });
});

/** HMAC pads its key with zeros to 64 octets: such passphrases are one and the same to PBKDF2 (RFC 2104 §2). */
function sameHmacKey(a: Uint8Array, b: Uint8Array): boolean {
  const padded = (key: Uint8Array) => Buffer.concat([key, Buffer.alloc(128 - key.length)]);
  return padded(a).equals(padded(b));
}
