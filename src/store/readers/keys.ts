import type { KeyReader } from '../../core/store.ts';
import { keyOf } from '../rows/key.ts';
import type { KeyTable } from '../tables/key.ts';
import { statement, type Work } from '../work.ts';

export function keyReader(work: Work): KeyReader {
  return {
    async get(account, id) {
      const [row] = await work.run(byId, [account, id]);
      return row && keyOf(row);
    },
    async poolSizes() {
      const rows = await work.db
        .selectFrom('key_pool')
        .select((of) => ['algorithm', of.fn.countAll<number>().as('size')])
        .groupBy('algorithm')
        .execute();
      return new Map(rows.map(({ algorithm, size }) => [algorithm, size]));
    },
  };
}

const byId = statement<KeyTable>('select * from keys where account = ? and id = ?');
