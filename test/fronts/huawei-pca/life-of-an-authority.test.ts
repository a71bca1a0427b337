import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask, assertRefused, done, openHuawei } from '../huawei-call.ts';
import type { House } from '../house.ts';
import { activeRoot, authorities, createCa, days, pendingWish, showCa } from './pca.ts';

const statusOf = async (house: House, id: string): Promise<string> => (await showCa(house, id)).status;

describe('Huawei PCA Enable-, Disable-, Delete- and RestoreCertificateAuthority', () => {
  let house: House;
  before(async () => {
    house = await openHuawei();
  });
  after(() => house.close());

  const act = (id: string, verb: string) => ask(house, 'POST', `${authorities}/${id}/${verb}`, { body: {} });
  const remove = (id: string, query: { pending_days?: string } = { pending_days: '7' }) =>
    ask(house, 'DELETE', `${authorities}/${id}`, { query });

  describe('accepts', () => {
    it('disable of an active, enable of a disabled one, each with 204 and no body', async () => {
      const id = await activeRoot(house);
      for (const [verb, status] of [
        ['disable', 'DISABLED'],
        ['enable', 'ACTIVED'],
      ] as const) {
        const answer = await act(id, verb);
        assert.equal(answer.status, 204);
        assert.equal(answer.bytes.length, 0);
        assert.equal(await statusOf(house, id), status);
      }
    });
    it('delete of a disabled one for 7 to 30 days, and its restore as disabled', async () => {
      const id = await activeRoot(house);
      await act(id, 'disable');
      assert.equal((await remove(id, { pending_days: '30' })).status, 204);
      const { status, delete_time } = await showCa(house, id);
      assert.deepEqual([status, delete_time], ['DELETED', house.clock.now() + 30 * 86_400_000]);
      assert.equal((await act(id, 'restore')).status, 204);
      const restored = await showCa(house, id);
      assert.deepEqual([restored.status, restored.delete_time], ['DISABLED', null]);
    });
    it('delete of a pending one, gone at once, with or without pending_days', async () => {
      for (const query of [{}, { pending_days: '7' }, { pending_days: '0' }]) {
        const id = await createCa(house, pendingWish());
        assert.equal((await remove(id, query)).status, 204);
        assertRefused(await ask(house, 'GET', `${authorities}/${id}`), 400, 'PCA.10010002', /./);
      }
    });
    it('disable of an expired one, and then its deletion, as Terraform destroys it', async () => {
      const id = await activeRoot(house, { validity: days(1) });
      house.clock.advance({ days: 2 });
      assert.equal(await statusOf(house, id), 'EXPIRED');
      assert.equal((await act(id, 'disable')).status, 204);
      assert.equal((await remove(id)).status, 204);
      assert.equal(await statusOf(house, id), 'DELETED');
    });
  });

  describe('refuses', () => {
    it('each verb in a state that is not its own', async () => {
      const active = await activeRoot(house);
      const pending = await createCa(house, pendingWish());
      for (const [id, verb] of [
        [active, 'enable'],
        [active, 'restore'],
        [pending, 'enable'],
        [pending, 'disable'],
        [pending, 'restore'],
      ] as const) {
        assertRefused(await act(id, verb), 400, 'PCA.00020001', /^Incorrect parameter\. Authority .* is/);
      }
      assertRefused(await remove(active), 400, 'PCA.00020001', /is active/);
    });
    it('pending_days outside 7 to 30, or none, for a disabled one', async () => {
      const id = await activeRoot(house);
      await act(id, 'disable');
      for (const query of [{}, { pending_days: '6' }, { pending_days: '31' }, { pending_days: '7.5' }]) {
        assertRefused(await remove(id, query), 400, 'PCA.00020001', 'Incorrect parameter. pending_days takes 7 to 30.');
      }
      assert.equal(await statusOf(house, id), 'DISABLED');
    });
    it('what the deleted one would have issued', async () => {
      const id = await activeRoot(house);
      await act(id, 'disable');
      const body = { issuer_id: id, distinguished_name: { common_name: 'x' }, validity: days(1) };
      assertRefused(await ask(house, 'POST', '/v1/private-certificates', { body }), 400, 'PCA.00020001', /disabled/);
      await remove(id);
      assertRefused(await ask(house, 'POST', '/v1/private-certificates', { body }), 400, 'PCA.00020001', /deleted/);
    });
  });

  describe('does', () => {
    it('keep the key: a restored and enabled authority issues again', async () => {
      const id = await activeRoot(house);
      await act(id, 'disable');
      await remove(id);
      await act(id, 'restore');
      await act(id, 'enable');
      const body = { issuer_id: id, distinguished_name: { common_name: 'x' }, validity: days(1) };
      assert.ok((await done(house, 'POST', '/v1/private-certificates', { body })).certificate_id);
    });
  });
});
