import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { needs, outputOf } from '../../programs.ts';
import { ask, assertRefused, done, openHuawei } from '../huawei-call.ts';
import { beginning, type House } from '../house.ts';
import {
  activeRoot,
  activeSubordinate,
  certificates,
  certificateWish,
  createCertificate,
  days,
  fullName,
  years,
} from './pca.ts';

describe('Huawei PCA CreateCertificate', () => {
  let house: House;
  let root: string;
  let issuer: string;
  before(async () => {
    house = await openHuawei();
    root = await activeRoot(house);
    issuer = await activeSubordinate(house, root);
  });
  after(() => house.close());

  const create = (wish: object) => ask(house, 'POST', certificates, { body: certificateWish(issuer, { ...wish }) });
  const pemOf = async (id: string): Promise<string> =>
    (await done(house, 'POST', `${certificates}/${id}/export`, { body: { type: 'other', is_compressed: false } }))
      .certificate;

  describe('accepts', () => {
    it('the least: algorithms and the missing parts of the name are the issuer’s', async () => {
      const wish = { subject_alternative_names: undefined, extended_key_usage: undefined };
      const { status, json } = await create(wish);
      assert.equal(status, 200);
      const { serial_number, ...shown } = await done(house, 'GET', `${certificates}/${json['certificate_id']}`);
      assert.match(serial_number, /^[4-7][0-9a-f]{31}$/);
      assert.deepEqual(shown, {
        certificate_id: json['certificate_id'],
        status: 'ISSUED',
        issuer_id: issuer,
        issuer_name: 'Test Subordinate',
        key_algorithm: 'EC256',
        signature_algorithm: 'SHA256',
        freeze_flag: 0,
        gen_mode: 'GENERATE',
        create_time: beginning,
        delete_time: null,
        not_before: beginning - 60_000,
        not_after: beginning + 30 * 86_400_000,
        distinguished_name: { ...fullName, common_name: 'www.example.com' },
        enterprise_project_id: '0',
      });
    });
    it('what Terraform sends for unset members', async () => {
      const { status } = await create({
        distinguished_name: {
          common_name: 'x',
          country: '',
          state: '',
          locality: '',
          organization: '',
          organizational_unit: '',
        },
        key_algorithm: '',
        signature_algorithm: '',
        key_usages: [],
        subject_alternative_names: null,
        customized_extension: { object_identifier: '', value: '' },
        extended_key_usage: {
          server_auth: false,
          client_auth: false,
          code_signing: false,
          email_protection: false,
          time_stamping: false,
        },
        enterprise_project_id: '',
        validity: { ...days(1), start_from: '' },
      });
      assert.equal(status, 200);
    });
    it('every kind of alternative name, purpose and usage, and an extension of the caller’s', async (t) => {
      const openssl = needs(t, 'openssl');
      if (openssl === undefined) return;
      const id = await createCertificate(house, issuer, {
        key_algorithm: 'RSA2048',
        signature_algorithm: 'SHA512',
        distinguished_name: { common_name: '*.例子.example, a_b', country: 'de' },
        key_usages: ['keyEncipherment', 'digitalSignature'],
        subject_alternative_names: [
          { type: 'DNS', value: '*.example.com' },
          { type: 'ip', value: '2001:db8::1' },
          { type: 'IP', value: '192.0.2.1' },
          { type: 'EMAIL', value: 'a@example.com' },
          { type: 'URI', value: 'https://example.com/a' },
        ],
        extended_key_usage: { server_auth: true, client_auth: true, smart_card_logon: true },
        customized_extension: { object_identifier: '1.3.6.1.4.1.2011.4.99', value: 'hello' },
      });
      const args = ['x509', '-noout', '-text', '-nameopt', 'utf8,sep_comma_plus', '-certopt', 'ext_parse'];
      const text = (await outputOf(openssl, args, { input: await pemOf(id) })).toString();
      assert.match(text, /Subject: CN=\*\.例子\.example\\?, a_b,C=de,ST=Sichuan,L=Chengdu,O=Chancery Tests,OU=PKI/);
      assert.match(text, /Signature Algorithm: ecdsa-with-SHA512/);
      assert.match(text, /Public-Key: \(2048 bit\)/);
      assert.match(text, /Key Usage: critical\s+Digital Signature, Key Encipherment\n/);
      assert.match(text, /TLS Web Server Authentication, TLS Web Client Authentication, Microsoft Smartcard Login/);
      assert.match(
        text,
        /DNS:\*\.example\.com, IP Address:2001:DB8:0:0:0:0:0:1, IP Address:192\.0\.2\.1, email:a@example\.com, URI:https:\/\/example\.com\/a/,
      );
      assert.match(text, /1\.3\.6\.1\.4\.1\.2011\.4\.99:[^]*UTF8STRING\s+:hello/);
    });
    it('an issuer that has just begun: the usual 60 s before now are cut to its life', async () => {
      const young = await activeRoot(house, { validity: { ...years(1), start_from: beginning } });
      const id = await createCertificate(house, young);
      const { not_before, not_after } = await done(house, 'GET', `${certificates}/${id}`);
      assert.deepEqual([not_before, not_after], [beginning, beginning + 30 * 86_400_000]);
    });
    it('no usages: those that fit the key', async (t) => {
      const openssl = needs(t, 'openssl');
      if (openssl === undefined) return;
      for (const [key_algorithm, usages] of [
        ['RSA2048', 'Digital Signature, Key Encipherment'],
        ['EC256', 'Digital Signature, Key Agreement'],
      ] as const) {
        const id = await createCertificate(house, issuer, { key_algorithm });
        const args = ['x509', '-noout', '-ext', 'keyUsage'];
        const text = (await outputOf(openssl, args, { input: await pemOf(id) })).toString();
        assert.match(text, new RegExp(`Key Usage: critical\\s+${usages}\\s*$`));
      }
    });
    it('20 alternative names', async () => {
      const subject_alternative_names = Array.from({ length: 20 }, (_, i) => ({ type: 'DNS', value: `n${i}.example` }));
      const certificate = new X509Certificate(
        await pemOf(await createCertificate(house, issuer, { subject_alternative_names })),
      );
      assert.equal(certificate.subjectAltName?.split(', ').length, 20);
    });
  });

  describe('refuses', () => {
    const name = (type: string, value: string) => ({ subject_alternative_names: [{ type, value }] });
    const refusals: readonly [string, object, string, string | RegExp][] = [
      [
        'no common name',
        { distinguished_name: { country: 'CN' } },
        'PCA.00020101',
        'Incorrect certificate distinguished name.',
      ],
      [
        'a common name of 65 characters',
        { distinguished_name: { common_name: 'x'.repeat(65) } },
        'PCA.00020101',
        /^Incorrect/,
      ],
      ['a newline in a name', { distinguished_name: { common_name: 'a\nb' } }, 'PCA.00020101', /^Incorrect/],
      [
        'an unknown kind of name',
        name('OTHER', 'x'),
        'PCA.00020112',
        'Invalid alternative name type of the certificate subject. Enter an IP or DNS.',
      ],
      ['an IP address that is none', name('IP', '300.1.1.1'), 'PCA.00020111', 'Invalid IP. Enter an IPv4 address.'],
      ['a DNS name that is none', name('DNS', 'a..b'), 'PCA.00020110', 'Incorrect domain name.'],
      ['an empty DNS name', name('DNS', ''), 'PCA.00020110', /^Incorrect domain/],
      ['a DNS name with a control character', name('DNS', 'a\u0001.b'), 'PCA.00020110', /^Incorrect domain/],
      ['a DNS name with NUL', name('DNS', 'a\u0000.b'), 'PCA.00020001', /subject_alternative_names/],
      [
        '21 names',
        { subject_alternative_names: Array.from({ length: 21 }, () => ({ type: 'DNS', value: 'a.b' })) },
        'PCA.00020001',
        /subject_alternative_names/,
      ],
      ['an authority’s usage on a leaf', { key_usages: ['keyCertSign'] }, 'PCA.00020001', /no authority/],
      ['an unknown usage', { key_usages: ['sign'] }, 'PCA.00020001', /key_usages takes/],
      [
        'a standard extension as the caller’s own',
        { customized_extension: { object_identifier: '2.5.29.19', value: 'x' } },
        'PCA.00020001',
        /customized_extension/,
      ],
      [
        'an extension without a value',
        { customized_extension: { object_identifier: '1.2.3', value: '' } },
        'PCA.00020001',
        /customized_extension/,
      ],
      [
        'a life past the issuer’s',
        { validity: years(6) },
        'PCA.00020109',
        'Invalid validity period type or value. Only year, month, or day supported.',
      ],
      ['more than 20 years', { validity: years(21) }, 'PCA.00020109', /^Invalid validity/],
      ['SM2', { key_algorithm: 'SM2' }, 'PCA.00020102', /^Invalid key algorithm/],
      ['no validity', { validity: null }, 'PCA.00020109', /^Invalid validity/],
      ['no issuer', { issuer_id: null }, 'PCA.00020201', /^Invalid CA ID/],
    ];
    for (const [what, wish, code, sentence] of refusals) {
      it(what, async () => assertRefused(await create(wish), 400, code, sentence));
    }
    it('a life that begins before the issuer’s, by its own start or because the issuer’s lies ahead', async () => {
      const start_from = beginning + 86_400_000;
      const ahead = await activeRoot(house, { validity: { ...years(1), start_from } });
      for (const validity of [days(1), { ...days(1), start_from: start_from - 1000 }]) {
        assertRefused(await create({ issuer_id: ahead, validity }), 400, 'PCA.00020109', /^Invalid validity/);
      }
      assert.equal((await create({ issuer_id: ahead, validity: { ...days(1), start_from } })).status, 200);
    });
    it('another account’s issuer, as if it were not there', async () => {
      const answer = await ask(house, 'POST', certificates, { body: certificateWish(issuer), as: house.stranger });
      assertRefused(answer, 400, 'PCA.10010002', 'The resource does not exist.');
    });
    it('a read-only key, and leaves nothing behind', async () => {
      const { total } = await done(house, 'GET', certificates);
      const answer = await ask(house, 'POST', certificates, { body: certificateWish(issuer), as: house.reader });
      assertRefused(answer, 403, 'PCA.4002', /permission/);
      assertRefused(await create({ validity: years(6) }), 400, 'PCA.00020109', /./);
      assert.equal((await done(house, 'GET', certificates)).total, total);
    });
  });
});
