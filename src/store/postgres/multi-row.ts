/**
 * Statements over arrays, one a column: however many rows, the text is the same and stays prepared.
 * `unnest` gives the rows back in step.
 */
import { CompiledQuery } from 'kysely';
import { issuedColumns } from '../rows/issued.ts';
import type { Work } from '../work.ts';

type Column = readonly (string | number | Uint8Array | null)[];

export async function runArrays<Row>(work: Work, text: string, columns: readonly Column[]): Promise<readonly Row[]> {
  const { rows } = await work.db.executeQuery(CompiledQuery.raw(text, [...columns]) as CompiledQuery<Row>); // its claim
  return rows;
}

export const versionsOf = `
  select account, id, version from authorities
  where (account, id) in (select * from unnest($1::text[], $2::text[]))
  order by account, id for share`;

const numbers: readonly string[] = ['not_before', 'not_after', 'issued_at', 'is_authority'];
const arrays = issuedColumns.map((name, at) => `$${at + 1}::${numbers.includes(name) ? 'bigint' : 'text'}[]`);

export const insertIssuedRows = `
  insert into issued (${issuedColumns.join(', ')}) select * from unnest(${arrays.join(', ')})
  on conflict do nothing returning account, serial`;

export const insertDers = `
  insert into issued_der (account, serial, der) select * from unnest($1::text[], $2::text[], $3::bytea[])`;

export const insertClaims = `
  insert into idempotency (account, scope, token, digest, result, expires_at)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
  on conflict (account, scope, token, digest)
  do update set result = excluded.result, expires_at = excluded.expires_at
  where idempotency.expires_at <= ($7::bigint[])[1]
  returning account, scope, token, digest`;

const claimKeys = '(select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]))';

export const deleteClaims = `delete from idempotency where (account, scope, token, digest) in ${claimKeys}`;

export const findClaims = `
  select account, scope, token, digest, result, expires_at from idempotency
  where (account, scope, token, digest) in ${claimKeys}`;
