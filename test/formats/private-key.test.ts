import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../../src/core/fault.ts';
import { readPrivateKey, traditionalPem, writeSecretPem } from '../../src/formats/index.ts';
import { readDer } from '../../src/x509/der/reader.ts';
import * as der from '../../src/x509/der/writer.ts';
import { needs, outputOf } from '../programs.ts';
import { algorithms, fault, keyObject, keyPem, pkcs8Of } from './fixtures.ts';

const bytes = (text: string | Buffer) => new Uint8Array(Buffer.from(text));

function traditionalType(algorithm: string): 'pkcs1' | 'sec1' {
  return algorithm.startsWith('RSA') ? 'pkcs1' : 'sec1';
}

describe('readPrivateKey', () => {
  describe('accepts', () => {
    for (const algorithm of ['RSA-1024', ...algorithms] as const) {
      it(`${algorithm} as PKCS#8, PKCS#1 or SEC 1, in PEM with either newline and in DER`, () => {
        const key = keyObject(algorithm);
        const type = traditionalType(algorithm);
        const publicKey = bytes(createPublicKey(key).export({ format: 'der', type: 'spki' }));
        const forms = [
          keyPem(algorithm),
          pkcs8Of(algorithm),
          bytes(key.export({ format: 'pem', type })),
          bytes(key.export({ format: 'der', type })),
          bytes(String(key.export({ format: 'pem', type })).replaceAll('\n', '\r\n')),
        ];
        for (const form of forms) {
          assert.deepEqual(readPrivateKey(form), { pkcs8: pkcs8Of(algorithm), algorithm, publicKey });
        }
      });
    }

    it('the block EC PARAMETERS that `openssl ecparam -genkey` writes in front', async (t) => {
      const openssl = needs(t, 'openssl');
      if (openssl === undefined) return;
      const text = await outputOf(openssl, ['ecparam', '-name', 'secp384r1', '-genkey']);
      assert.match(text.toString(), /EC PARAMETERS/);
      assert.equal(readPrivateKey(new Uint8Array(text)).algorithm, 'P-384');
    });

    it('an EC key without its public point, and writes the point', () => {
      const privateKey = Buffer.from(String(keyObject('P-256').export({ format: 'jwk' }).d), 'base64url');
      const bare = der.sequence(
        der.integer(0),
        der.sequence(der.oid('1.2.840.10045.2.1'), der.oid('1.2.840.10045.3.1.7')),
        der.octetString(der.sequence(der.integer(1), der.octetString(privateKey))),
      );
      assert.deepEqual(readPrivateKey(bare).pkcs8, pkcs8Of('P-256'));
    });
  });

  describe('refuses', () => {
    it('encrypted keys of all three kinds, with the reason `encrypted`', () => {
      const encrypted = { format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' } as const;
      const refused = fault('invalid', { what: 'private key', reason: 'encrypted' });
      const key = keyObject('RSA-2048');
      assert.throws(() => readPrivateKey(bytes(String(key.export({ type: 'pkcs8', ...encrypted })))), refused);
      assert.throws(() => readPrivateKey(bytes(String(key.export({ type: 'pkcs1', ...encrypted })))), refused);
      const der = key.export({ type: 'pkcs8', ...encrypted, format: 'der' });
      assert.throws(() => readPrivateKey(bytes(der)), refused);
      const ec = keyObject('P-256').export({ type: 'sec1', ...encrypted });
      assert.throws(() => readPrivateKey(bytes(String(ec))), refused);
    });

    it('other algorithms, curves and sizes as unsupported', () => {
      const unsupported = fault('unsupported', { what: 'private key', reason: 'algorithm' });
      const others = [
        generateKeyPairSync('ed25519'),
        generateKeyPairSync('x25519'),
        generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
        generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' }),
        generateKeyPairSync('rsa', { modulusLength: 1536 }),
        generateKeyPairSync('rsa-pss', { modulusLength: 2048 }),
      ];
      for (const { privateKey } of others) {
        const pkcs8 = bytes(privateKey.export({ format: 'der', type: 'pkcs8' }));
        assert.throws(() => readPrivateKey(pkcs8), unsupported);
      }
    });

    it('parts of an RSA key that do not belong together (CRT parts of another key)', () => {
      const parts = rsaParts('RSA-2048');
      const others = rsaParts('RSA-3072');
      const good = der.sequence(...parts.map((part) => der.integer(part)));
      assert.deepEqual(readPrivateKey(good).pkcs8, pkcs8Of('RSA-2048'));
      const two = Uint8Array.of(2);
      for (const at of [3, 4, 5, 6, 7, 8]) {
        for (const replacement of [two, (others[at] ?? two).subarray(0, 32), Uint8Array.of(0), Uint8Array.of(1)]) {
          const wrong = der.sequence(...parts.map((part, i) => der.integer(i === at ? replacement : part)));
          assert.throws(() => readPrivateKey(wrong), fault('invalid', { reason: 'inconsistent' }));
        }
      }
    });

    it('an EC scalar of zero or of the group order, and a public point that is another key’s', () => {
      const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
      const curve = der.explicit(0, der.oid('1.2.840.10045.3.1.7'));
      const inconsistent = fault('invalid', { what: 'private key', reason: 'inconsistent' });
      for (const scalar of [new Uint8Array(32), order, new Uint8Array(32).fill(0xff)]) {
        const key = der.sequence(der.integer(1), der.octetString(scalar), curve);
        assert.throws(() => readPrivateKey(key), inconsistent);
      }
      const point = Buffer.from(pkcs8Of('P-256').subarray(-65));
      const key = der.sequence(
        der.integer(1),
        der.octetString(Uint8Array.from({ length: 32 }, (_, i) => i)),
        curve,
        der.explicit(1, der.bitString(point)),
      );
      assert.throws(() => readPrivateKey(key), inconsistent);
    });

    it('an EC scalar that is shorter or longer than the curve’s order (RFC 5915 §3)', () => {
      const curve = der.explicit(0, der.oid('1.2.840.10045.3.1.7'));
      for (const length of [0, 31, 33]) {
        const key = der.sequence(der.integer(1), der.octetString(new Uint8Array(length).fill(1)), curve);
        assert.throws(() => readPrivateKey(key), fault('malformed'));
      }
    });

    it('a label that does not fit the content, two keys, no key, other text, trailing octets', () => {
      const text = Buffer.from(keyPem('P-256')).toString();
      const malformed = fault('malformed', { what: 'private key' });
      const wrong = [
        text.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY'),
        text.replaceAll('PRIVATE KEY', 'EC PRIVATE KEY'),
        text.replaceAll('PRIVATE KEY', 'CERTIFICATE'),
        text + text,
        `hello ${text}`,
        '',
        'no key at all',
        '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n',
      ];
      for (const one of wrong) assert.throws(() => readPrivateKey(bytes(one)), malformed);
      assert.throws(() => readPrivateKey(Uint8Array.of(...pkcs8Of('P-256'), 0)), malformed);
    });

    it('truncated and bit-flipped keys with a Fault and no other exception, or reads the same key', () => {
      for (const algorithm of ['RSA-1024', 'P-256', 'P-521'] as const) {
        const good = pkcs8Of(algorithm);
        for (const form of [good, keyPem(algorithm), traditionalPem(good)]) {
          fc.assert(
            fc.property(fc.nat(form.length - 1), fc.nat(7), fc.boolean(), (at, bit, truncate) => {
              const changed = truncate ? form.slice(0, at) : form.slice();
              if (!truncate) changed[at] = (changed[at] ?? 0) ^ (1 << bit);
              try {
                assert.deepEqual(readPrivateKey(changed).pkcs8, good);
              } catch (error) {
                if (!(error instanceof Fault)) throw error;
              }
            }),
            { numRuns: 150 },
          );
        }
      }
    });
  });
});

describe('traditionalPem', () => {
  it('writes byte for byte what OpenSSL writes, for every algorithm', () => {
    for (const algorithm of algorithms) {
      const expected = keyObject(algorithm).export({ format: 'pem', type: traditionalType(algorithm) });
      assert.equal(Buffer.from(traditionalPem(pkcs8Of(algorithm))).toString(), expected);
      const crlf = Buffer.from(traditionalPem(pkcs8Of(algorithm), '\r\n')).toString();
      assert.equal(crlf, String(expected).replaceAll('\n', '\r\n'));
    }
  });

  it('is read by `openssl rsa -check` and `openssl ec -check`', async (t) => {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    for (const algorithm of algorithms) {
      const family = algorithm.startsWith('RSA') ? 'rsa' : 'ec';
      const input = traditionalPem(pkcs8Of(algorithm));
      await outputOf(openssl, [family, '-check', '-noout'], { input });
      await outputOf(openssl, ['asn1parse', '-i'], { input });
    }
  });
});

describe('writeSecretPem', () => {
  it('writes the base64 of any octets in lines of 64 (RFC 7468 §2)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
        const lines = Buffer.from(writeSecretPem('X', octets)).toString().split('\n');
        assert.equal(lines.slice(1, -2).join(''), Buffer.from(octets).toString('base64'));
        assert.ok(lines.slice(1, -3).every((line) => line.length === 64));
      }),
    );
  });
});

/** The nine INTEGERs of an RSAPrivateKey. */
function rsaParts(algorithm: 'RSA-2048' | 'RSA-3072'): Uint8Array[] {
  const key = readDer(bytes(keyObject(algorithm).export({ format: 'der', type: 'pkcs1' }))).sequence();
  return Array.from({ length: 9 }, () => key.integer());
}
