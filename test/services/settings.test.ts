import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import type { AccountId } from '../../src/core/ids.ts';
import { listSettings, putSetting, settingOf } from '../../src/services/settings.ts';
import { rejectsWith } from './expect-fault.ts';
import { openPlace, type Place } from './world.ts';

describe('a setting', () => {
  const places: Place[] = [];
  let at: Place;
  let account: AccountId;
  let other: AccountId;
  beforeEach(async () => {
    at = await openPlace();
    places.push(at);
    account = (await at.newcomer()).account;
    other = (await at.newcomer()).account;
  });
  after(() => Promise.all(places.map((place) => place.close())));
  const name = 'pkcs12-profile';
  const value = (of: AccountId) => settingOf(at, name, of);

  it('has a default, which the server’s value replaces, which the account’s replaces; clearing goes back', async () => {
    assert.equal(await value(account), 'modern');
    await putSetting(at, { name, value: 'legacy' });
    assert.deepEqual([await value(account), await value(other)], ['legacy', 'legacy']);
    await putSetting(at, { name, value: 'modern', account });
    assert.deepEqual([await value(account), await value(other)], ['modern', 'legacy']);
    await putSetting(at, { name, value: undefined, account });
    assert.equal(await value(account), 'legacy');
    await putSetting(at, { name, value: undefined });
    assert.equal(await value(account), 'modern');
  });
  it('takes its own values only, and exists in the table only', async () => {
    await rejectsWith(putSetting(at, { name, value: 'LEGACY' }), 'invalid', { what: 'setting' });
    await rejectsWith(putSetting(at, { name, value: '' }), 'invalid', { what: 'setting' });
    for (const unknown of ['no-such', 'toString', '__proto__'])
      await rejectsWith(putSetting(at, { name: unknown, value: 'modern' }), 'invalid', { what: 'setting' });
    assert.deepEqual(await listSettings(at), []);
  });
  it('is listed where it was set; the server’s own memory is not', async () => {
    await at.store.commit('put-setting', { name: 'a-memory', value: 'x' });
    await putSetting(at, { name, value: 'legacy' });
    await putSetting(at, { name, value: 'modern', account });
    assert.deepEqual(await listSettings(at), [{ name, value: 'legacy' }]);
    const here = { name, value: 'legacy' };
    assert.deepEqual(await listSettings(at, account), [here, { name, value: 'modern', account }]);
    assert.deepEqual(await listSettings(at, other), [here]);
  });
});
