import type { AuthorityCertificate } from '../../core/authority.ts';
import type { Commands } from '../../core/commands.ts';
import type { Fault } from '../../core/fault.ts';
import type { AccountId, AuthorityId } from '../../core/ids.ts';
import { assertTouched, versionConflict } from '../assertions.ts';
import { toJson } from '../json.ts';
import { authorityCertificateRow, purgeAt } from '../rows/authority.ts';
import type { Database } from '../schema.ts';
import { insertKey } from './keys.ts';

/** Faults: `not-found`, `conflict`. */
export async function changeAuthority(db: Database, input: Commands['update-authority']['in']): Promise<void> {
  const { account, id, version, now, state, certificate, vendor, revocation, made } = input;
  const { number } = await db
    .selectFrom('authority_certificates')
    .select((of) => of.fn.coalesce(of.fn.max('number'), of.lit(0)).as('number'))
    .where('account', '=', account)
    .where('authority', '=', id)
    .executeTakeFirstOrThrow();
  const changed = await db
    .updateTable('authorities')
    .set({
      version: version + 1,
      changed_at: now,
      ...(state === undefined ? {} : { state: state.kind, state_detail: toJson(state), purge_at: purgeAt(state) }),
      ...(made === undefined ? {} : { key_id: made.key.id, csr: made.csr }),
      ...(vendor === undefined ? {} : { vendor: toJson(vendor) }),
      ...(revocation === undefined ? {} : { revocation: toJson(revocation) }),
      ...(certificate === undefined
        ? {}
        : { certificate_number: number + 1, not_after: certificate.validity.notAfter }),
    })
    .where('account', '=', account)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .execute();
  if (changed.length === 0) throw await absenceOrConflict(db, account, id, version);
  if (certificate !== undefined) await insertCertificate(db, account, id, number + 1, certificate);
  if (made !== undefined) await insertKey(db, account, made.key);
}

export async function insertCertificate(
  db: Database,
  account: AccountId,
  id: AuthorityId,
  number: number,
  certificate: AuthorityCertificate,
): Promise<void> {
  await db
    .insertInto('authority_certificates')
    .values(authorityCertificateRow(account, id, number, certificate))
    .execute();
}

export async function absenceOrConflict(
  db: Database,
  account: AccountId,
  id: AuthorityId,
  version: number,
): Promise<Fault> {
  const found = await db
    .selectFrom('authorities')
    .select('version')
    .where('account', '=', account)
    .where('id', '=', id)
    .execute();
  assertTouched(found, 'authority', id);
  return versionConflict('authority', id, version, found[0]?.version);
}
