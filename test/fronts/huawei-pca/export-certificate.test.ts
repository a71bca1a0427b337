import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { needs, outputOf, runProgram } from '../../programs.ts';
import { ask, assertRefused, openHuawei } from '../huawei-call.ts';
import type { House } from '../house.ts';
import { activeRoot, activeSubordinate, certificates, createByCsr, createCertificate } from './pca.ts';

const csr = readFileSync(join(import.meta.dirname, '../../vectors/csr/p256.pem'), 'utf8');
const pem = /^-----BEGIN CERTIFICATE-----\r\n([A-Za-z0-9+/=]{1,64}\r\n)+-----END CERTIFICATE-----$/;

describe('Huawei PCA ExportCertificate', () => {
  let house: House;
  let folder: string;
  /** An EC and an RSA key held here, and one whose key is elsewhere. */
  let held: string;
  let rsa: string;
  let foreign: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chancery-export-'));
    house = await openHuawei();
    const issuer = await activeSubordinate(house, await activeRoot(house));
    held = await createCertificate(house, issuer, { distinguished_name: { common_name: 'test, 例' } });
    rsa = await createCertificate(house, issuer, { key_algorithm: 'RSA2048' });
    foreign = await createByCsr(house, issuer, csr);
  });
  after(async () => {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ex = (id: string, body: object) => ask(house, 'POST', `${certificates}/${id}/export`, { body });
  const zipOf = async (id: string, type: string, more: object = {}) => {
    const answer = await ex(id, { type, is_compressed: 'true', ...more });
    assert.equal(answer.status, 200, JSON.stringify(answer.json));
    assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
    const files = unzipSync(answer.bytes);
    return { files, names: Object.keys(files), disposition: answer.headers.get('content-disposition') };
  };
  const file = (name: string, bytes: Uint8Array | undefined): string => {
    assert.ok(bytes !== undefined, `${name} is missing`);
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };

  describe('accepts', () => {
    for (const type of ['APACHE', 'NGINX', 'OTHER', 'IIS', 'TOMCAT']) {
      it(`${type} as JSON: certificate, chain and key with \\r\\n`, async () => {
        const { certificate, certificate_chain, private_key, ...rest } = (
          await ex(rsa, { type, is_compressed: 'false' })
        ).json;
        assert.deepEqual(rest, {});
        assert.match(certificate, pem);
        const chain = String(certificate_chain).split(/(?<=-----END CERTIFICATE-----)\r\n/);
        assert.equal(chain.length, 2);
        for (const link of chain) assert.match(link, pem);
        assert.match(
          private_key,
          /^-----BEGIN RSA PRIVATE KEY-----\r\n([A-Za-z0-9+/=]{1,64}\r\n)+-----END RSA PRIVATE KEY-----\r\n$/,
        );
        assert.ok(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(private_key)));
        const [issuer, root] = chain.map((link) => new X509Certificate(link));
        assert.ok(issuer !== undefined && root !== undefined);
        assert.ok(new X509Certificate(certificate).verify(issuer.publicKey) && issuer.verify(root.publicKey));
        assert.deepEqual(Object.keys((await ex(foreign, { type, is_compressed: 'false' })).json), [
          'certificate',
          'certificate_chain',
        ]);
      });
    }
    it('the type in any case, is_compressed as text and as a boolean, what Terraform sends for unset members', async () => {
      for (const body of [
        { type: 'other', is_compressed: false },
        { type: 'Other', is_compressed: 'false', is_sm_standard: '', password: '' },
        { type: 'OTHER', is_compressed: 'false', is_sm_standard: 'false' },
      ]) {
        const { json } = await ex(held, body);
        assert.match(json['private_key'], /^-----BEGIN EC PRIVATE KEY-----\r\n/);
      }
      assert.deepEqual((await zipOf(held, 'apache', { is_compressed: true })).names, [
        'server.key',
        'chain.crt',
        'server.crt',
      ]);
    });
    it('a password of 32 characters: the key is encrypted PKCS#8', async () => {
      const password = 'Aa1,.+-_#'.padEnd(32, 'x');
      const { json } = await ex(held, { type: 'NGINX', is_compressed: 'false', password });
      assert.match(json['private_key'], /^-----BEGIN ENCRYPTED PRIVATE KEY-----\r\n/);
      const key = createPrivateKey({ key: json['private_key'], passphrase: password });
      assert.ok(new X509Certificate(json['certificate']).checkPrivateKey(key));
    });
  });

  describe('refuses', () => {
    it('an unknown type, is_compressed that is neither, a password of 33 characters or with others than ASCII', async () => {
      const base = { type: 'OTHER', is_compressed: 'true' };
      for (const [wish, sentence] of [
        [{ type: 'PFX' }, /type takes APACHE, NGINX, IIS, TOMCAT, OTHER/],
        [{ type: undefined }, /^Incorrect parameter\. Check type\.$/],
        [{ type: 5 }, /^Incorrect parameter\. Check type\.$/],
        [{ is_compressed: 'yes' }, /is_compressed takes/],
        [{ is_compressed: undefined }, /is_compressed/],
        [{ password: 'x'.repeat(33) }, /password/],
        [{ password: 'pässword' }, /password takes/],
        [{ password: 'a b' }, /password takes/],
      ] as const) {
        const answer = await ex(held, { ...base, ...wish });
        assert.equal(answer.status, 400);
        if ('password' in wish) assert.ok(!JSON.stringify(answer.json).includes(wish.password));
        assert.match(answer.json['error_msg'], sentence);
      }
    });
    it('a read-only key where a private key would go out, and lets it have the rest', async () => {
      const body = { type: 'OTHER', is_compressed: 'false' };
      const as = house.reader;
      assertRefused(
        await ask(house, 'POST', `${certificates}/${held}/export`, { body, as }),
        403,
        'PCA.4002',
        /permission/,
      );
      assert.equal((await ask(house, 'POST', `${certificates}/${foreign}/export`, { body, as })).status, 200);
    });
  });

  describe('does', () => {
    it('fill each zip with the members of the reference, under the name <common name>_<type>.zip', async () => {
      const expected: readonly [string, string[], string[]][] = [
        ['APACHE', ['server.key', 'chain.crt', 'server.crt'], ['chain.crt', 'server.crt']],
        ['NGINX', ['server.key', 'server.crt'], ['server.crt']],
        ['OTHER', ['server.key', 'chain.pem', 'server.pem'], ['chain.pem', 'cert.pem']],
        ['IIS', ['keystorePass.txt', 'server.pfx'], ['chain.crt', 'server.crt']],
        ['TOMCAT', ['keystorePass.txt', 'server.jks'], ['chain.crt', 'server.crt']],
      ];
      for (const [type, withKey, without] of expected) {
        const { names, disposition } = await zipOf(rsa, type);
        assert.deepEqual(names, withKey);
        assert.equal(disposition, `attachment; filename="www.example.com_${type.toLowerCase()}.zip"`);
        assert.deepEqual((await zipOf(foreign, type)).names, without);
      }
      assert.equal((await zipOf(held, 'APACHE')).disposition, 'attachment; filename="test____apache.zip"');
    });
    it('leave the password file out of IIS and TOMCAT when a password is given', async () => {
      const password = 'changeit';
      assert.deepEqual((await zipOf(held, 'IIS', { password })).names, ['server.pfx']);
      assert.deepEqual((await zipOf(held, 'TOMCAT', { password })).names, ['server.jks']);
    });
    it('give a PFX that openssl opens, and by a setting of the account one for old Windows', async (t) => {
      const openssl = needs(t, 'openssl');
      if (openssl === undefined) return;
      const kinds: string[] = [];
      for (const value of ['modern', 'legacy']) {
        await house.services.putSetting({ name: 'pkcs12-profile', value, account: house.administrator.account });
        const { files } = await zipOf(rsa, 'IIS');
        const pfx = file(`${value}.pfx`, files['server.pfx']);
        const pass = `file:${file('pass', files['keystorePass.txt'])}`;
        const args = [
          'pkcs12',
          '-in',
          pfx,
          '-passin',
          pass,
          '-nodes',
          '-info',
          ...(value === 'legacy' ? ['-legacy'] : []),
        ];
        const { code, stdout, stderr } = await runProgram(openssl, args);
        assert.equal(code, 0, stderr);
        assert.equal(stdout.toString().match(/BEGIN CERTIFICATE/g)?.length, 3);
        kinds.push(stderr);
      }
      assert.match(kinds[0] ?? '', /AES-256-CBC/i);
      assert.match(kinds[1] ?? '', /3-KeyTripleDES|pbeWithSHA1And3/i);
      await house.services.putSetting({
        name: 'pkcs12-profile',
        value: undefined,
        account: house.administrator.account,
      });
    });
    it('give a JKS that keytool reads: one key with a chain of three', async (t) => {
      const keytool = needs(t, 'keytool');
      if (keytool === undefined) return;
      const { files } = await zipOf(rsa, 'TOMCAT', { password: 'changeit' });
      const args = ['-list', '-v', '-keystore', file('server.jks', files['server.jks']), '-storepass', 'changeit'];
      const text = (await outputOf(keytool, args)).toString();
      assert.match(text, /PrivateKeyEntry/);
      assert.match(text, /(chain length|Certificate chain length): 3/i);
    });
    it('give files that openssl verifies strictly', async (t) => {
      const openssl = needs(t, 'openssl');
      if (openssl === undefined) return;
      const { files } = await zipOf(held, 'APACHE');
      const chain = Buffer.from(files['chain.crt'] ?? []).toString();
      const [issuer = '', root = ''] = chain.split(/(?<=-----END CERTIFICATE-----\n)/);
      const at = String(Math.floor(house.clock.now() / 1000));
      const args = ['verify', '-x509_strict', '-attime', at, '-CAfile', file('root.pem', Buffer.from(root))];
      const more = ['-untrusted', file('issuer.pem', Buffer.from(issuer)), file('server.crt', files['server.crt'])];
      assert.match((await outputOf(openssl, [...args, ...more])).toString(), /: OK/);
    });
    it('leave an audit record for each key that goes out, and no trace of password or key in the log', async () => {
      const before = house.audited.length;
      await ex(held, { type: 'OTHER', is_compressed: 'false', password: 'S3cret-password' });
      await ex(foreign, { type: 'OTHER', is_compressed: 'false' });
      assert.deepEqual(house.audited.slice(before), [{ verb: 'exported', what: 'private key', id: held }]);
      assert.ok(!house.logged.some((line) => /S3cret|PRIVATE KEY/.test(line)));
    });
  });
});
