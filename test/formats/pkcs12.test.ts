import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readPrivateKey, writePkcs12 } from '../../src/formats/index.ts';
import { derivePkcs12, purposes } from '../../src/formats/pkcs12-kdf.ts';
import { derivePkcs12InThread } from '../../src/formats/pkcs12-pool.ts';
import { needs, outputOf, runProgram } from '../programs.ts';
import { algorithms, certified, fault, folderForTests, pkcs8Of } from './fixtures.ts';

const utf8 = new TextEncoder();

function pfx(algorithm: (typeof algorithms)[number], password: Uint8Array, legacy: boolean, friendlyName = 'a name') {
  return writePkcs12({ ...certified(algorithm), privateKey: pkcs8Of(algorithm), friendlyName }, password, { legacy });
}

describe('writePkcs12', async () => {
  const folder = await folderForTests();

  for (const legacy of [false, true]) {
    it(`is read by \`openssl pkcs12\` for every algorithm, ${legacy ? 'legacy' : 'default'} profile`, async (t) => {
      const openssl = needs(t, 'openssl');
      if (openssl === undefined) return;
      const more = legacy ? ['-legacy'] : [];
      const passwordFile = join(folder, `password-${legacy}`);
      await writeFile(passwordFile, 'pässword€');
      for (const algorithm of algorithms) {
        const { certificate, chain } = certified(algorithm);
        const input = await pfx(algorithm, utf8.encode('pässword€'), legacy);
        const args = ['pkcs12', '-nodes', ...more];
        const right = await runProgram(openssl, [...args, '-info', '-passin', `file:${passwordFile}`], { input });
        assert.equal(right.code, 0, right.stderr);
        const printed = right.stdout.toString();
        const keyText = printed.slice(printed.indexOf('-----BEGIN PRIVATE KEY'));
        assert.deepEqual(readPrivateKey(new Uint8Array(Buffer.from(keyText))).pkcs8, pkcs8Of(algorithm));
        const found = printed.match(/-----BEGIN CERT[^]*?-----END CERTIFICATE-----/g) ?? [];
        assert.deepEqual(
          found.map((one) => new Uint8Array(new X509Certificate(one).raw)),
          [certificate, ...chain],
        );
        assert.equal(printed.match(/friendlyName: a name/g)?.length, 2);
        const keyId = createHash('sha1').update(certificate).digest('hex').toUpperCase().replace(/..\B/g, '$& ');
        assert.equal(printed.split(`localKeyID: ${keyId}`).length, 3);
        assert.match(right.stderr, legacy ? /MAC: sha1, Iteration 10000/ : /MAC: sha256, Iteration 10000/);
        const encryption = legacy
          ? /Shrouded Keybag: pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 10000/
          : /Shrouded Keybag: PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256/;
        assert.match(right.stderr, encryption);
        const wrong = await runProgram(openssl, [...args, '-passin', 'pass:wrong'], { input });
        assert.notEqual(wrong.code, 0);
        assert.match(wrong.stderr, /invalid password/);
      }
    });
  }

  it('is opened by OpenSSL inside Node with any password, the empty one and characters beyond the BMP too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.boolean(), async (text, legacy) => {
        const passphrase = text.replaceAll('\0', '0'); // Node hands OpenSSL a C string
        const file = Buffer.from(await pfx('P-256', utf8.encode(passphrase), legacy, text));
        createSecureContext({ pfx: file, passphrase });
        assert.throws(() => createSecureContext({ pfx: file, passphrase: `${passphrase}x` }));
      }),
      {
        numRuns: 12,
        examples: [
          ['', false],
          ['', true],
          ['😀 é €', false],
          ['😀 é €', true],
        ],
      },
    );
  });

  it('refuses a password that is not UTF-8', async () => {
    for (const legacy of [false, true]) {
      await assert.rejects(pfx('P-256', Uint8Array.of(0x61, 0xff), legacy), fault('invalid', { what: 'password' }));
    }
  });

  it('is refused by openssl when truncated or when a bit of its content changed', async (t) => {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    const good = await pfx('P-256', utf8.encode('secret'), false);
    const changed = good.slice();
    changed[600] = (changed[600] ?? 0) ^ 1;
    for (const input of [changed, good.subarray(0, 700)]) {
      const { code } = await runProgram(openssl, ['pkcs12', '-nodes', '-passin', 'pass:secret'], { input });
      assert.notEqual(code, 0);
    }
  });

  it('is valid DER from end to end for asn1parse', async (t) => {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    const input = await pfx('RSA-2048', utf8.encode('secret'), false);
    const printed = (await outputOf(openssl, ['asn1parse', '-inform', 'DER', '-i'], { input })).toString();
    assert.match(printed, /pkcs7-data/);
  });
});

describe('derivePkcs12', () => {
  const common = { hash: 'sha1', iterations: 1 } as const;
  const smeg = Uint8Array.of(0, 0x73, 0, 0x6d, 0, 0x65, 0, 0x67, 0, 0);
  const queeg = Uint8Array.of(0, 0x71, 0, 0x75, 0, 0x65, 0, 0x65, 0, 0x67, 0, 0);

  it('gives the known vectors of key, initialisation vector and MAC key (those of OpenSSL’s and Bouncy Castle’s tests)', () => {
    const from = (password: Uint8Array, salt: string, purpose: 1 | 2 | 3, length: number, iterations = 1) =>
      derivePkcs12({ ...common, password, salt: Uint8Array.fromHex(salt), purpose, length, iterations }).toHex();
    const { key, iv, mac } = purposes;
    assert.equal(from(smeg, '0a58cf64530d823f', key, 24), '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3');
    assert.equal(from(smeg, '0a58cf64530d823f', iv, 8), '79993dfe048d3b76');
    assert.equal(from(smeg, '3d83c0e4546ac140', mac, 20), '8d967d88f6caa9d714800ab3d48051d63f73a312');
    const long = from(queeg, '05dec959acff72f7', key, 24, 1000);
    assert.equal(long, 'ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4');
    assert.equal(from(queeg, '05dec959acff72f7', iv, 8, 1000), '11dedad7758d4860');
  });

  it('gives the same in the thread, for many callers at once', async () => {
    const wanted = Array.from({ length: 20 }, (_, i) => ({
      ...common,
      password: queeg,
      salt: Uint8Array.of(i),
      purpose: purposes.mac,
      length: 20,
      iterations: 50,
    }));
    assert.deepEqual(await Promise.all(wanted.map(derivePkcs12InThread)), wanted.map(derivePkcs12));
    assert.equal(queeg[1], 0x71, 'the caller’s password is still there');
  });

  it('lets the process end when the thread has nothing to do', async () => {
    const pool = new URL('../../src/formats/pkcs12-pool.ts', import.meta.url).href;
    const script = `import { derivePkcs12InThread as derive } from '${pool}';
      const octets = await derive({ hash: 'sha1', password: new Uint8Array(2), salt: new Uint8Array(8),
        purpose: 1, iterations: 10, length: 24 });
      console.log(octets.length);`;
    const printed = await outputOf(process.execPath, ['--input-type=module', '-e', script], { timeoutMs: 20_000 });
    assert.equal(printed.toString().trim(), '24');
  });
});
