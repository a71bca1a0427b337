import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask, assertRefused, done, openHuawei } from '../huawei-call.ts';
import type { House } from '../house.ts';
import {
  activeRoot,
  authorities,
  certificates,
  createCa,
  createCertificate,
  days,
  pendingWish,
  rootWish,
} from './pca.ts';

/** What every operation of PCA on an existing resource does alike: method, path below the resource, body, query. */
const onAuthority: readonly [string, string, object?, Record<string, string>?][] = [
  ['GET', ''],
  ['DELETE', '', undefined, { pending_days: '7' }],
  ['GET', '/csr'],
  ['POST', '/activate', { issuer_id: 'ISSUER', signature_algorithm: 'SHA256', validity: days(1) }],
  ['POST', '/import', { certificate: '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----' }],
  ['POST', '/export'],
  ['POST', '/enable'],
  ['POST', '/disable'],
  ['POST', '/restore'],
];
const onCertificate: readonly [string, string, object?][] = [
  ['GET', ''],
  ['DELETE', ''],
  ['POST', '/export', { type: 'OTHER', is_compressed: 'false' }],
];
const reads = new Set(['GET ', 'GET /csr', 'POST /export']);
const unknown = '01234567-89ab-4def-8123-456789abcdef';
const notThere = 'The resource does not exist.';

describe('every Huawei PCA operation', () => {
  let house: House;
  let root: string;
  let pending: string;
  let certificate: string;
  before(async () => {
    house = await openHuawei();
    root = await activeRoot(house);
    pending = await createCa(house, pendingWish());
    certificate = await createCertificate(house, root);
  });
  after(() => house.close());

  const bodyOf = (body: object | undefined) =>
    body === undefined ? undefined : JSON.parse(JSON.stringify(body).replace('ISSUER', root));

  for (const [method, path, body, query] of onAuthority) {
    describe(`${method} ${authorities}/{ca_id}${path}`, () => {
      const call = (id: string, more = {}) =>
        ask(house, method, `${authorities}/${id}${path}`, { body: bodyOf(body), query: query ?? {}, ...more });

      it('refuses an id that is no lower-case UUID', async () => {
        const sentence = 'Invalid CA ID. Valid CA IDs use a hexadecimal xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx format.';
        for (const id of ['x', unknown.toUpperCase()]) assertRefused(await call(id), 400, 'PCA.00020201', sentence);
      });
      it('says of an unknown id and of another account the same: HTTP 400, PCA.10010002', async () => {
        assertRefused(await call(unknown), 400, 'PCA.10010002', notThere);
        assertRefused(await call(root, { as: house.stranger }), 400, 'PCA.10010002', notThere);
        assertRefused(await call(pending, { as: house.stranger }), 400, 'PCA.10010002', notThere);
      });
      it(reads.has(`${method} ${path}`) ? 'lets a read-only key in' : 'refuses a read-only key', async () => {
        const answer = await call(path === '/csr' ? pending : root, { as: house.reader });
        if (reads.has(`${method} ${path}`)) assert.equal(answer.status, 200);
        else assertRefused(answer, 403, 'PCA.4002', 'You do not have permission to perform this operation.');
      });
      it('refuses a request without proof, in the words of the gateway', async () => {
        const answer = await call(root, { as: 'none' });
        assertRefused(answer, 401, 'APIGW.0301', 'Incorrect IAM authentication information: x-auth-token not found');
        assert.equal(answer.json['request_id'], answer.headers.get('x-request-id'));
      });
    });
  }

  for (const [method, path, body] of onCertificate) {
    describe(`${method} ${certificates}/{certificate_id}${path}`, () => {
      const call = (id: string, more = {}) => ask(house, method, `${certificates}/${id}${path}`, { body, ...more });

      it('refuses an id that is no lower-case UUID and names the parameter', async () => {
        assertRefused(await call('x'), 400, 'PCA.10010105', /certificate_id/);
      });
      it('says of an unknown id and of another account the same: HTTP 400, PCA.10010002', async () => {
        assertRefused(await call(unknown), 400, 'PCA.10010002', notThere);
        assertRefused(await call(certificate, { as: house.stranger }), 400, 'PCA.10010002', notThere);
      });
      it('gives a read-only key nothing but a look', async () => {
        const answer = await call(certificate, { as: house.reader });
        if (method === 'GET') assert.equal(answer.status, 200);
        else assertRefused(answer, 403, 'PCA.4002', 'You do not have permission to perform this operation.');
      });
    });
  }

  it('nothing of another account is in the lists', async () => {
    await done(house, 'POST', authorities, { body: rootWish(), as: house.stranger });
    const lists = async (as: House['stranger']) => [
      (await done(house, 'GET', authorities, { as })).total,
      (await done(house, 'GET', certificates, { as })).total,
    ];
    assert.deepEqual(await lists(house.stranger), [1, 0]);
    assert.deepEqual(await lists(house.reader), [2, 1]);
  });
  it('what is not offered answers like an API that is not there', async () => {
    for (const [method, path] of [
      ['GET', `${authorities}/quotas`],
      ['POST', `${certificates}/${unknown}/revoke`],
      ['GET', '/v1/pca/config/console'],
      ['GET', '/v1/private-things'],
    ] as const) {
      const answer = await ask(house, method, path);
      const sentence = 'The API does not exist or has not been published in the environment.';
      assertRefused(answer, 404, 'APIGW.0101', sentence);
      assert.equal(answer.json['request_id'], answer.headers.get('x-request-id'));
    }
  });
});
