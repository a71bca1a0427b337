import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ask, assertRefused, done } from '../huawei-call.ts';
import { openHuawei } from '../huawei-call.ts';
import { beginning, type House } from '../house.ts';
import {
  activeRoot,
  activeSubordinate,
  authorities,
  createCa,
  fullName,
  pendingWish,
  rootWish,
  showCa,
  years,
} from './pca.ts';

describe('Huawei PCA CreateCertificateAuthority', () => {
  let house: House;
  before(async () => {
    house = await openHuawei();
  });
  after(() => house.close());

  const create = (body: object) => ask(house, 'POST', authorities, { body });
  const certificateOf = async (id: string) =>
    new X509Certificate((await done(house, 'POST', `${authorities}/${id}/export`)).certificate);

  describe('accepts', () => {
    it('a root, active at once, whatever issuer, path length and key usages say', async () => {
      const answer = await create(
        rootWish({
          path_length: 3,
          key_usages: ['digitalSignature'],
          issuer_id: '00000000-0000-4000-8000-000000000000',
        }),
      );
      assert.equal(answer.status, 200);
      const { ca_id } = answer.json;
      assert.match(ca_id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      const { serial_number, ...shown } = await showCa(house, ca_id);
      assert.match(serial_number, /^[4-7][0-9a-f]{31}$/);
      assert.deepEqual(shown, {
        ca_id,
        type: 'ROOT',
        status: 'ACTIVED',
        path_length: 7,
        issuer_id: null,
        issuer_name: null,
        key_algorithm: 'EC256',
        signature_algorithm: 'SHA256',
        freeze_flag: 0,
        gen_mode: 'GENERATE',
        create_time: beginning,
        delete_time: null,
        not_before: beginning - 60_000,
        not_after: Date.UTC(2036, 2, 1, 12),
        distinguished_name: fullName,
        crl_configuration: {
          enabled: false,
          crl_name: null,
          obs_bucket_name: null,
          valid_days: null,
          crl_dis_point: null,
        },
        enterprise_project_id: '0',
        free_quota: 0,
        charging_mode: 1,
        cluster_id: null,
        domain_id: house.administrator.domain,
      });
    });
    it('a root as showing one reports it: with the path length 7', async () => {
      assert.equal((await showCa(house, await activeRoot(house, { path_length: 7 }))).path_length, 7);
    });
    it('a subordinate that is signed at once, with its path length and key usages', async () => {
      const root = await activeRoot(house);
      const id = await activeSubordinate(house, root, { path_length: 2, key_usages: ['keyCertSign'] });
      const shown = await showCa(house, id);
      assert.equal(shown.status, 'ACTIVED');
      assert.equal(shown.path_length, 2);
      assert.equal(shown.issuer_id, root);
      assert.equal(shown.issuer_name, 'Test Root');
      assert.ok((await certificateOf(id)).ca);
    });
    it('a subordinate that lacks one of issuer, hash and validity: it stays pending', async () => {
      const root = await activeRoot(house);
      const whole = { issuer_id: root, signature_algorithm: 'SHA256', validity: years(1) };
      for (const missing of ['issuer_id', 'signature_algorithm', 'validity']) {
        const id = await createCa(house, pendingWish({ ...whole, [missing]: undefined }));
        const { status, not_before, not_after, serial_number, issuer_id, path_length } = await showCa(house, id);
        assert.deepEqual(
          { status, not_before, not_after, serial_number, issuer_id, path_length },
          {
            status: 'PENDING',
            not_before: null,
            not_after: null,
            serial_number: null,
            issuer_id: null,
            path_length: 0,
          },
        );
      }
    });
    it('what Terraform sends for unset members', async () => {
      const { status } = await create(
        rootWish({
          issuer_id: '',
          key_usages: null,
          enterprise_project_id: '',
          validity: { ...years(1), start_from: '' },
          crl_configuration: { enabled: false, obs_bucket_name: '', crl_name: '', valid_days: 0 },
        }),
      );
      assert.equal(status, 200);
    });
    it('a start as a number and as a string: the life counts from there', async () => {
      const start = beginning + 86_400_000;
      for (const start_from of [start, String(start)]) {
        const shown = await showCa(
          house,
          await activeRoot(house, { validity: { type: 'DAY', value: 10, start_from } }),
        );
        assert.equal(shown.not_before, start);
        assert.equal(shown.not_after, start + 10 * 86_400_000);
      }
    });
    it('a month of 31 days, a day and an hour', async () => {
      for (const [type, ms] of [
        ['MONTH', 31 * 86_400_000],
        ['DAY', 86_400_000],
        ['HOUR', 3_600_000],
      ] as const) {
        const { not_after } = await showCa(house, await activeRoot(house, { validity: { type, value: 2 } }));
        assert.equal(not_after, beginning + 2 * ms);
      }
    });
    it('a CRL configuration, kept and shown', async () => {
      const crl_configuration = { enabled: true, obs_bucket_name: 'crl-bucket', valid_days: 7 };
      const id = await activeRoot(house, { crl_configuration });
      assert.deepEqual((await showCa(house, id)).crl_configuration, {
        ...crl_configuration,
        crl_name: id,
        crl_dis_point: null,
      });
    });
  });

  describe('refuses', () => {
    const refusals: readonly [string, object, string, string | RegExp][] = [
      [
        'an unknown type',
        { type: 'INTERMEDIATE' },
        'PCA.00020202',
        'Invalid CA type. Only root CA and subordinate CA are supported.',
      ],
      ['no type', { type: undefined }, 'PCA.00020202', /^Invalid CA type/],
      [
        'SM2',
        { key_algorithm: 'SM2' },
        'PCA.00020102',
        'Invalid key algorithm. Only RSA2048, RSA4096, EC256, and EC384 are supported.',
      ],
      ['no key algorithm', { key_algorithm: undefined }, 'PCA.00020102', /^Invalid key algorithm/],
      [
        'SM3',
        { signature_algorithm: 'SM3' },
        'PCA.00020103',
        'Invalid signature hash algorithm. Only SHA256, SHA384, and SHA512 are supported.',
      ],
      ['a root without a hash', { signature_algorithm: undefined }, 'PCA.00020103', /^Invalid signature hash/],
      [
        'a root without a validity',
        { validity: undefined },
        'PCA.00020109',
        'Invalid validity period type or value. Only year, month, or day supported.',
      ],
      ['a root of more than 30 years', { validity: years(31) }, 'PCA.00020109', /^Invalid validity/],
      ['weeks', { validity: { type: 'WEEK', value: 1 } }, 'PCA.00020109', /^Invalid validity/],
      ['a validity of nothing', { validity: years(0) }, 'PCA.00020109', /^Invalid validity/],
      [
        'a start of more than five minutes ago',
        { validity: { ...years(1), start_from: beginning - 300_000 } },
        'PCA.00020109',
        /^Invalid validity/,
      ],
      [
        'a name that lacks a field',
        { distinguished_name: { ...fullName, locality: '' } },
        'PCA.00020101',
        'Incorrect certificate distinguished name.',
      ],
      [
        'a name with a character that is not allowed',
        { distinguished_name: { ...fullName, organization: 'A/B' } },
        'PCA.00020101',
        /^Incorrect certificate/,
      ],
      [
        'a star outside the common name',
        { distinguished_name: { ...fullName, state: '*' } },
        'PCA.00020101',
        /^Incorrect certificate/,
      ],
      [
        'a country of three letters',
        { distinguished_name: { ...fullName, country: 'CHN' } },
        'PCA.00020101',
        /^Incorrect certificate/,
      ],
      ['a name that is no object', { distinguished_name: 'CN=x' }, 'PCA.00020101', /^Incorrect certificate/],
      [
        'an issuer that is no UUID',
        { issuer_id: 'x' },
        'PCA.00020201',
        'Invalid CA ID. Valid CA IDs use a hexadecimal xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx format.',
      ],
      ['a bought CA', { ca_id: '00000000-0000-4000-8000-000000000000' }, 'PCA.10010002', /./],
      [
        'an enabled CRL without a bucket',
        { crl_configuration: { enabled: true, valid_days: 7 } },
        'PCA.00020001',
        /^Incorrect parameter\. .*obs_bucket_name/,
      ],
      [
        'a CRL of 31 days',
        { crl_configuration: { enabled: true, obs_bucket_name: 'abc', valid_days: 31 } },
        'PCA.00020001',
        /valid_days/,
      ],
      [
        'an enterprise project that is none',
        { enterprise_project_id: 'mine' },
        'PCA.00020001',
        /enterprise_project_id/,
      ],
    ];
    for (const [what, wish, code, sentence] of refusals) {
      it(what, async () => assertRefused(await create(rootWish({ ...wish })), 400, code, sentence));
    }
    it('key usages of a subordinate without keyCertSign', async () => {
      const answer = await create(pendingWish({ key_usages: ['digitalSignature', 'cRLSign'] }));
      assertRefused(answer, 400, 'PCA.00020001', /keyCertSign/);
    });
    it('an enabled CRL for a subordinate that may not sign one', async () => {
      const crl_configuration = { enabled: true, obs_bucket_name: 'crl-bucket', valid_days: 7 };
      const answer = await create(pendingWish({ key_usages: ['keyCertSign'], crl_configuration }));
      assertRefused(answer, 400, 'PCA.00020001', /cRLSign/);
    });
    it('a subordinate of more than 20 years, or past its issuer', async () => {
      const root = await activeRoot(house, { validity: years(30) });
      const wish = { issuer_id: root, signature_algorithm: 'SHA256' };
      assertRefused(await create(pendingWish({ ...wish, validity: years(21) })), 400, 'PCA.00020109', /^Invalid/);
      const short = await activeRoot(house, { validity: years(1) });
      const answer = await create(pendingWish({ ...wish, issuer_id: short, validity: years(2) }));
      assertRefused(answer, 400, 'PCA.00020109', /^Invalid/);
    });
    it('a subordinate that would begin before its issuer', async () => {
      const root = await activeRoot(house);
      const validity = { ...years(1), start_from: beginning - 120_000 };
      const wish = { issuer_id: root, signature_algorithm: 'SHA256', validity };
      assertRefused(await create(pendingWish(wish)), 400, 'PCA.00020109', /^Invalid/);
    });
    it('a path length of a subordinate that is none', async () => {
      for (const path_length of [-1, 7, 1.5, '1']) {
        const answer = await create(pendingWish({ path_length }));
        assertRefused(answer, 400, 'PCA.00020203', 'Invalid CA path length.');
      }
    });
    it('a path length that is not below the issuer', async () => {
      const root = await activeRoot(house);
      const parent = await activeSubordinate(house, root, { path_length: 1 });
      const wish = { issuer_id: parent, signature_algorithm: 'SHA256', validity: years(1), path_length: 1 };
      assertRefused(await create(pendingWish(wish)), 400, 'PCA.00020203', 'Invalid CA path length.');
    });
    it("another account's issuer, as if it were not there", async () => {
      const root = await activeRoot(house);
      const wish = { issuer_id: root, signature_algorithm: 'SHA256', validity: years(1) };
      const answer = await ask(house, 'POST', authorities, { body: pendingWish(wish), as: house.stranger });
      assertRefused(answer, 400, 'PCA.10010002', 'The resource does not exist.');
    });
    it('a read-only key', async () => {
      const answer = await ask(house, 'POST', authorities, { body: rootWish(), as: house.reader });
      assertRefused(answer, 403, 'PCA.4002', 'You do not have permission to perform this operation.');
    });
    it('a body that is no JSON object', async () => {
      for (const body of [[], 'text', 1]) {
        assertRefused(await ask(house, 'POST', authorities, { body }), 400, 'PCA.00020001', /JSON object/);
      }
    });
  });

  describe('does', () => {
    it('write the name in the order CN, C, ST, L, O, OU', async () => {
      const { subject } = await certificateOf(await activeRoot(house));
      assert.equal(subject, 'CN=Test Root\nC=CN\nST=Sichuan\nL=Chengdu\nO=Chancery Tests\nOU=PKI');
    });
    it('make and use each key algorithm with each hash', async () => {
      for (const [key_algorithm, signature_algorithm] of [
        ['RSA2048', 'SHA512'],
        ['EC384', 'SHA384'],
      ]) {
        const id = await activeRoot(house, { key_algorithm, signature_algorithm });
        const shown = await showCa(house, id);
        assert.deepEqual([shown.key_algorithm, shown.signature_algorithm], [key_algorithm, signature_algorithm]);
        const certificate = await certificateOf(id);
        assert.ok(certificate.verify(certificate.publicKey));
        assert.ok(certificate.ca);
      }
    });
  });
});
