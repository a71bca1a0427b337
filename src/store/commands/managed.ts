import type { IssuedCertificate, ManagedCertificate } from '../../core/certificate.ts';
import { Fault } from '../../core/fault.ts';
import type { AccountId, CertificateId } from '../../core/ids.ts';
import { assertTouched, versionConflict } from '../assertions.ts';
import { toJson } from '../json.ts';
import { bodyColumns, bodyRow, managedOf, managedRow, selectManaged } from '../rows/managed.ts';
import type { Database } from '../schema.ts';
import type { Work } from '../work.ts';
import { take } from './claim.ts';
import type { Command } from './command.ts';
import { hideBody } from './hide-issued.ts';
import { insertKey } from './keys.ts';
import { assertVersion, insertIssued } from './issued-rows.ts';
import { deleteTags, insertTags } from './tags.ts';

export const createManaged: Command<'create-managed'> = async (work, { certificate, key, tags, issued, claim }) => {
  if (claim !== undefined) {
    const claimed = await take(work, claim);
    if (!claimed.claimed) return claimed;
  }
  const { db } = work;
  const { account, id, body } = certificate;
  if (issued !== undefined) await recordBody(work, certificate, issued);
  if (key !== undefined) await insertKey(db, account, key);
  const made = await db
    .insertInto('managed')
    .values(managedRow(certificate))
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .execute();
  if (made.length === 0) throw await clashOf(db, certificate);
  if (body !== undefined) {
    await db
      .insertInto('managed_bodies')
      .values(bodyRow(account, id, 1, certificate.key, body))
      .execute();
  }
  await insertTags(work, account, { kind: 'certificate', id }, tags);
  return { claimed: true };
};

export const updateManaged: Command<'update-managed'> = async (work, input) => {
  const { db } = work;
  const { account, id, version, now, state, body, key, issued } = input;
  const found = await lock(work.engine, db, account, id);
  if (found.version !== version) throw versionConflict('certificate', id, version, found.version);
  if (issued !== undefined) {
    await assertVersion(work, account, issued.certificate.authority, issued.authorityVersion);
    await insertIssued(work, { ...issued.certificate, account, managed: id });
  }
  if (key !== undefined) await insertKey(db, account, key);
  const keyId = key?.id ?? found.key_id;
  if (body !== undefined) {
    await hideBody(db, account, id, found.body_serial, now);
    await db
      .insertInto('managed_bodies')
      .values(bodyRow(account, id, (found.body_number ?? 0) + 1, keyId, body))
      .execute();
  }
  const before = managedOf(found);
  const domain = 'domain' in input ? input.domain : before.domain; // given as undefined: the new body has none
  await db
    .updateTable('managed')
    .set({
      version: version + 1,
      changed_at: now,
      domain: domain ?? null,
      key_id: keyId,
      key_algorithm: key?.algorithm ?? found.key_algorithm,
      body_number: body === undefined ? found.body_number : (found.body_number ?? 0) + 1,
      ...bodyColumns({ ...before, domain }, body ?? before.body),
      ...(state === undefined ? {} : { state: state.kind, state_detail: toJson(state) }),
      ...(input.importedAt === undefined ? {} : { imported_at: input.importedAt }),
      ...(input.issuedAt === undefined ? {} : { issued_at: input.issuedAt }),
    })
    .where('account', '=', account)
    .where('id', '=', id)
    .execute();
};

/**
 * The row of the authority's owner. In another account it is not linked to the managed certificate, which that account
 * does not have; there it must say that this account asked.
 */
async function recordBody(
  work: Work,
  { account, id }: ManagedCertificate,
  { certificate, authorityVersion }: { certificate: IssuedCertificate; authorityVersion: number },
): Promise<void> {
  const { account: owner, authority, asker } = certificate;
  if (owner !== account && asker.account !== account)
    throw new Error('an issued row of another account names no asker');
  await assertVersion(work, owner, authority, authorityVersion);
  await insertIssued(work, { ...certificate, managed: owner === account ? id : undefined });
}

/** No new version: an export changes nothing that another change could be based on. */
export const markExported: Command<'mark-exported'> = async ({ db }, { account, id, now }) => {
  const marked = await db
    .updateTable('managed')
    .set({ exported_at: now })
    .where('account', '=', account)
    .where('id', '=', id)
    .returning('id')
    .execute();
  assertTouched(marked, 'certificate', id);
};

export const deleteManaged: Command<'delete-managed'> = async ({ db, engine }, { account, id }) => {
  const found = await lock(engine, db, account, id);
  await hideBody(db, account, id, found.body_serial, Math.max(found.changed_at, found.created_at));
  const bodies = await db
    .selectFrom('managed_bodies')
    .select('key_id')
    .where('account', '=', account)
    .where('managed', '=', id)
    .execute();
  const keys = [found.key_id, ...bodies.map((body) => body.key_id)];
  await db.deleteFrom('managed').where('account', '=', account).where('id', '=', id).execute();
  await db.deleteFrom('keys').where('account', '=', account).where('id', 'in', keys).execute();
  await deleteTags(db, account, { kind: 'certificate', id });
};

/** Which of its two names is taken: its id, or its SCM id in this account. Fault `already-exists`. */
async function clashOf(db: Database, { account, id, scm }: ManagedCertificate): Promise<Fault> {
  const same = await db
    .selectFrom('managed')
    .select('id')
    .where('account', '=', account)
    .where('id', '=', id)
    .execute();
  const [what, name] = same.length > 0 || scm === undefined ? ['certificate', id] : ['SCM certificate id', scm];
  return new Fault('already-exists', `${what} ${name} exists already`, { what, id: name });
}

/** The certificate, held against other writers until the commit. Fault `not-found`. */
async function lock(engine: 'sqlite' | 'postgres', db: Database, account: AccountId, id: CertificateId) {
  const query = selectManaged(db).where('m.account', '=', account).where('m.id', '=', id);
  const found = await query.$if(engine === 'postgres', (locked) => locked.forUpdate('m')).execute();
  assertTouched(found, 'certificate', id);
  const [row] = found;
  if (row === undefined) throw new Error('unreachable');
  return row;
}
