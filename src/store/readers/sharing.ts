import { sql, type SqlBool } from 'kysely';
import type { AccountId, EpochMs, Region } from '../../core/ids.ts';
import type { SharingReader } from '../../core/store.ts';
import { fromJson } from '../json.ts';
import { readPosition, writePosition } from '../page-token.ts';
import { authorityOf, selectAuthorities } from '../rows/authority.ts';
import { statement, type Work } from '../work.ts';

export function sharingReader(work: Work): SharingReader {
  return {
    async policy(account, authority) {
      const [row] = await work.run(policyOf, [account, authority]);
      return row?.policy;
    },

    async shared(owner, authority) {
      const [row] = await work.run(shared, [owner, authority]);
      return row && { region: row.region, version: row.version, policy: row.policy };
    },

    async page(principal, { region, limit, after }) {
      const rows = await sharedWith(work, principal, region, after)
        .limit(limit + 1)
        .execute();
      const items = rows.slice(0, limit).map((row) => ({ authority: authorityOf(row), policy: row.policy }));
      const last = items.at(-1)?.authority;
      return rows.length > limit && last !== undefined ? { items, next: writePosition(last) } : { items };
    },

    async permissions(account, authority) {
      const rows = await work.run(permissionsOf, [account, authority]);
      return rows.map((row) => ({
        principal: row.principal,
        sourceAccount: row.source_account,
        actions: fromJson<readonly string[]>(row.actions),
        createdAt: row.created_at,
      }));
    },
  };
}

function sharedWith({ db }: Work, principal: AccountId, region: Region, after: string | undefined) {
  const query = selectAuthorities(db)
    .innerJoin('policy_principals as s', (join) =>
      join.onRef('s.account', '=', 'a.account').onRef('s.authority', '=', 'a.id'),
    )
    .innerJoin('authority_policies as p', (join) =>
      join.onRef('p.account', '=', 'a.account').onRef('p.authority', '=', 'a.id'),
    )
    .innerJoin('accounts as o', 'o.id', 'a.account')
    .where('s.principal', '=', principal)
    .where('a.region', '=', region)
    .where('a.key_id', 'is not', null)
    .where('o.suspended', '=', 0)
    .select('p.policy')
    .orderBy('a.created_at')
    .orderBy('a.id');
  if (after === undefined) return query;
  const { createdAt, id } = readPosition(after);
  return query.where(sql<SqlBool>`(a.created_at, a.id) > (${createdAt}, ${id})`);
}

const policyOf = statement<{ policy: string }>(
  'select policy from authority_policies where account = ? and authority = ?',
);

const shared = statement<{ region: Region; version: number; policy: string }>(
  `select a.region, a.version, p.policy from authority_policies p
   join authorities a on a.account = p.account and a.id = p.authority
   join accounts o on o.id = p.account
   where p.account = ? and p.authority = ? and o.suspended = 0 and a.key_id is not null`,
);

const permissionsOf = statement<PermissionRow>(
  `select principal, source_account, actions, created_at from service_permissions
   where account = ? and authority = ? order by principal, source_account`,
);

interface PermissionRow {
  readonly principal: string;
  readonly source_account: AccountId;
  readonly actions: string;
  readonly created_at: EpochMs;
}
