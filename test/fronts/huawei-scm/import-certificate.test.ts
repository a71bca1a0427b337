import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Answer, ask, assertRefused, done, openHuawei } from '../huawei-call.ts';
import type { House } from '../house.ts';
import { imported, madeElsewhere, type Upload } from './scm.ts';

describe('Huawei SCM ImportCertificate', () => {
  let house: House;
  let upload: Upload;
  before(async () => {
    house = await openHuawei();
    upload = await madeElsewhere(house);
  });
  after(() => house.close());

  const put = (wish: object = {}): Promise<Answer> =>
    ask(house, 'POST', `${imported}/import`, { body: { name: 'test-1', ...upload, ...wish } });
  const pkcs8 = (text: string) => createPrivateKey(text).export({ type: 'pkcs8', format: 'pem' });

  describe('accepts', () => {
    it('certificate, chain and key: an id of 16 characters, status UPLOAD', async () => {
      const { status, json } = await put();
      assert.equal(status, 200);
      assert.deepEqual(Object.keys(json), ['certificate_id']);
      assert.match(json.certificate_id, /^scs[0-9]{13}$/);
      assert.equal((await done(house, 'GET', `${imported}/${json.certificate_id}`)).status, 'UPLOAD');
    });
    it('two imports in one millisecond, each with an id of its own', async () => {
      const [one, two] = await Promise.all([put(), put()]);
      assert.notEqual(one.json.certificate_id, two.json.certificate_id);
    });
    it('the chain behind the certificate in one text, and takes only the leaf of it when a chain is given too', async () => {
      const entire = `${upload.certificate}\r\n${upload.certificate_chain}`;
      for (const wish of [
        { certificate: entire, certificate_chain: undefined },
        { certificate: entire, certificate_chain: '' },
        { certificate: entire },
      ]) {
        const { json } = await put(wish);
        const exported = await done(house, 'POST', `${imported}/${json.certificate_id}/export`);
        assert.equal(exported.certificate_chain, upload.certificate_chain.replaceAll('\r\n', '\n'));
      }
    });
    it('PKCS#8 and SEC 1 keys, blanks around, \\n and \\r\\n, what Terraform sends for unset members', async () => {
      for (const wish of [
        { private_key: pkcs8(upload.private_key) },
        { private_key: `\n${upload.private_key}\r\n`, certificate: `\r\n${upload.certificate}\n` },
        { enc_certificate: '', enc_private_key: '', enterprise_project_id: '' },
        { enterprise_project_id: '0', duplicate_check: true },
      ]) {
        const { status, json } = await put(wish);
        assert.equal(status, 200, JSON.stringify(json));
      }
    });
    it('an RSA-2048 certificate', async () => {
      const rsa = await madeElsewhere(house, { key_algorithm: 'RSA2048' });
      assert.equal((await put(rsa)).status, 200);
    });
  });

  describe('refuses', () => {
    const refusals: readonly [string, () => object, string, string][] = [
      ['a name of two characters', () => ({ name: 'ab' }), 'SCM.0032', 'Incorrect certificate name.'],
      ['a name with a blank', () => ({ name: 'a b c' }), 'SCM.0032', 'Incorrect certificate name.'],
      ['no name', () => ({ name: undefined }), 'SCM.0032', 'Incorrect certificate name.'],
      ['no certificate', () => ({ certificate: undefined }), 'SCM.0054', 'The certificate content is missing.'],
      ['an empty certificate', () => ({ certificate: ' \n' }), 'SCM.0054', 'The certificate content is missing.'],
      [
        'a certificate without its first line',
        () => ({ certificate: upload.certificate.replace(/^.*\r\n/, '') }),
        'SCM.0053',
        'The certificate format is incorrect. It must start or end with a specific string.',
      ],
      [
        'a certificate that cannot be parsed',
        () => ({ certificate: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }),
        'SCM.0031',
        'Certificate parsing error.',
      ],
      [
        'base64 that is none',
        () => ({ certificate: upload.certificate.replace('MII', '***') }),
        'SCM.0031',
        'Certificate parsing error.',
      ],
      ['no key', () => ({ private_key: undefined }), 'SCM.0059', 'The certificate private key is empty.'],
      ['an empty key', () => ({ private_key: '' }), 'SCM.0059', 'The certificate private key is empty.'],
      [
        'a key without its last line',
        () => ({ private_key: upload.private_key.slice(0, -20) }),
        'SCM.0114',
        'Incorrect private key format. It must start or end with a specific string.',
      ],
      [
        'a certificate as the key',
        () => ({ private_key: upload.certificate }),
        'SCM.0114',
        'Incorrect private key format. It must start or end with a specific string.',
      ],
      [
        'a key that cannot be parsed',
        () => ({ private_key: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----' }),
        'SCM.0012',
        'The uploaded private key failed to be resolved. Ensure that the certificate has been issued.',
      ],
      [
        'a chain that cannot be parsed',
        () => ({ certificate_chain: 'none' }),
        'SCM.0013',
        'The uploaded certificate chain failed to be resolved. Ensure that the certificate has been issued.',
      ],
      [
        'a certificate without any chain',
        () => ({ certificate_chain: undefined }),
        'SCM.0013',
        'The uploaded certificate chain failed to be resolved. Ensure that the certificate has been issued.',
      ],
      [
        'a chain that is not of the issuer',
        () => ({ certificate_chain: upload.certificate }),
        'SCM.0079',
        'The subject of the CA certificate does not match the issuer of the certificate.',
      ],
      [
        'an SM2 certificate beside it',
        () => ({ enc_certificate: upload.certificate }),
        'SCM.0010',
        'This operation is not allowed by the current certificate type or status.',
      ],
    ];
    for (const [what, wish, code, sentence] of refusals) {
      it(what, async () => assertRefused(await put(wish()), 400, code, sentence));
    }
    it('an encrypted key', async () => {
      const key = createPrivateKey(upload.private_key);
      const private_key = key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' });
      assertRefused(await put({ private_key }), 400, 'SCM.0012', /private key failed to be resolved/);
    });
    it('the key of another certificate', async () => {
      const { private_key } = await madeElsewhere(house);
      assertRefused(
        await put({ private_key }),
        400,
        'SCM.0014',
        'The uploaded certificate does not match the private key.',
      );
    });
    it('a common name that is no domain', async () => {
      const other = await madeElsewhere(house, { distinguished_name: { common_name: 'My Server' } });
      assertRefused(
        await put(other),
        400,
        'SCM.0070',
        'Incorrect format of the domain bound to the certificate to be uploaded.',
      );
    });
    it('the same certificate once more, when told to check', async () => {
      const other = await madeElsewhere(house);
      assert.equal((await put({ ...other, duplicate_check: false })).status, 200);
      assertRefused(await put({ ...other, duplicate_check: false }), 400, 'SCM.0005', /imported before/);
      assert.equal((await put({ ...other, duplicate_check: true })).status, 200);
    });
    it('an expired certificate', async () => {
      const short = await madeElsewhere(house, { validity: { type: 'HOUR', value: 1 } });
      house.clock.advance({ hours: 2 });
      const sentence = 'This operation is not allowed by the current certificate type or status.';
      assertRefused(await put(short), 400, 'SCM.0010', sentence);
    });
    it('a read-only key, and a request without proof', async () => {
      const body = { name: 'test-1', ...upload };
      const as = (key: House['reader'] | 'none') => ask(house, 'POST', `${imported}/import`, { body, as: key });
      assertRefused(await as(house.reader), 401, 'SCM.4002', 'You do not have permission to perform this operation.');
      assertRefused(await as('none'), 401, 'APIGW.0301', /x-auth-token not found/);
    });
    it('a body that is no JSON object', async () => {
      assertRefused(await ask(house, 'POST', `${imported}/import`, { body: [] }), 400, 'SCM.0005', /JSON object/);
    });
  });

  describe('does', () => {
    it('keep the key out of the log and leave an audit record', async () => {
      const before = house.audited.length;
      const { json } = await put();
      const [record, ...others] = house.audited.slice(before);
      assert.deepEqual([record?.verb, record?.what, others], ['imported', 'certificate', []]);
      assert.ok(json.certificate_id);
      assert.ok(!house.logged.some((line) => line.includes('PRIVATE KEY')));
    });
  });
});
