import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Asked, ask, assertRefused, done, openHuawei } from '../huawei-call.ts';
import type { House } from '../house.ts';
import {
  activeRoot,
  activeSubordinate,
  authorities,
  certificates,
  createCa,
  days,
  pendingWish,
  rootWish,
  showCa,
  years,
} from './pca.ts';

describe('Huawei PCA: a pending subordinate', () => {
  let house: House;
  let root: string;
  before(async () => {
    house = await openHuawei();
    root = await activeRoot(house);
  });
  after(() => house.close());

  const activate = (id: string, wish: object = {}) =>
    ask(house, 'POST', `${authorities}/${id}/activate`, {
      body: { issuer_id: root, signature_algorithm: 'SHA384', validity: years(2), ...wish },
    });
  const csrOf = async (id: string): Promise<string> => (await done(house, 'GET', `${authorities}/${id}/csr`)).csr;
  const exported = (id: string) => done(house, 'POST', `${authorities}/${id}/export`);

  describe('ExportCertificateAuthorityCsr', () => {
    it('gives PEM with \\r\\n and nothing after its last line', async () => {
      const csr = await csrOf(await createCa(house, pendingWish()));
      assert.match(
        csr,
        /^-----BEGIN CERTIFICATE REQUEST-----\r\n([A-Za-z0-9+/=]{1,64}\r\n)+-----END CERTIFICATE REQUEST-----$/,
      );
    });
    it('refuses for an active authority', async () => {
      const answer = await ask(house, 'GET', `${authorities}/${root}/csr`);
      assertRefused(
        answer,
        400,
        'PCA.00020001',
        'Incorrect parameter. The CA is ACTIVED; only a PENDING one has a CSR to export.',
      );
    });
  });

  describe('IssueCertificateAuthorityCertificate', () => {
    it('activates: 204, the issuer, hash, path length and life of the request', async () => {
      const id = await createCa(house, pendingWish());
      const answer = await activate(id, { path_length: 3, type: 'SUBORDINATE', key_algorithm: '' });
      assert.deepEqual([answer.status, answer.bytes.length], [204, 0]);
      const shown = await showCa(house, id);
      assert.deepEqual(
        [shown.status, shown.issuer_id, shown.signature_algorithm, shown.path_length, shown.gen_mode],
        ['ACTIVED', root, 'SHA384', 3, 'GENERATE'],
      );
      const { certificate, certificate_chain } = await exported(id);
      const issuer = new X509Certificate(certificate_chain);
      assert.ok(new X509Certificate(certificate).verify(issuer.publicKey));
    });
    it('keeps path length and CRL of the creation where it says nothing', async () => {
      const crl_configuration = { enabled: true, obs_bucket_name: 'crl-bucket', valid_days: 9, crl_name: 'mine' };
      const id = await createCa(house, pendingWish({ path_length: 4, crl_configuration }));
      await activate(id);
      const shown = await showCa(house, id);
      assert.equal(shown.path_length, 4);
      assert.deepEqual(shown.crl_configuration, { ...crl_configuration, crl_dis_point: null });
    });
    it('refuses what is not pending, in the same words twice', async () => {
      for (const id of [root, root])
        assertRefused(await activate(id), 400, 'PCA.00020001', /only a pending one is activated/);
    });
    it('refuses an issuer that does not issue, is pending itself or is unknown', async () => {
      const id = await createCa(house, pendingWish());
      const disabled = await activeRoot(house);
      await done(house, 'POST', `${authorities}/${disabled}/disable`);
      assertRefused(await activate(id, { issuer_id: disabled }), 400, 'PCA.00020001', /is disabled/);
      assertRefused(await activate(id, { issuer_id: id }), 400, 'PCA.00020001', /is pending/);
      const unknown = '01234567-89ab-4def-8123-456789abcdef';
      assertRefused(await activate(id, { issuer_id: unknown }), 400, 'PCA.10010002', /./);
      const foreign = await createOf(house.stranger);
      assertRefused(await activate(id, { issuer_id: foreign }), 400, 'PCA.10010002', /./);
    });
    it('refuses what is missing, each with its own code', async () => {
      const id = await createCa(house, pendingWish());
      assertRefused(await activate(id, { issuer_id: undefined }), 400, 'PCA.00020201', /^Invalid CA ID/);
      assertRefused(await activate(id, { signature_algorithm: '' }), 400, 'PCA.00020103', /^Invalid signature hash/);
      assertRefused(await activate(id, { validity: undefined }), 400, 'PCA.00020109', /^Invalid validity/);
      assertRefused(await activate(id, { validity: years(11) }), 400, 'PCA.00020109', /^Invalid validity/);
      assertRefused(await activate(id, { key_usages: ['cRLSign'] }), 400, 'PCA.00020001', /keyCertSign/);
      assert.equal((await showCa(house, id)).status, 'PENDING');
    });
  });

  const createOf = async (as: House['stranger']): Promise<string> =>
    (await done(house, 'POST', authorities, { body: rootWish(), as })).ca_id;

  describe('ImportCertificateAuthorityCertificate', () => {
    const put = (id: string, body: object, more: Asked = {}) =>
      ask(house, 'POST', `${authorities}/${id}/import`, { body, ...more });

    /** Signed by an authority outside: the other account's. */
    const signedElsewhere = async (csr: string) => {
      const as = house.stranger;
      const issuer_id = await createOf(as);
      const body = { issuer_id, csr, type: 'INTERMEDIATE_CA', path_length: 1, validity: days(100) };
      const { certificate_id } = await done(house, 'POST', `${certificates}/csr`, { body, as });
      return done(house, 'POST', `${authorities}/${certificate_id}/export`, { as });
    };

    it('activates with a certificate from elsewhere: 204, no issuer id, gen_mode IMPORT', async () => {
      const id = await createCa(house, pendingWish());
      const { certificate, certificate_chain } = await signedElsewhere(await csrOf(id));
      const answer = await put(id, { certificate, certificate_chain });
      assert.deepEqual([answer.status, answer.bytes.length], [204, 0]);
      const shown = await showCa(house, id);
      assert.deepEqual(
        [shown.status, shown.issuer_id, shown.issuer_name, shown.path_length, shown.gen_mode],
        ['ACTIVED', null, 'Test Root', 1, 'IMPORT'],
      );
      assert.deepEqual(await exported(id), { certificate, certificate_chain });
      const below = await activeSubordinate(house, id, { validity: days(10) });
      const whole = await exported(below);
      assert.equal(whole.certificate_chain, `${certificate}\r\n${certificate_chain}`);
    });
    it('does without the chain, and with an empty one', async () => {
      for (const rest of [{}, { certificate_chain: '' }]) {
        const id = await createCa(house, pendingWish());
        const { certificate } = await signedElsewhere(await csrOf(id));
        assert.equal((await put(id, { certificate, ...rest })).status, 204);
        assert.equal((await exported(id)).certificate_chain, null);
      }
    });
    it('refuses a certificate for another key, text that is none, a chain out of order, and twice', async () => {
      const id = await createCa(house, pendingWish());
      const other = await signedElsewhere(await csrOf(await createCa(house, pendingWish())));
      assertRefused(
        await put(id, { certificate: other.certificate }),
        400,
        'PCA.00020001',
        /public key is not the one/,
      );
      assertRefused(await put(id, { certificate: 'none' }), 400, 'PCA.00020001', /PEM/);
      assertRefused(await put(id, {}), 400, 'PCA.00020001', /certificate/);
      const own = await signedElsewhere(await csrOf(id));
      const chain = { certificate: own.certificate, certificate_chain: other.certificate };
      assertRefused(await put(id, chain), 400, 'PCA.00020001', /chain/);
      assert.equal((await put(id, own)).status, 204);
      assertRefused(await put(id, own), 400, 'PCA.00020001', /is active, expected pending/);
    });
  });

  describe('ExportCertificateAuthorityCertificate', () => {
    it('gives \\r\\n, the chain up to the root, and null for a root', async () => {
      const id = await activeSubordinate(house, await activeSubordinate(house, root, { path_length: 1 }));
      const { certificate, certificate_chain } = await exported(id);
      const pem = /^-----BEGIN CERTIFICATE-----\r\n([A-Za-z0-9+/=]{1,64}\r\n)+-----END CERTIFICATE-----$/;
      assert.match(certificate, pem);
      const chain = String(certificate_chain).split(/(?<=-----END CERTIFICATE-----)\r\n/);
      assert.equal(chain.length, 2);
      for (const link of chain) assert.match(link, pem);
      assert.equal((await exported(root)).certificate_chain, null);
    });
    it('refuses for a pending and a disabled authority, gives an expired one', async () => {
      const pending = await createCa(house, pendingWish());
      const short = await activeRoot(house, { validity: days(1) });
      const gone = await activeRoot(house);
      await done(house, 'POST', `${authorities}/${gone}/disable`);
      for (const [id, status] of [
        [pending, 'PENDING'],
        [gone, 'DISABLED'],
      ]) {
        const sentence = `Incorrect parameter. The CA is ${status}; only an ACTIVED or EXPIRED one can be exported.`;
        assertRefused(await ask(house, 'POST', `${authorities}/${id}/export`), 400, 'PCA.00020001', sentence);
      }
      house.clock.advance({ days: 2 });
      assert.ok((await exported(short)).certificate);
    });
  });
});
