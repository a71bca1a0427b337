import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ask, assertRefused, done, openHuawei } from '../huawei-call.ts';
import { beginning, type House } from '../house.ts';
import { importOne, imported, madeElsewhere } from './scm.ts';

const names = (...values: string[]) => ({
  distinguished_name: { common_name: values[0] },
  subject_alternative_names: values.map((value) => ({ type: 'DNS', value })),
});

describe('Huawei SCM: imported certificates', () => {
  let house: House;
  const ids: string[] = [];
  before(async () => {
    house = await openHuawei();
    ids.push(await importOne(house, 'alpha', { ...names('www.example.com'), validity: { type: 'DAY', value: 5 } }));
    house.clock.advance({ seconds: 1 });
    const beta = { name: 'beta', enterprise_project_id: '0', ...(await madeElsewhere(house, names('*.example.org'))) };
    ids.push((await done(house, 'POST', `${imported}/import`, { body: beta })).certificate_id);
    house.clock.advance({ seconds: 1 });
    ids.push(
      await importOne(house, 'gamma', { ...names('a.example.net', '*.b.example.net'), key_algorithm: 'RSA2048' }),
    );
  });
  after(() => house.close());

  const id = (n: number): string => ids[n] ?? '';
  const list = async (query: Record<string, string | number | boolean> = {}) => {
    const { total_count, certificates } = await done(house, 'GET', imported, { query });
    return { total: total_count, ids: certificates.map((row: { id: string }) => ids.indexOf(row.id)) };
  };

  describe('ListCertificates', () => {
    it('accepts nothing: ten, the last changed first', async () => {
      assert.deepEqual(await list(), { total: 3, ids: [2, 1, 0] });
    });
    it('accepts limit 10, 20 and 50, an offset, each sort key and direction', async () => {
      for (const limit of [10, 20, 50]) assert.equal((await list({ limit, offset: 1 })).ids.length, 2);
      assert.deepEqual((await list({ sort_key: 'certUpdateTime', sort_dir: 'ASC' })).ids, [0, 1, 2]);
      assert.deepEqual((await list({ sort_key: 'certExpiredTime', sort_dir: 'ASC' })).ids[0], 0);
      assert.equal((await list({ sort_key: 'certStatus', sort_dir: 'DESC' })).total, 3);
      assert.deepEqual(await list({ offset: 1000 }), { total: 3, ids: [] });
    });
    it('accepts each filter, and empty ones as none', async () => {
      assert.deepEqual((await list({ content: 'eta' })).ids, [1]);
      assert.deepEqual((await list({ content: 'example.net' })).ids, [2]);
      assert.equal((await list({ status: 'UPLOAD', content: '', enterprise_project_id: 'all' })).total, 3);
      assert.equal((await list({ enterprise_project_id: '0' })).total, 3);
      assert.equal((await list({ enterprise_project_id: '01234567-0123-0123-0123-0123456789ab' })).total, 0);
      assert.equal((await list({ limit: '', offset: '', expired_days_since: '', deploy_support: '' })).total, 3);
      assert.equal((await list({ status: 'ALL', owned_by_self: true })).total, 3);
      assert.equal((await list({ status: 'PAID' })).total, 0);
      assert.equal((await list({ deploy_support: true })).total, 0);
    });
    it('refuses other limits and words', async () => {
      for (const query of [
        { limit: 11 },
        { limit: 'x' },
        { sort_key: 'name' },
        { sort_dir: 'up' },
        { status: 'MINE' },
      ]) {
        assertRefused(await ask(house, 'GET', imported, { query }), 400, 'SCM.0005', /^Incorrect request parameter\./);
      }
    });
    it('shows a row as the reference lists it', async () => {
      const { certificates } = await done(house, 'GET', imported, { query: { content: 'gamma' } });
      assert.deepEqual(certificates, [
        {
          id: id(2),
          name: 'gamma',
          status: 'UPLOAD',
          type: '',
          brand: '',
          domain: 'a.example.net',
          sans: '*.b.example.net',
          signature_algorithm: 'SHA256WITHECDSA',
          domain_type: 'MULTI_DOMAIN',
          validity_period: 3,
          domain_count: 2,
          wildcard_count: 1,
          description: '',
          enterprise_project_id: '0',
          deploy_support: false,
          expire_time: '2026-06-09 12:00:02.0',
          domain_id: house.administrator.domain,
        },
      ]);
    });
    it('shows nothing of another account', async () => {
      assert.equal((await done(house, 'GET', imported, { as: house.stranger })).total_count, 0);
      assert.equal((await done(house, 'GET', imported, { as: house.reader })).total_count, 3);
    });
  });

  describe('ShowCertificate', () => {
    it('shows times, fingerprint and both spellings of the algorithm', async () => {
      const shown = await done(house, 'GET', `${imported}/${id(1)}`);
      const { certificate } = await done(house, 'POST', `${imported}/${id(1)}/export`);
      const { fingerprint } = new X509Certificate(certificate);
      assert.equal(shown.fingerprint, fingerprint.replaceAll(':', '').toLowerCase());
      assert.equal(shown.signature_algorithm, 'SHA256WITHECDSA');
      assert.equal(shown.signature_algrithm, shown.signature_algorithm);
      assert.deepEqual([shown.not_before, shown.not_after], ['2026-03-01 11:59:01.0', '2026-06-09 12:00:01.0']);
      assert.deepEqual([shown.domain, shown.sans, shown.domain_type], ['*.example.org', '', 'WILDCARD']);
      assert.deepEqual(shown.authentification, []);
    });
  });

  describe('ExportCertificate', () => {
    it('gives certificate, chain, both in one, and the key as PKCS#1 or SEC 1', async () => {
      for (const [n, label] of [
        [2, 'RSA PRIVATE KEY'],
        [1, 'EC PRIVATE KEY'],
      ] as const) {
        const exported = await done(house, 'POST', `${imported}/${id(n)}/export`, { body: {} });
        const { certificate, certificate_chain, entire_certificate, private_key } = exported;
        assert.equal(entire_certificate, `${certificate}\n${certificate_chain}`);
        assert.match(private_key, new RegExp(`^-----BEGIN ${label}-----\\n[^]*\\n-----END ${label}-----$`));
        assert.ok(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(private_key)));
        assert.ok(new X509Certificate(certificate).verify(new X509Certificate(certificate_chain).publicKey));
      }
    });
    it('gives back the very bytes that were imported', async () => {
      const upload = await madeElsewhere(house);
      const body = { name: 'same-bytes', ...upload };
      const { certificate_id } = await done(house, 'POST', `${imported}/import`, { body });
      const exported = await done(house, 'POST', `${imported}/${certificate_id}/export`);
      assert.equal(exported.certificate, upload.certificate.replaceAll('\r\n', '\n'));
      assert.equal(exported.private_key, upload.private_key.replaceAll('\r\n', '\n').trimEnd());
      assert.equal((await ask(house, 'DELETE', `${imported}/${certificate_id}`)).status, 204);
    });
    it('refuses a read-only key', async () => {
      const answer = await ask(house, 'POST', `${imported}/${id(0)}/export`, { as: house.reader });
      assertRefused(answer, 401, 'SCM.4002', 'You do not have permission to perform this operation.');
    });
  });

  describe('every operation on one certificate', () => {
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/export'],
      ['DELETE', ''],
    ] as const) {
      it(`${method} ${path} refuses ids of another length and says 404 of one that is not there`, async () => {
        const call = (certificate: string, as = house.administrator) =>
          ask(house, method, `${imported}/${certificate}${path}`, { as });
        assertRefused(await call('scs160031339107'), 400, 'SCM.0020', 'Incorrect certificate ID.');
        assertRefused(await call('scs1600313391074'), 404, 'SCM.0008', 'Abnormal certificate ID');
        assertRefused(await call('abcdefghijklmnop'), 404, 'SCM.0008', 'Abnormal certificate ID');
        assertRefused(await call(id(0), house.stranger), 404, 'SCM.0008', 'Abnormal certificate ID');
      });
    }
    it('says of what is not offered that the API is not there', async () => {
      for (const [method, path] of [
        ['POST', `${imported}/${id(0)}/push`],
        ['GET', '/v3/scm/csr'],
        ['GET', `/v3/scm/${id(0)}/tags`],
        ['POST', '/v3/scm/resource_instances/action'],
      ] as const) {
        const sentence = 'The API does not exist or has not been published in the environment.';
        assertRefused(await ask(house, method, path), 404, 'APIGW.0101', sentence);
      }
    });
  });

  describe('EXPIRED and DeleteCertificate', () => {
    it('an expired one is listed as such, shown, not exported, and deleted with 204', async () => {
      house.clock.advance({ days: 6 });
      assert.ok(house.clock.now() > beginning);
      assert.deepEqual(await list({ status: 'EXPIRED' }), { total: 1, ids: [0] });
      assert.deepEqual((await list({ expired_days_since: 0 })).ids, [2, 1]);
      assert.equal((await list({ expired_days_since: 2 })).total, 3);
      assert.equal((await done(house, 'GET', `${imported}/${id(0)}`)).status, 'EXPIRED');
      const sentence = 'This operation is not allowed by the current certificate type or status.';
      assertRefused(await ask(house, 'POST', `${imported}/${id(0)}/export`), 400, 'SCM.0010', sentence);
      const answer = await ask(house, 'DELETE', `${imported}/${id(0)}`, { as: house.reader });
      assertRefused(answer, 401, 'SCM.4002', /permission/);
      const gone = await ask(house, 'DELETE', `${imported}/${id(0)}`);
      assert.deepEqual([gone.status, gone.bytes.length], [204, 0]);
      assertRefused(await ask(house, 'GET', `${imported}/${id(0)}`), 404, 'SCM.0008', 'Abnormal certificate ID');
    });
  });
});
