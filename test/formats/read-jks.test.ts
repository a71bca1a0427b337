import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../../src/core/fault.ts';
import { javaUtf, readJavaUtf } from '../../src/formats/java-utf.ts';
import { readJks, readPrivateKey, writeJks } from '../../src/formats/index.ts';
import { needs, runProgram } from '../programs.ts';
import { certified, fault, folderForTests, pkcs8Of } from './fixtures.ts';

const utf8 = new TextEncoder();
const password = utf8.encode('changeit');
const entry = { ...certified('P-256'), privateKey: pkcs8Of('P-256'), alias: 'tomcat', createdAt: 1_767_312_000_000 };
const good = writeJks(entry, password);

/** The store with other octets and the digest that belongs to them. */
function resealed(change: (body: Buffer) => Buffer): Uint8Array {
  const body = change(Buffer.from(good.subarray(0, -20)));
  const secret = Buffer.from('changeit', 'utf16le').swap16();
  return Buffer.concat([body, createHash('sha1').update(secret).update('Mighty Aphrodite').update(body).digest()]);
}

describe('readJks', async () => {
  const folder = await folderForTests();

  it('gives back whatever writeJks wrote, under any password', () => {
    const octets = fc.uint8Array({ maxLength: 200 });
    const arbitrary = fc.record(
      {
        privateKey: octets,
        certificate: octets,
        chain: fc.array(octets, { maxLength: 4 }),
        alias: fc.string({ unit: 'binary', maxLength: 40 }).map((alias) => alias.toLowerCase()),
        createdAt: fc.nat(),
      },
      { noNullPrototype: true },
    );
    const words = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((word) => word.isWellFormed());
    fc.assert(
      fc.property(arbitrary, words, (wanted, word) => {
        const read = readJks(writeJks(wanted, utf8.encode(word)), utf8.encode(word));
        assert.deepEqual({ ...read, chain: [...read.chain] }, wanted);
      }),
    );
  });

  it('reads a store that keytool made, and the key in it signs', async (t) => {
    const keytool = needs(t, 'keytool');
    if (keytool === undefined) return;
    for (const [alias, algorithm, size] of [
      ['Wide-ä€', 'EC', '256'],
      ['rsa', 'RSA', '2048'],
    ] as const) {
      const path = join(folder, `${algorithm}.jks`);
      const key = ['-genkeypair', '-keyalg', algorithm, '-keysize', size, '-dname', 'CN=keytool', '-alias', alias];
      const store = ['-keystore', path, '-storetype', 'JKS', '-storepass', 'changeit', '-keypass', 'changeit'];
      const made = await runProgram(keytool, ['-J-Dsun.jnu.encoding=UTF-8', ...key, ...store]);
      assert.equal(made.code, 0, made.stdout.toString() + made.stderr);
      const read = readJks(await readFile(path), password);
      if (algorithm === 'RSA') assert.equal(read.alias, 'rsa');
      assert.equal(read.chain.length, 0);
      assert.ok(Math.abs(Date.now() - read.createdAt) < 3_600_000);
      const { publicKey } = readPrivateKey(read.privateKey);
      const certificate = new X509Certificate(read.certificate);
      assert.deepEqual(publicKey, new Uint8Array(certificate.publicKey.export({ format: 'der', type: 'spki' })));
    }
  });

  it('refuses a store with two keys that keytool made', async (t) => {
    const keytool = needs(t, 'keytool');
    if (keytool === undefined) return;
    const path = join(folder, 'two.jks');
    for (const alias of ['one', 'two']) {
      const key = ['-genkeypair', '-keyalg', 'EC', '-dname', 'CN=keytool', '-alias', alias];
      const store = ['-keystore', path, '-storetype', 'JKS', '-storepass', 'changeit', '-keypass', 'changeit'];
      assert.equal((await runProgram(keytool, [...key, ...store])).code, 0);
    }
    const two = await readFile(path);
    assert.throws(() => readJks(two, password), fault('unsupported', { what: 'key store' }));
  });

  it('refuses other bytes than a key store, and other entries than a private key', () => {
    for (const other of [new Uint8Array(0), utf8.encode('PK\x03\x04, an archive of many octets')])
      assert.throws(() => readJks(other, password), fault('malformed', { what: 'key store' }));
    const trusted = resealed((body) => (body.writeUInt32BE(2, 12), body));
    assert.throws(() => readJks(trusted, password), fault('unsupported', { what: 'key store' }));
  });

  it('says of a wrong password that it does not open the store', () => {
    for (const wrong of ['', 'changeme', 'changeit ', 'CHANGEIT'])
      assert.throws(() => readJks(good, utf8.encode(wrong)), fault('mismatch', { what: 'password' }));
  });

  it('says of a key under another password than the store’s that it is not opened', () => {
    const at = Buffer.from(good).indexOf(Buffer.from('2b060104012a02110101', 'hex'));
    const changed = resealed((body) => ((body[at + 20] = (body[at + 20] ?? 0) ^ 1), body));
    assert.throws(() => readJks(changed, password), fault('mismatch', { what: 'password' }));
  });

  it('answers every cut with a Fault', () => {
    for (let length = 0; length < good.length; length++)
      assert.throws(() => readJks(good.subarray(0, length), password), Fault, `${length} octets`);
  });

  it('answers every cut with a right digest with a Fault', () => {
    for (let length = 0; length < good.length - 20; length++)
      assert.throws(
        () =>
          readJks(
            resealed((body) => body.subarray(0, length)),
            password,
          ),
        Fault,
        `${length} octets`,
      );
  });

  it('answers every changed bit with a Fault, the same with octets behind it', () => {
    for (let bit = 0; bit < good.length * 8; bit++) {
      const changed = good.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.throws(() => readJks(changed, password), Fault, `bit ${bit}`);
    }
    assert.throws(
      () =>
        readJks(
          resealed((body) => Buffer.concat([body, Buffer.alloc(1)])),
          password,
        ),
      Fault,
    );
  });

  it('takes nothing but a Fault or an entry out of a store changed by someone who knows the password', () => {
    const change = fc.record({ at: fc.nat({ max: good.length - 21 }), octets: fc.uint8Array({ maxLength: 8 }) });
    fc.assert(
      fc.property(change, ({ at, octets }) => {
        const store = resealed((body) => (body.set(octets.subarray(0, body.length - at), at), body));
        try {
          readJks(store, password);
        } catch (error) {
          assert.ok(error instanceof Fault, String(error));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a store above a megabyte before it looks at it', () => {
    assert.throws(() => readJks(new Uint8Array(1024 * 1024 + 1), password), fault('malformed'));
  });
});

describe('modified UTF-8', () => {
  it('has one spelling for every string', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (octets) => {
        const text = readJavaUtf(octets);
        if (text !== undefined) assert.deepEqual(javaUtf(text).subarray(2), octets);
      }),
    );
    for (const other of ['00', 'c1bf', 'e08080', 'f09f9880', 'c3', 'c328', 'e282'])
      assert.equal(readJavaUtf(Buffer.from(other, 'hex')), undefined, other);
  });
});
