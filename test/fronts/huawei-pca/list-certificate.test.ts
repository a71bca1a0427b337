import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ask, done, openHuawei } from '../huawei-call.ts';
import type { House } from '../house.ts';
import { activeRoot, activeSubordinate, certificates, createByCsr, createCertificate, days } from './pca.ts';

const csr = readFileSync(join(import.meta.dirname, '../../vectors/csr/p256.pem'), 'utf8');

describe('Huawei PCA ListCertificate', () => {
  let house: House;
  const ids: string[] = [];
  before(async () => {
    house = await openHuawei();
    const root = await activeRoot(house);
    const subordinate = await activeSubordinate(house, root);
    await createByCsr(house, root, csr, { type: 'INTERMEDIATE_CA' });
    ids.push(
      await createCertificate(house, root, { distinguished_name: { common_name: 'b.example' }, validity: days(3) }),
    );
    house.clock.advance({ seconds: 1 });
    ids.push(await createByCsr(house, subordinate, csr, { validity: days(2) }));
    house.clock.advance({ seconds: 1 });
    ids.push(await createCertificate(house, subordinate, { distinguished_name: { common_name: 'a.example' } }));
  });
  after(() => house.close());

  const list = async (query: Record<string, string | number> = {}) => {
    const { total, certificates: rows } = await done(house, 'GET', certificates, { query });
    return { total, ids: rows.map(({ certificate_id }: { certificate_id: string }) => ids.indexOf(certificate_id)) };
  };

  it('lists certificates with their key here and from CSRs, newest first, and no authority', async () => {
    assert.deepEqual(await list(), { total: 3, ids: [2, 1, 0] });
  });
  it('shows in each row what ShowCertificate shows', async () => {
    const { certificates: rows } = await done(house, 'GET', certificates);
    for (const row of rows) assert.deepEqual(row, await done(house, 'GET', `${certificates}/${row.certificate_id}`));
  });
  it('pages by limit and offset', async () => {
    assert.deepEqual(await list({ limit: 1, offset: 1 }), { total: 3, ids: [1] });
    assert.deepEqual(await list({ limit: 1000, offset: 3 }), { total: 3, ids: [] });
  });
  it('filters by a part of the common name', async () => {
    assert.deepEqual(await list({ name: 'a.exam', sort_key: 'common_name', sort_dir: 'asc' }), {
      total: 1,
      ids: [2],
    });
  });
  it('sorts by end, name, issuer and creation', async () => {
    assert.deepEqual((await list({ sort_key: 'not_after', sort_dir: 'ASC' })).ids, [1, 0, 2]);
    assert.deepEqual((await list({ sort_key: 'create_time', sort_dir: 'ASC' })).ids, [0, 1, 2]);
    assert.equal((await list({ sort_key: 'issuer_name', sort_dir: 'ASC' })).ids[0], 0);
  });
  it('refuses a status that is none, and tells that nothing is revoked', async () => {
    assert.equal(
      (await ask(house, 'GET', certificates, { query: { status: 'UPLOAD' } })).json['error_code'],
      'PCA.00020001',
    );
    assert.deepEqual(await list({ status: 'REVOKED' }), { total: 0, ids: [] });
  });
  it('tells expired from issued by the clock, and refuses to export the expired', async () => {
    house.clock.advance({ days: 2, minutes: 1 });
    assert.deepEqual(await list({ status: 'EXPIRED' }), { total: 1, ids: [1] });
    assert.deepEqual((await list({ status: 'ISSUED' })).ids, [2, 0]);
    const body = { type: 'OTHER', is_compressed: 'false' };
    const { status, json } = await ask(house, 'POST', `${certificates}/${ids[1]}/export`, { body });
    assert.equal(`${status} ${json['error_code']}`, '400 PCA.00020001');
    assert.match(json['error_msg'], /The certificate is EXPIRED; only an ISSUED one can be exported\./);
    assert.equal((await ask(house, 'DELETE', `${certificates}/${ids[1]}`)).status, 204);
  });
});
