import type { Claimed, IdempotencyClaim } from '../../core/idempotency.ts';
import { Fault } from '../../core/fault.ts';
import { statement, type Work } from '../work.ts';

/**
 * Takes the claim for this transaction. The row's key decides a race: PostgreSQL lets the second one wait until the
 * first has committed or failed, SQLite has one writer. An ended claim is replaced.
 */
export async function take(work: Work, claim: IdempotencyClaim): Promise<Claimed> {
  const { account, scope, token, digest, result, expiresAt, now } = claim;
  const won = await work.run(insert, [account, scope, token, digest, result, expiresAt, now]);
  if (won.length > 0) return { claimed: true };
  const [earlier] = await work.run(find, [account, scope, token, digest]);
  if (earlier !== undefined) return { claimed: false, result: earlier.result };
  throw new Fault('conflict', 'an equal request was removed while this one came in', { what: 'idempotency token' });
}

const insert = statement<{ result: string }>(
  `insert into idempotency (account, scope, token, digest, result, expires_at) values (?, ?, ?, ?, ?, ?)
   on conflict (account, scope, token, digest)
   do update set result = excluded.result, expires_at = excluded.expires_at where idempotency.expires_at <= ?
   returning result`,
);

const find = statement<{ result: string }>(
  'select result from idempotency where account = ? and scope = ? and token = ? and digest = ?',
);
