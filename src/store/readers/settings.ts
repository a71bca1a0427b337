import { accountId } from '../../core/ids.ts';
import type { SettingReader } from '../../core/store.ts';
import type { Work } from '../work.ts';

export function settingReader({ db }: Work): SettingReader {
  return {
    async get(name, account) {
      const values = db.selectFrom('settings').select('value').where('name', '=', name);
      const own = values.where('account', 'in', account === undefined ? [''] : [account, '']);
      return (await own.orderBy('account', 'desc').executeTakeFirst())?.value; // the empty name sorts last
    },
    async list(account) {
      const rows = db
        .selectFrom('settings')
        .select(['name', 'value', 'account'])
        .where('account', 'in', account === undefined ? [''] : [account, '']);
      return (await rows.orderBy('name').orderBy('account').execute()).map(({ name, value, account: owner }) =>
        owner === '' ? { name, value } : { name, value, account: accountId(owner) },
      );
    },
  };
}
