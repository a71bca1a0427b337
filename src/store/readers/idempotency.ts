import type { IdempotencyReader } from '../../core/store.ts';
import { statement, type Work } from '../work.ts';

export function idempotencyReader(work: Work): IdempotencyReader {
  return {
    async find(account, scope, token, digest, now) {
      const [row] = await work.run(openClaim, [account, scope, token, digest, now]);
      return row?.result;
    },
  };
}

const openClaim = statement<{ result: string }>(
  `select result from idempotency
   where account = ? and scope = ? and token = ? and digest = ? and expires_at > ?`,
);
