import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import { createSecureContext } from 'node:tls';
import { readPrivateKey, serverBundle, serverTypes, type BundleInput, type Member } from '../../src/formats/index.ts';
import { certificateText, chainText } from '../../src/formats/index.ts';
import { algorithms, certified, fault, pkcs8Of } from './fixtures.ts';

const { certificate, chain } = certified('RSA-2048');
const withoutKey: BundleInput = { name: 'test', certificate, chain, legacyPkcs12: false, now: Date.UTC(2026, 10, 1) };
const withKey: BundleInput = { ...withoutKey, privateKey: pkcs8Of('RSA-2048') };
const password = new TextEncoder().encode('Pass,word.+-_#é');

const names = (members: readonly Member[]) => members.map(({ name }) => name);
const textOf = (members: readonly Member[], name: string) =>
  Buffer.from(members.find((one) => one.name === name)?.bytes ?? assert.fail(name)).toString();
const certificatesOf = (text: string) =>
  (text.match(/-----BEGIN CERT[^]*?-----END CERTIFICATE-----/g) ?? []).map(
    (one) => new Uint8Array(new X509Certificate(one).raw),
  );

describe('serverBundle', () => {
  it('has the members and names of the reference when the key is held here', async () => {
    const expected = {
      apache: ['server.key', 'chain.crt', 'server.crt'],
      nginx: ['server.key', 'server.crt'],
      other: ['server.key', 'chain.pem', 'server.pem'],
      iis: ['keystorePass.txt', 'server.pfx'],
      tomcat: ['keystorePass.txt', 'server.jks'],
    };
    for (const type of serverTypes) assert.deepEqual(names(await serverBundle(type, withKey)), expected[type], type);
  });

  it('leaves keystorePass.txt out when the user gave a password, and nothing else', async () => {
    const expected = {
      apache: ['server.key', 'chain.crt', 'server.crt'],
      nginx: ['server.key', 'server.crt'],
      other: ['server.key', 'chain.pem', 'server.pem'],
      iis: ['server.pfx'],
      tomcat: ['server.jks'],
    };
    for (const type of serverTypes) {
      assert.deepEqual(names(await serverBundle(type, { ...withKey, password })), expected[type], type);
    }
  });

  it('has the members and names of the reference when the user holds the key', async () => {
    const expected = {
      apache: ['chain.crt', 'server.crt'],
      nginx: ['server.crt'],
      other: ['chain.pem', 'cert.pem'],
      iis: ['chain.crt', 'server.crt'],
      tomcat: ['chain.crt', 'server.crt'],
    };
    for (const type of serverTypes) {
      for (const input of [withoutKey, { ...withoutKey, password }]) {
        const members = await serverBundle(type, input);
        assert.deepEqual(names(members), expected[type], type);
        assert.ok(members.every(({ isSecret }) => !isSecret));
      }
    }
  });

  it('puts the leaf and the chain up to the root where each server looks for them', async () => {
    const apache = await serverBundle('apache', withKey);
    assert.deepEqual(certificatesOf(textOf(apache, 'server.crt')), [certificate]);
    assert.deepEqual(certificatesOf(textOf(apache, 'chain.crt')), chain);
    const nginx = await serverBundle('nginx', withoutKey);
    assert.deepEqual(certificatesOf(textOf(nginx, 'server.crt')), [certificate, ...chain]);
    const other = await serverBundle('other', withoutKey);
    assert.deepEqual(certificatesOf(textOf(other, 'cert.pem')), [certificate]);
    assert.deepEqual(certificatesOf(textOf(other, 'chain.pem')), chain);
  });

  it('gives server.key as PKCS#1 or SEC 1 when plain and as encrypted PKCS#8 with a password', async () => {
    for (const algorithm of algorithms) {
      const input = { ...withoutKey, ...certified(algorithm), privateKey: pkcs8Of(algorithm) };
      const plain = textOf(await serverBundle('nginx', input), 'server.key');
      assert.match(plain, algorithm.startsWith('RSA') ? /^-----BEGIN RSA PRIVATE KEY/ : /^-----BEGIN EC PRIVATE KEY/);
      assert.deepEqual(readPrivateKey(Buffer.from(plain)).pkcs8, input.privateKey);
      const encrypted = textOf(await serverBundle('apache', { ...input, password }), 'server.key');
      assert.match(encrypted, /^-----BEGIN ENCRYPTED PRIVATE KEY/);
      const opened = createPrivateKey({ key: encrypted, passphrase: Buffer.from(password) });
      assert.deepEqual(new Uint8Array(opened.export({ format: 'der', type: 'pkcs8' })), input.privateKey);
    }
  });

  it('takes an empty password for none', async () => {
    const members = await serverBundle('nginx', { ...withKey, password: new Uint8Array(0) });
    assert.match(textOf(members, 'server.key'), /^-----BEGIN RSA PRIVATE KEY/);
    assert.deepEqual(names(await serverBundle('tomcat', { ...withKey, password: new Uint8Array(0) })), [
      'keystorePass.txt',
      'server.jks',
    ]);
  });

  it('opens server.pfx with what keystorePass.txt says, or with the given password, in both profiles', async () => {
    for (const legacyPkcs12 of [false, true]) {
      const random = await serverBundle('iis', { ...withKey, legacyPkcs12 });
      const passphrase = textOf(random, 'keystorePass.txt');
      assert.match(passphrase, /^[A-Za-z2-9]{24}$/);
      assert.doesNotMatch(passphrase, /[0Oo1lIi8]/);
      createSecureContext({ pfx: pfxOf(random), passphrase });
      const given = await serverBundle('iis', { ...withKey, legacyPkcs12, password });
      createSecureContext({ pfx: pfxOf(given), passphrase: Buffer.from(password).toString() });
    }
  });

  it('makes another keystore password on every call', async () => {
    const [a, b] = await Promise.all([serverBundle('tomcat', withKey), serverBundle('tomcat', withKey)]);
    assert.notEqual(textOf(a, 'keystorePass.txt'), textOf(b, 'keystorePass.txt'));
  });

  it('marks keys, key stores and passwords as secret', async () => {
    const all = (await Promise.all(serverTypes.map((type) => serverBundle(type, withKey)))).flat();
    for (const { name, isSecret } of all) assert.equal(isSecret, /key|pfx|jks|Pass/.test(name), name);
  });

  it('leaves the chain out when there is none: a self-signed certificate', async () => {
    const members = await serverBundle('apache', { ...withKey, chain: [] });
    assert.deepEqual(names(members), ['server.key', 'server.crt']);
  });

  it('leaves the caller’s key and password as they were', async () => {
    const given = { ...withKey, privateKey: pkcs8Of('RSA-2048'), password: password.slice() };
    for (const type of serverTypes) await serverBundle(type, given);
    assert.deepEqual(given.privateKey, pkcs8Of('RSA-2048'));
    assert.deepEqual(given.password, password);
  });

  it('refuses a password that is not UTF-8 for key stores', async () => {
    for (const type of ['iis', 'tomcat'] as const) {
      const wrong = serverBundle(type, { ...withKey, password: Uint8Array.of(0xff) });
      await assert.rejects(wrong, fault('invalid', { what: 'password' }));
    }
  });
});

describe('chainText', () => {
  it('joins certificates by one newline with none after the last, as both vendors’ JSON does', () => {
    const crlf = chainText(chain, '\r\n') ?? assert.fail('no chain');
    assert.deepEqual(certificatesOf(crlf), chain);
    assert.match(crlf, /-----END CERTIFICATE-----\r\n-----BEGIN CERTIFICATE-----/);
    assert.ok(crlf.endsWith('-----END CERTIFICATE-----'));
    assert.equal(crlf.replaceAll('\r\n', '').includes('\n'), false);
    assert.equal(chainText(chain, '\n'), crlf.replaceAll('\r\n', '\n'));
    assert.ok(certificateText(certificate, '\n').endsWith('-----END CERTIFICATE-----'));
  });

  it('is absent for a root', () => {
    assert.equal(chainText([], '\n'), undefined);
  });
});

function pfxOf(members: readonly Member[]): Buffer {
  return Buffer.from(members.find(({ name }) => name === 'server.pfx')?.bytes ?? assert.fail('no server.pfx'));
}
