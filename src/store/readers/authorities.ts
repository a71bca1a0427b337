import { type Expression, sql, type SqlBool } from 'kysely';
import type { AuthorityStatus } from '../../core/authority.ts';
import { accountId, authorityId, type EpochMs } from '../../core/ids.ts';
import type { AuthorityReader } from '../../core/store.ts';
import { unpackChain } from '../chain.ts';
import { contains } from '../contains.ts';
import { readPosition, writePosition } from '../page-token.ts';
import { prepared } from '../prepared.ts';
import { authorityOf, selectAuthorities } from '../rows/authority.ts';
import { statement, type Work } from '../work.ts';

type Wanted = Parameters<AuthorityReader['slice']>[1];

export function authorityReader(work: Work): AuthorityReader {
  const { db } = work;
  const byId = prepared(
    work,
    selectAuthorities(db)
      .where('a.account', '=', accountId('000000000000'))
      .where('a.id', '=', authorityId('00000000-0000-0000-0000-000000000000')),
  );
  return {
    async get(account, id) {
      const [row] = await byId([account, id]);
      return row && authorityOf(row);
    },

    async published(id) {
      const [row] = await work.run(inForce, [id, id]);
      return row && { der: row.der, chain: unpackChain(row.chain) };
    },

    async creating(limit) {
      const rows = await selectAuthorities(db)
        .where(sql<SqlBool>`a.state = 'creating'`) // a literal, so that SQLite recognizes the partial index
        .orderBy('a.created_at')
        .limit(limit)
        .execute();
      return rows.map(authorityOf);
    },

    async gone(now, limit) {
      const due = selectAuthorities(db).where('a.purge_at', '<=', now).orderBy('a.purge_at').limit(limit);
      return (await due.execute()).map(authorityOf);
    },

    async page(account, { region, limit, after, now }) {
      let query = selectAuthorities(db)
        .where('a.account', '=', account)
        .where('a.key_id', 'is not', null)
        .where(isThere(now));
      if (region !== undefined) query = query.where('a.region', '=', region);
      if (after !== undefined) {
        const { createdAt, id } = readPosition(after);
        query = query.where(sql<SqlBool>`(a.created_at, a.id) > (${createdAt}, ${id})`);
      }
      const rows = await query
        .orderBy('a.created_at')
        .orderBy('a.id')
        .limit(limit + 1)
        .execute();
      const items = rows.slice(0, limit).map(authorityOf);
      const last = items.at(-1);
      return rows.length > limit && last !== undefined ? { items, next: writePosition(last) } : { items };
    },

    async count(account, region, now) {
      const { total } = await db
        .selectFrom('authorities as a')
        .select((of) => of.fn.countAll<number>().as('total'))
        .where('a.account', '=', account)
        .where('a.region', '=', region)
        .where('a.key_id', 'is not', null)
        .where(isThere(now))
        .executeTakeFirstOrThrow();
      return total;
    },

    async slice(account, wanted) {
      const ids = matching(work, account, wanted);
      const { total } = await ids.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      const direction = wanted.sort.descending ? 'desc' : 'asc';
      const rows = await selectAuthorities(db)
        .where('a.account', '=', account)
        .where(
          'a.id',
          'in',
          ids
            .select('a.id')
            .orderBy(sortKeys[wanted.sort.key], direction)
            .orderBy('a.id', direction)
            .limit(wanted.limit)
            .offset(wanted.offset),
        )
        .orderBy(sortKeys[wanted.sort.key], direction)
        .orderBy('a.id', direction)
        .execute();
      return { items: rows.map(authorityOf), total };
    },
  };
}

/** The only read of authorities without an account: what AIA points to is for everybody. */
const inForce = statement<{ der: Uint8Array; chain: Uint8Array }>(
  `select c.der, c.chain from authorities a join authority_certificates c
   on c.account = a.account and c.authority = a.id and c.number = a.certificate_number where a.id = ?
   union all
   select der, chain from purged_authorities where id = ?`,
);

const sortKeys = {
  createdAt: sql<number>`a.created_at`,
  commonName: sql<string>`a.common_name`,
  type: sql<string>`a.type`,
  // The engines put nulls at different ends; those without a certificate come first here.
  notAfter: sql<number>`coalesce(a.not_after, 0)`,
} satisfies Record<Wanted['sort']['key'], Expression<string | number>>;

function matching({ db }: Work, account: Parameters<AuthorityReader['slice']>[0], wanted: Wanted) {
  const { commonNameContains, status, type, now } = wanted;
  let query = db
    .selectFrom('authorities as a')
    .where('a.account', '=', account)
    .where('a.key_id', 'is not', null)
    .where(isThere(now));
  if (type !== undefined) query = query.where('a.type', '=', type);
  if (status !== undefined) query = query.where(hasStatus(status, now));
  if (commonNameContains !== undefined) query = query.where(contains(sql.ref('a.common_name'), commonNameContains));
  return query;
}

/** Not `isGone` of core. */
function isThere(now: EpochMs) {
  return sql<SqlBool>`(a.purge_at is null or a.purge_at > ${now})`;
}

/** `statusOf` of core as a condition: an active or disabled authority whose certificate has ended is expired. */
function hasStatus(status: AuthorityStatus, now: EpochMs) {
  if (status === 'expired') return sql<SqlBool>`a.state in ('active', 'disabled') and a.not_after < ${now}`;
  if (status !== 'active' && status !== 'disabled') return sql<SqlBool>`a.state = ${status}`;
  return sql<SqlBool>`a.state = ${status} and (a.not_after is null or a.not_after >= ${now})`;
}
