import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { needs, outputOf } from '../../programs.ts';
import { ask, assertRefused, done, openHuawei } from '../huawei-call.ts';
import type { House } from '../house.ts';
import { activeRoot, authorities, certificates, createByCsr, createCertificate, days, showCa, years } from './pca.ts';

const csr = (name: string) => readFileSync(join(import.meta.dirname, '../../vectors/csr', `${name}.pem`), 'utf8');

describe('Huawei PCA CreateCertificateByCsr', () => {
  let house: House;
  let root: string;
  before(async () => {
    house = await openHuawei();
    root = await activeRoot(house);
  });
  after(() => house.close());

  const create = (wish: object) =>
    ask(house, 'POST', `${certificates}/csr`, {
      body: { issuer_id: root, csr: csr('p256'), validity: days(30), ...wish },
    });
  const show = (id: string) => done(house, 'GET', `${certificates}/${id}`);
  const exported = (id: string) =>
    done(house, 'POST', `${certificates}/${id}/export`, { body: { type: 'OTHER', is_compressed: 'false' } });

  describe('accepts', () => {
    it('a leaf: its id spells its serial number, SHA-384, and no key to export', async () => {
      const id = await createByCsr(house, root, csr('p256'));
      const shown = await show(id);
      assert.equal(shown.serial_number, id.replaceAll('-', ''));
      assert.deepEqual([shown.gen_mode, shown.signature_algorithm, shown.issuer_id], ['CSR', 'SHA384', root]);
      assert.deepEqual(Object.keys(await exported(id)), ['certificate', 'certificate_chain']);
    });
    it('names from the CSR, whatever the reserved field says', async () => {
      const wish = { subject_alternative_names: [{ type: 'DNS', value: 'other.example' }], type: 'ENTITY_CERT' };
      const { certificate } = await exported(await createByCsr(house, root, csr('only-san'), wish));
      const { subjectAltName } = new X509Certificate(certificate);
      assert.ok(subjectAltName !== undefined && !subjectAltName.includes('other.example'));
    });
    it('\\r\\n and \\n in the CSR, and RSA', async () => {
      for (const text of [csr('rsa2048').replaceAll('\n', '\r\n'), csr('rsa2048')]) {
        assert.equal((await show(await createByCsr(house, root, text))).key_algorithm, 'RSA2048');
      }
    });
    it('an intermediate: its id is a ca_id that only showing and exporting know', async () => {
      const wish = { type: 'INTERMEDIATE_CA', path_length: 2, validity: years(5) };
      const id = await createByCsr(house, root, csr('p384'), wish);
      const shown = await showCa(house, id);
      assert.deepEqual(
        [shown.type, shown.status, shown.gen_mode, shown.path_length, shown.issuer_id, shown.key_algorithm],
        ['SUBORDINATE', 'ACTIVED', 'CSR', 2, root, 'EC384'],
      );
      const { certificate } = await done(house, 'POST', `${authorities}/${id}/export`);
      assert.ok(new X509Certificate(certificate).ca);
      for (const verb of ['disable', 'enable', 'restore']) {
        assertRefused(await ask(house, 'POST', `${authorities}/${id}/${verb}`), 400, 'PCA.10010002', /./);
      }
      const listed = await done(house, 'GET', authorities, { query: { limit: 1000 } });
      assert.ok(!listed.certificate_authorities.some(({ ca_id }: { ca_id: string }) => ca_id === id));
      const body = { issuer_id: id, distinguished_name: { common_name: 'x' }, validity: days(1) };
      assertRefused(await ask(house, 'POST', certificates, { body }), 400, 'PCA.00020001', /held by its owner/);
      assertRefused(await ask(house, 'GET', `${certificates}/${id}`), 400, 'PCA.10010002', /./);
    });
  });

  describe('refuses', () => {
    const refusals: readonly [string, () => object, string | RegExp][] = [
      ['a CSR with a wrong signature', () => ({ csr: csr('broken-signature') }), /signature does not verify/],
      ['a weak key', () => ({ csr: csr('rsa1024') }), /./],
      ['no name at all', () => ({ csr: csr('nameless') }), /./],
      ['text that is no PEM', () => ({ csr: 'none' }), /PEM/],
      ['a CSR of more than 5,120 characters', () => ({ csr: 'A'.repeat(5121) }), /csr/],
      ['no CSR', () => ({ csr: null }), /csr/],
      ['an unknown type', () => ({ type: 'ROOT' }), /./],
    ];
    for (const [what, wish, sentence] of refusals) {
      it(what, async () => {
        const answer = await create(wish());
        assert.equal(answer.status, 400);
        assert.match(answer.json['error_code'], /^PCA\.0002\d{4}$/);
        assert.match(answer.json['error_msg'], typeof sentence === 'string' ? new RegExp(sentence) : sentence);
      });
    }
    it('a life past the issuer’s, and an intermediate’s path length of 7', async () => {
      assertRefused(await create({ validity: years(11) }), 400, 'PCA.00020109', /^Invalid validity/);
      assertRefused(
        await create({ type: 'INTERMEDIATE_CA', path_length: 7 }),
        400,
        'PCA.00020203',
        'Invalid CA path length.',
      );
    });
    it('a read-only key and another account’s issuer', async () => {
      const body = { issuer_id: root, csr: csr('p256'), validity: days(1) };
      const as = (key: House['reader']) => ask(house, 'POST', `${certificates}/csr`, { body, as: key });
      assertRefused(await as(house.reader), 403, 'PCA.4002', /permission/);
      assertRefused(await as(house.stranger), 400, 'PCA.10010002', /./);
    });
  });

  describe('does', () => {
    it('make no authority of a leaf whose CSR asks for one', async (t) => {
      const openssl = needs(t, 'openssl');
      if (openssl === undefined) return;
      const { certificate } = await exported(await createByCsr(house, root, csr('asks-for-ca')));
      assert.equal(new X509Certificate(certificate).ca, false);
      const text = (
        await outputOf(openssl, ['x509', '-noout', '-ext', 'keyUsage,basicConstraints'], { input: certificate })
      ).toString();
      assert.doesNotMatch(text, /Certificate Sign|CRL Sign|CA:TRUE/);
    });
    it('usages digitalSignature and keyAgreement when the CSR names none', async (t) => {
      const openssl = needs(t, 'openssl');
      if (openssl === undefined) return;
      const { certificate } = await exported(await createByCsr(house, root, csr('p256')));
      const text = (await outputOf(openssl, ['x509', '-noout', '-ext', 'keyUsage'], { input: certificate })).toString();
      assert.match(text, /Digital Signature, Key Agreement/);
    });
    it('delete what was issued from a CSR from show, export and list, once', async () => {
      const id = await createByCsr(house, root, csr('p256'));
      const held = await createCertificate(house, root);
      for (const each of [id, held]) {
        const answer = await ask(house, 'DELETE', `${certificates}/${each}`);
        assert.deepEqual([answer.status, answer.bytes.length], [204, 0]);
        assertRefused(await ask(house, 'DELETE', `${certificates}/${each}`), 400, 'PCA.10010002', /./);
        assertRefused(await ask(house, 'GET', `${certificates}/${each}`), 400, 'PCA.10010002', /./);
        const { certificates: rows } = await done(house, 'GET', certificates, { query: { limit: 1000 } });
        assert.ok(!rows.some(({ certificate_id }: { certificate_id: string }) => certificate_id === each));
      }
    });
  });
});
