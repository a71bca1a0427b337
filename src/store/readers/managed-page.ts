import { sql, type SqlBool } from 'kysely';
import type { ManagedCertificate, ManagedStatus } from '../../core/certificate.ts';
import type { AccountId, EpochMs } from '../../core/ids.ts';
import { type KeyAlgorithm, keyAlgorithms } from '../../core/key.ts';
import type { ManagedCertificateReader, Page } from '../../core/store.ts';
import { type PagePosition, readPosition, writePosition } from '../page-token.ts';
import { managedOf, selectManaged } from '../rows/managed.ts';
import type { Work } from '../work.ts';

type Wanted = Parameters<ManagedCertificateReader['page']>[1];

/**
 * A page by (createdAt, id). The index `managed_page` is ordered by time within one key algorithm, so each wanted
 * algorithm gives its own first `limit` ids from a range of the index alone, and the page is merged from them: among
 * a million certificates a filter on a rare algorithm costs no more than one on a common.
 */
export async function managedPage(work: Work, account: AccountId, wanted: Wanted): Promise<Page<ManagedCertificate>> {
  const { limit, descending } = wanted;
  const after = wanted.after === undefined ? undefined : readPosition(wanted.after);
  const algorithms = new Set(wanted.keyAlgorithms ?? keyAlgorithms);
  const runs = await Promise.all(
    [...algorithms].map((algorithm) => positions(work, account, wanted, algorithm, after)),
  );
  const sign = descending ? -1 : 1;
  const merged = runs.flat().sort((a, b) => sign * compare(a, b));
  const items = await load(work, account, merged.slice(0, limit));
  const last = merged[limit - 1];
  return merged.length > limit && last !== undefined ? { items, next: writePosition(last) } : { items };
}

async function positions(
  { db }: Work,
  account: AccountId,
  { region, statuses, named, descending, limit, now }: Wanted,
  algorithm: KeyAlgorithm,
  after: PagePosition | undefined,
) {
  let query = db
    .selectFrom('managed')
    .select(['created_at as createdAt', 'id'])
    .where('account', '=', account)
    .where('region', '=', region)
    .where('key_algorithm', '=', algorithm);
  if (named === true) query = query.where('has_names', '=', 1);
  if (statuses !== undefined) {
    query = query.where((is) => is.or(statuses.map((status) => hasStatus(status, now))));
  }
  if (after !== undefined) {
    const { createdAt, id } = after;
    query = query.where(
      descending
        ? sql<SqlBool>`(created_at, id) < (${createdAt}, ${id})`
        : sql<SqlBool>`(created_at, id) > (${createdAt}, ${id})`,
    );
  }
  const direction = descending ? 'desc' : 'asc';
  return query
    .orderBy('created_at', direction)
    .orderBy('id', direction)
    .limit(limit + 1)
    .execute();
}

async function load(work: Work, account: AccountId, page: readonly { id: ManagedCertificate['id'] }[]) {
  if (page.length === 0) return [];
  const ids = page.map(({ id }) => id);
  const rows = await selectManaged(work.db).where('m.account', '=', account).where('m.id', 'in', ids).execute();
  const byId = new Map(rows.map((row) => [row.id, managedOf(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function compare(a: PagePosition, b: PagePosition): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** `managedStatusOf` of core as a condition. */
export function hasStatus(status: ManagedStatus, now: EpochMs) {
  if (status === 'expired') return sql<SqlBool>`(state = 'issued' and not_after < ${now})`;
  if (status === 'issued') return sql<SqlBool>`(state = 'issued' and (not_after is null or not_after >= ${now}))`;
  return sql<SqlBool>`state = ${status}`;
}
