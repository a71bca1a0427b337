import { type Expression, sql, type SqlBool } from 'kysely';
import type { AccountId, CertificateId, SerialNumber } from '../../core/ids.ts';
import type { IssuedCertificateReader, IssuedListing } from '../../core/store.ts';
import { contains } from '../contains.ts';
import { present } from '../present.ts';
import { issuedOf } from '../rows/issued.ts';
import { managedOf, selectManaged } from '../rows/managed.ts';
import type { IssuedTable } from '../tables/issued.ts';
import { statement, type Work } from '../work.ts';

type Wanted = Parameters<IssuedCertificateReader['slice']>[1];

export function issuedReader(work: Work): IssuedCertificateReader {
  const { db } = work;
  return {
    async get(account, serial) {
      const [row] = await work.run(bySerial, [account, serial]);
      return row && { ...issuedOf(row), der: row.der };
    },
    async isListed(account, serial) {
      const [row] = await work.run(hiddenAt, [account, serial]);
      return row !== undefined && row.hidden_at === null;
    },
    async slice(account, wanted) {
      const { limit, offset, sort } = wanted;
      const { total } = await matching(work, account, wanted)
        .select((of) => of.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const direction = sort.descending ? 'desc' : 'asc';
      // The page's serial numbers first: a sort of whole rows, each with its issuer's name, took forty times as long.
      const listed = matching(work, account, wanted, { walksKey: sort.key !== 'notAfter' });
      const sorted = sort.key === 'createdAt' ? listed : listed.orderBy(sortKeys[sort.key], direction);
      const page = await sorted.orderBy('i.serial', direction).select('i.serial').limit(limit).offset(offset).execute();
      const serials = page.map(({ serial }) => serial);
      const rows = inOrder(serials, serials.length === 0 ? [] : await rowsOf(work, account, serials));
      const managed = await managedOfRows(work, account, rows);
      const items = rows.map(
        (row): IssuedListing =>
          present({
            certificate: issuedOf(row),
            issuerName: row.issuer_name ?? '',
            managed: row.managed === null ? undefined : managed.get(row.managed),
          }),
      );
      return { items, total };
    },
    async count(account) {
      const { total } = await db
        .selectFrom('issued')
        .select((of) => of.fn.countAll<number>().as('total'))
        .where('account', '=', account)
        .executeTakeFirstOrThrow();
      return total;
    },
    async countOf(account, authority) {
      const { issued, revoked } = await db
        .selectFrom('issued')
        .select((of) => [of.fn.countAll<number>().as('issued'), of.fn.count<number>('revoked_at').as('revoked')])
        .where('account', '=', account)
        .where('authority', '=', authority)
        .executeTakeFirstOrThrow();
      return { issued, revoked };
    },
    async signedBy(account, authority, { after = '', until, limit }) {
      const rows = await work.run(byAuthority, [account, after, authority, until, limit]);
      return rows.map((row) => ({ ...issuedOf(row), der: row.der }));
    },
  };
}

// The serial number begins with the time of issuing, so the order of creation is the order of the primary key.
const issuerName = sql<string | null>`coalesce(
  (select a.common_name from authorities a where a.account = i.account and a.id = i.authority),
  (select p.common_name from purged_authorities p where p.account = i.account and p.id = i.authority))`;
const sortKeys = {
  commonName: sql<string>`i.common_name`,
  issuerName: sql<string>`coalesce(${issuerName}, '')`,
  notAfter: sql<number>`i.not_after`,
} satisfies Record<Exclude<Wanted['sort']['key'], 'createdAt'>, Expression<string | number>>;

function rowsOf({ db }: Work, account: AccountId, serials: readonly SerialNumber[]) {
  return db
    .selectFrom('issued as i')
    .where('i.account', '=', account)
    .where('i.serial', 'in', serials)
    .selectAll('i')
    .select(issuerName.as('issuer_name'))
    .execute();
}

function inOrder<Row extends { serial: SerialNumber }>(serials: readonly SerialNumber[], rows: readonly Row[]): Row[] {
  const known = new Map(rows.map((row) => [row.serial, row]));
  return serials.flatMap((serial) => known.get(serial) ?? []);
}

/**
 * Literal conditions, so that SQLite recognizes those of the partial indexes. `walksKey`: the page comes in another
 * order than the end dates'; most certificates are in force, so finding those by the index and sorting them is far
 * slower than walking the order and passing over the few that ended.
 */
function matching(
  { db }: Work,
  account: AccountId,
  { commonNameContains, status, now }: Wanted,
  { walksKey = false } = {},
) {
  let query = db
    .selectFrom('issued as i')
    .where('i.account', '=', account)
    .where(sql<SqlBool>`i.hidden_at is null and i.is_authority = 0`);
  // A comparison, where "is not null" would do: SQLite prefers the primary key to an index that only ends in a null test.
  if (status === 'revoked') query = query.where(sql<SqlBool>`i.revoked_at > 0`);
  else if (status !== undefined) {
    query = query.where(sql<SqlBool>`i.revoked_at is null`);
    if (status === 'expired') query = query.where('i.not_after', '<', now);
    // The plus hides the column from the index.
    else if (walksKey) query = query.where(sql<SqlBool>`+i.not_after >= ${now}`);
    else query = query.where('i.not_after', '>=', now);
  }
  if (commonNameContains !== undefined) query = query.where(contains(sql.ref('i.common_name'), commonNameContains));
  return query;
}

async function managedOfRows({ db }: Work, account: AccountId, rows: readonly IssuedTable[]) {
  const ids = rows.flatMap(({ managed }): CertificateId[] => (managed === null ? [] : [managed]));
  if (ids.length === 0) return new Map<CertificateId, ReturnType<typeof managedOf>>();
  const found = await selectManaged(db).where('m.account', '=', account).where('m.id', 'in', ids).execute();
  return new Map(found.map((row) => [row.id, managedOf(row)]));
}

const bySerial = statement<IssuedTable & { der: Uint8Array }>(
  `select i.*, d.der from issued i join issued_der d on d.account = i.account and d.serial = i.serial
   where i.account = ? and i.serial = ?`,
);
// Walks the primary key: an index by authority would be one more B-tree for every certificate that is issued.
const byAuthority = statement<IssuedTable & { der: Uint8Array }>(
  `select i.*, d.der from issued i join issued_der d on d.account = i.account and d.serial = i.serial
   where i.account = ? and i.serial > ? and i.authority = ? and i.issued_at <= ? order by i.serial limit ?`,
);
const hiddenAt = statement<{ hidden_at: number | null }>(
  'select hidden_at from issued where account = ? and serial = ?',
);
