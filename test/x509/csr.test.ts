import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCsr } from '../../src/x509/csr.ts';
import { decodeExtension } from '../../src/x509/extensions/extension.ts';
import { subjectAltName } from '../../src/x509/extensions/subject-alt-name.ts';
import { writePem } from '../../src/x509/pem.ts';
import { mlDsaAlgorithms, signatureAlgorithms } from '../../src/core/key.ts';
import { needs, runProgram } from '../programs.ts';
import { aCsr, aKey, fault, named } from './an-authority.ts';
import { aRequest, aRoot, issue } from './an-authority.ts';

const names = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ kind: 'dns', value: `h${i}.example.com` }) as const);

describe('a CSR', () => {
  it('is read from DER and PEM, with its subject octets and names', () => {
    const der = aCsr(aKey(), named('host'), names(2));
    for (const octets of [der, new TextEncoder().encode(writePem('CERTIFICATE REQUEST', der, { newline: '\r\n' }))]) {
      const csr = readCsr(octets);
      assert.deepEqual(csr.subject, named('host'));
      assert.deepEqual(decodeExtension(csr.extensions, subjectAltName), names(2));
    }
  });

  it('proves possession with each of our algorithms, RSA-PSS too', () => {
    const keys = { RSA: aKey('RSA-2048'), EC: aKey('P-384') };
    for (const algorithm of signatureAlgorithms) {
      const ownKey = mlDsaAlgorithms.find((known) => known === algorithm);
      const key = ownKey !== undefined ? aKey(ownKey) : algorithm.endsWith('ECDSA') ? keys.EC : keys.RSA;
      assert.equal(readCsr(aCsr(key, named('a'), [], [], algorithm)).signatureAlgorithm, algorithm);
    }
  });

  it('is refused when its signature is not of the key inside', () => {
    const der = aCsr({ ...aKey(), spki: aKey().spki }, named('host'));
    assert.throws(() => readCsr(der), fault('invalid', 'signature'));
  });

  it('is refused with a point off its curve', () => {
    const key = aKey();
    const spki = key.spki.slice();
    spki[spki.length - 1] = (spki[spki.length - 1] ?? 0) ^ 1;
    assert.throws(() => readCsr(aCsr({ ...key, spki }, named('host'))), fault('malformed', 'public-key'));
  });

  it('is refused with 10,000 names, and above 64 KB', () => {
    const csr = aCsr(aKey(), named('host'), names(10_000));
    assert.throws(() => readCsr(csr), fault('malformed', 'too-long'));
    const root = aRoot();
    const many = aCsr(
      aKey(),
      named('host'),
      Array.from({ length: 5000 }, () => ({ kind: 'dns', value: 'a.b' }) as const),
    );
    assert.throws(() => issue(aRequest(root, many), root.key), fault('malformed'));
  });

  it('that openssl signed with RSA-PSS is read whatever its salt; with a hash beside MGF1 that differs it is refused', async (t) => {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    const made = async (...options: string[]) => {
      const args = 'req -new -newkey rsa:2048 -nodes -keyout /dev/null -subj /CN=x.example'.split(' ');
      const { code, stdout, stderr } = await runProgram(openssl, [
        ...args,
        ...['rsa_padding_mode:pss', ...options].flatMap((option) => ['-sigopt', option]),
      ]);
      assert.equal(code, 0, stderr);
      return stdout;
    };
    for (const salt of ['max', '0', 'digest']) {
      const csr = await made(`rsa_pss_saltlen:${salt}`);
      assert.equal(readCsr(csr).signatureAlgorithm, 'SHA256-RSA-PSS');
    }
    const mixed = await made('rsa_mgf1_md:sha512');
    assert.throws(() => readCsr(mixed), fault('unsupported', 'signature-algorithm'));
  });

  it('that openssl made is read, names and all', async (t) => {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    const args = 'req -new -newkey rsa:2048 -nodes -keyout /dev/null -subj /C=AU/O=Bücher/CN=x.example -utf8';
    const extension = 'subjectAltName=DNS:x.example,IP:2001:db8::1,email:a@x.example,URI:https://x.example/a';
    const made = await runProgram(openssl, [...args.split(' '), '-outform', 'DER', '-addext', extension]);
    assert.equal(made.code, 0, made.stderr);
    const csr = readCsr(Uint8Array.from(made.stdout));
    assert.equal(csr.publicKey.algorithm, 'RSA-2048');
    assert.equal(csr.subject[1]?.[0]?.value, 'Bücher');
    assert.deepEqual(decodeExtension(csr.extensions, subjectAltName), [
      { kind: 'dns', value: 'x.example' },
      { kind: 'ip', value: '2001:db8::1' },
      { kind: 'email', value: 'a@x.example' },
      { kind: 'uri', value: 'https://x.example/a' },
    ]);
  });
});
