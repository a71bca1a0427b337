import type { TagReader } from '../../core/ports.ts';
import type { Work } from '../work.ts';

export function tagReader({ db }: Work): TagReader {
  return {
    of: (account, { kind, id }) =>
      db
        .selectFrom('tags')
        .select(['key', 'value'])
        .where('account', '=', account)
        .where('kind', '=', kind)
        .where('resource', '=', id)
        .orderBy('key')
        .execute(),
  };
}
