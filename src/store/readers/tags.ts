import type { TagReader } from '../../core/store.ts';
import type { Work } from '../work.ts';

export function tagReader({ db }: Work): TagReader {
  return {
    async of(account, { kind, id }) {
      const rows = await db
        .selectFrom('tags')
        .select(['key', 'value'])
        .where('account', '=', account)
        .where('kind', '=', kind)
        .where('resource', '=', id)
        .orderBy('key')
        .execute();
      return rows.map(({ key, value }) => ({ key, value }));
    },
  };
}
