/** Bodies that no client of the vendor's would send, to each Huawei front: a clear answer, and the server goes on. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask, done, openHuawei } from './huawei-call.ts';
import type { House } from './house.ts';
import { authorities, certificates, rootWish } from './huawei-pca/pca.ts';
import { imported } from './huawei-scm/scm.ts';

const posts: readonly [string, RegExp][] = [
  [authorities, /^PCA\.00020001$/],
  [certificates, /^PCA\.00020001$/],
  [`${certificates}/csr`, /^PCA\.00020001$/],
  [`${imported}/import`, /^SCM\.0005$/],
];

describe('a bad body to a Huawei front', () => {
  let house: House;
  let token: string;
  before(async () => {
    house = await openHuawei();
    const { id, secret } = house.administrator;
    const hw_ak_sk = { access: { key: id }, secret: { key: secret } };
    const body = { auth: { identity: { methods: ['hw_ak_sk'], hw_ak_sk } } };
    const answer = await ask(house, 'POST', '/v3/auth/tokens', { body, as: 'none' });
    token = answer.headers.get('x-subject-token') ?? '';
  });
  after(() => house.close());

  /** With a token instead of a signature, so that any bytes may be sent. */
  const post = async (path: string, body: string | Buffer) => {
    const headers = { 'content-type': 'application/json', 'x-auth-token': token };
    const response = await fetch(`${house.url}${path}`, {
      method: 'POST',
      headers,
      body: new Uint8Array(Buffer.from(body)),
    });
    return { status: response.status, json: JSON.parse(await response.text()) };
  };

  for (const [path, code] of posts) {
    it(`${path}: what is cut off, nested too deep, not UTF-8 or no object is refused in the service's words`, async () => {
      for (const body of [
        '{',
        '{"type":',
        '[]',
        '"x"',
        'null x',
        Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
        '['.repeat(100_000),
      ]) {
        const { status, json } = await post(path, body);
        assert.equal(status, 400);
        assert.match(json.error_code, code);
      }
    });
    it(`${path}: wrong types of every member are refused, never a mistake of ours`, async () => {
      const members = [
        'type',
        'distinguished_name',
        'key_algorithm',
        'validity',
        'issuer_id',
        'name',
        'csr',
        'certificate',
        'private_key',
      ];
      const more = [
        'signature_algorithm',
        'key_usages',
        'crl_configuration',
        'certificate_chain',
        'extended_key_usage',
        'path_length',
      ];
      for (const wrong of [1, true, [], {}, [[{}]], 'x'.repeat(100_000), { __proto__: null, toString: 'x' }]) {
        const body = Object.fromEntries([...members, ...more].map((member) => [member, wrong]));
        const { status, json } = await post(path, JSON.stringify(body));
        assert.equal(status, 400, JSON.stringify(json));
        assert.ok(json.error_msg.length <= 1024);
      }
    });
  }
  it('/v3/auth/tokens: is refused in the words of IAM', async () => {
    for (const body of ['{', '[]', '['.repeat(100_000)]) {
      const { status, json } = await post('/v3/auth/tokens', body);
      assert.deepEqual([status, json.error.message], [400, 'The request body is invalid']);
    }
  });
  it('inherited names are no words of the vendor', async () => {
    for (const word of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      const wishes = [
        { key_algorithm: word },
        { signature_algorithm: word },
        { validity: { type: word, value: 1 } },
        { type: word },
        { key_usages: [word] },
      ];
      for (const wish of wishes) {
        assert.equal((await ask(house, 'POST', authorities, { body: rootWish(wish) })).status, 400);
      }
      for (const query of [{ status: word }, { sort_key: word }, { sort_dir: word }]) {
        assert.equal((await ask(house, 'GET', authorities, { query })).status, 400);
        assert.equal((await ask(house, 'GET', imported, { query })).status, 400);
      }
    }
  });
  it('a body over the limit is refused without being read', async () => {
    const { status } = await post(`${imported}/import`, 'x'.repeat(5 * 1024 * 1024));
    assert.equal(status, 413);
  });
  it('after all of this the server still makes an authority', async () => {
    assert.ok((await done(house, 'POST', authorities, { body: rootWish() })).ca_id);
  });
});
