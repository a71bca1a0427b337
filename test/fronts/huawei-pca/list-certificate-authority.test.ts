import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask, assertRefused, done, openHuawei } from '../huawei-call.ts';
import type { House } from '../house.ts';
import { activeRoot, authorities, createCa, days, fullName, pendingWish, showCa, years } from './pca.ts';

describe('Huawei PCA ListCertificateAuthority', () => {
  let house: House;
  const ids: string[] = [];
  before(async () => {
    house = await openHuawei();
    for (const [common_name, value] of [
      ['Beta', 3],
      ['alpha', 1],
      ['Gamma 100%_', 2],
    ] as const) {
      ids.push(
        await activeRoot(house, {
          distinguished_name: { ...fullName, common_name: common_name.replace('%', '') },
          validity: years(value),
        }),
      );
      house.clock.advance({ seconds: 1 });
    }
    ids.push(await createCa(house, pendingWish()));
  });
  after(() => house.close());

  const list = async (query: Record<string, string | number> = {}) => {
    const { total, certificate_authorities: rows } = await done(house, 'GET', authorities, { query });
    return { total, ids: rows.map(({ ca_id }: { ca_id: string }) => ids.indexOf(ca_id)) };
  };

  describe('accepts', () => {
    it('nothing: ten, newest first', async () => assert.deepEqual(await list(), { total: 4, ids: [3, 2, 1, 0] }));
    it('limit and offset, with the total of all', async () => {
      assert.deepEqual(await list({ limit: 2, offset: 1 }), { total: 4, ids: [2, 1] });
      assert.deepEqual(await list({ limit: 1000, offset: 4 }), { total: 4, ids: [] });
      assert.deepEqual(await list({ limit: 0 }), { total: 4, ids: [] });
    });
    it('each sort key in both directions', async () => {
      assert.deepEqual((await list({ sort_key: 'create_time', sort_dir: 'ASC' })).ids, [0, 1, 2, 3]);
      assert.deepEqual((await list({ sort_key: 'not_after', sort_dir: 'DESC', type: 'ROOT' })).ids, [0, 2, 1]);
      assert.equal((await list({ sort_key: 'type', sort_dir: 'ASC' })).ids.length, 4);
      assert.equal((await list({ sort_key: 'common_name', sort_dir: 'ASC' })).ids.length, 4);
    });
    it('filters by status, type and a part of the name; empty ones are none', async () => {
      assert.deepEqual(await list({ status: 'PENDING' }), { total: 1, ids: [3] });
      assert.deepEqual(await list({ type: 'SUBORDINATE', status: '' }), { total: 1, ids: [3] });
      assert.equal((await list({ limit: '', offset: '' })).ids.length, 4);
      assert.deepEqual((await list({ name: 'amma 100_' })).ids, [2]);
      assert.deepEqual((await list({ name: 'Bet_' })).ids, []);
    });
    it('EXPIRED by the clock', async () => {
      const id = await activeRoot(house, { validity: days(1) });
      house.clock.advance({ days: 2 });
      const { certificate_authorities: rows } = await done(house, 'GET', authorities, { query: { status: 'EXPIRED' } });
      assert.deepEqual(rows, [await showCa(house, id)]);
    });
  });

  describe('refuses', () => {
    it('limits, offsets and words that are none', async () => {
      for (const query of [
        { limit: 1001 },
        { limit: -1 },
        { limit: 'ten' },
        { offset: -1 },
        { status: 'ACTIVE' },
        { type: 'LEAF' },
        { sort_key: 'serial' },
        { sort_dir: 'UP' },
      ]) {
        const answer = await ask(house, 'GET', authorities, { query });
        const code = 'type' in query ? /^PCA\.0002/ : /^PCA\.00020001$/;
        assert.equal(answer.status, 400);
        assert.match(answer.json['error_code'], code);
      }
      assertRefused(await ask(house, 'GET', authorities, { query: { limit: 1001 } }), 400, 'PCA.00020001', /limit/);
    });
  });
});
