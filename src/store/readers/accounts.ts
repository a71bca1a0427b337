import type { AccountReader } from '../../core/store.ts';
import { accessKeyOf, accountOf, sessionOf } from '../rows/account.ts';
import type { AccessKeyTable, SessionTable } from '../tables/account.ts';
import { statement, type Work } from '../work.ts';

export function accountReader(work: Work): AccountReader {
  const { db } = work;
  return {
    async get(id) {
      const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
      return row && accountOf(row);
    },
    async byDomain(domain) {
      const row = await db.selectFrom('accounts').selectAll().where('domain', '=', domain).executeTakeFirst();
      return row && accountOf(row);
    },
    async list() {
      const rows = await db.selectFrom('accounts').selectAll().orderBy('created_at').orderBy('id').execute();
      return rows.map(accountOf);
    },
    async accessKey(id) {
      const [row] = await work.run(byId, [id]);
      return row && accessKeyOf(row);
    },
    async accessKeys(account) {
      const keys = db.selectFrom('access_keys').selectAll().where('account', '=', account);
      return (await keys.orderBy('created_at').orderBy('id').execute()).map(accessKeyOf);
    },
    async session(tokenHash) {
      const [row] = await work.run(byToken, [tokenHash]);
      return row && sessionOf(row);
    },
  };
}

const byId = statement<AccessKeyTable>('select * from access_keys where id = ?');
const byToken = statement<SessionTable>('select * from sessions where token_hash = ?');
