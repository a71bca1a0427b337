import { sql, type SqlBool } from 'kysely';
import type { ManagedCertificate } from '../../core/certificate.ts';
import type { AccountId } from '../../core/ids.ts';
import type { ManagedCertificateReader, Slice } from '../../core/store.ts';
import { contains } from '../contains.ts';
import { managedOf, selectManaged } from '../rows/managed.ts';
import type { Work } from '../work.ts';
import { hasStatus } from './managed-page.ts';

type Wanted = Parameters<ManagedCertificateReader['slice']>[1];

/** Imported certificates by number of rows, with their total. */
export async function managedSlice(work: Work, account: AccountId, wanted: Wanted): Promise<Slice<ManagedCertificate>> {
  const { sort, limit, offset, now } = wanted;
  const { total } = await matching(work, account, wanted)
    .select((of) => of.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const direction = sort.descending ? 'desc' : 'asc';
  const key = {
    notAfter: sql<number>`not_after`,
    changedAt: sql<number>`changed_at`,
    // Two statuses: `expired` comes before `issued`, as the words sort.
    status: sql<number>`case when not_after < ${now} then 0 else 1 end`,
  } satisfies Record<Wanted['sort']['key'], unknown>;
  const ids = await matching(work, account, wanted)
    .select('id')
    .orderBy(key[sort.key], direction)
    .orderBy('id', direction)
    .limit(limit)
    .offset(offset)
    .execute();
  if (ids.length === 0) return { items: [], total };
  const rows = await selectManaged(work.db)
    .where('m.account', '=', account)
    .where(
      'm.id',
      'in',
      ids.map(({ id }) => id),
    )
    .execute();
  const byId = new Map(rows.map((row) => [row.id, managedOf(row)]));
  return { items: ids.flatMap(({ id }) => byId.get(id) ?? []), total };
}

function matching({ db }: Work, account: AccountId, { content, status, enterpriseProject, endsAfter, now }: Wanted) {
  let query = db.selectFrom('managed').where('account', '=', account).where(sql<SqlBool>`origin = 'imported'`);
  if (status !== undefined) query = query.where(hasStatus(status, now));
  if (typeof enterpriseProject === 'string') query = query.where('enterprise_project', '=', enterpriseProject);
  else if (enterpriseProject !== undefined) query = query.where('enterprise_project', 'is', null);
  if (endsAfter !== undefined) query = query.where('not_after', '>=', endsAfter);
  if (content !== undefined) query = query.where(contains(sql.ref('search_text'), content));
  return query;
}
