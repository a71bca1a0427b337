import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { it } from 'node:test';
import type { AuditReport } from '../../src/core/audit-report.ts';
import type { Authority } from '../../src/core/authority.ts';
import { auditReportId } from '../../src/core/ids.ts';
import { bucketName, objectKey } from '../../src/core/object.ts';
import { anAccountId, anAuthority, anIssued, aSerial, home, now } from './store-builders.ts';
import { isFault, type StoreUnderTest } from './store-under-test.ts';

/** Before every other moment of these tests, so that the oldest report is one of the test that asks. */
let moment = 1_000_000;

export function auditReportsContract(on: StoreUnderTest): void {
  const authorityOf = async (account = anAccountId()) => {
    const authority = anAuthority(account);
    await on.store.commit('create-authority', { authority, tags: [] });
    return authority;
  };
  const create = async (authority: Authority, more: Partial<AuditReport> = {}, since = 0) => {
    const report = aReport(authority, more);
    await on.store.commit('create-audit-report', { report, since });
    return report;
  };
  const take = (holder: string, at: number, heldUntil = at + 30) =>
    on.store.commit('take-audit-report', { holder, now: at, heldUntil });
  const end = (id: AuditReport['id'], holder: string, failure?: string) =>
    on.store.commit('end-audit-report', { id, holder, ...(failure === undefined ? {} : { failure }) });

  it('keeps a report for its own account and authority only', async () => {
    const authority = await authorityOf();
    const report = await create(authority);
    const { account, id } = report;
    assert.deepEqual(await on.store.auditReports.get(account, authority.id, id), report);
    assert.equal(await on.store.auditReports.get(anAccountId(), authority.id, id), undefined);
    assert.equal(await on.store.auditReports.get(account, (await authorityOf(account)).id, id), undefined);
    assert.equal((await take('w', now))?.report.id, id);
    assert.equal(await end(id, 'w'), true);
  });

  it('refuses a report of an authority that is not there, or of another account', async () => {
    const authority = await authorityOf();
    await assert.rejects(create({ ...authority, account: anAccountId() }), isFault('not-found', 'authority'));
  });

  it('allows one report at a time, and the next when the time is over or the last one failed', async () => {
    const authority = await authorityOf();
    const first = await create(authority, { createdAt: now });
    await assert.rejects(create(authority), isFault('pending', 'audit report'));
    await take('w', now);
    await end(first.id, 'w', 'the bucket is gone');
    const { account } = authority;
    const reason = 'the bucket is gone';
    const kept = await on.store.auditReports.get(account, authority.id, first.id);
    assert.deepEqual(kept, { ...first, state: { kind: 'failed', reason } });
    const second = await create(authority, { createdAt: now });
    await take('w', now);
    await end(second.id, 'w');
    await assert.rejects(create(authority, {}, now - 1), isFault('pending', 'audit report'));
    const third = await create(authority, { createdAt: now + 1 }, now);
    await take('w', now);
    await end(third.id, 'w');
  });

  it('lets one of many requests at once through', async () => {
    const authority = await authorityOf();
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => create(authority)));
    const [made] = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    await take('w', now);
    await end(made?.id ?? assert.fail(), 'w');
  });

  it('gives a bucket to who names it first, and to nobody else', async () => {
    const [mine, other] = [await authorityOf(), await authorityOf()];
    const bucket = bucketName(`bucket-${randomUUID()}`);
    assert.equal(await on.store.buckets.ownerOf(bucket), undefined);
    const { id } = await create(mine, { bucket });
    assert.equal(await on.store.buckets.ownerOf(bucket), mine.account);
    await assert.rejects(create(other, { bucket }), isFault('forbidden', 'bucket'));
    await take('w', now);
    await end(id, 'w');
  });

  it('hands a waiting report to one holder at a time, the oldest first, and again when the hold has ended', async () => {
    const at = (moment += 1000);
    const newer = await create(await authorityOf(), { createdAt: at + 1 });
    const older = await create(await authorityOf(), { createdAt: at });
    assert.equal(await on.store.auditReports.isWaiting(at), true);
    assert.deepEqual(await take('one', at), { report: older, attempt: 1 });
    assert.deepEqual(await take('two', at), { report: newer, attempt: 1 });
    assert.equal(await take('three', at), undefined);
    assert.equal(await on.store.auditReports.isWaiting(at + 29), false);
    assert.equal(await on.store.commit('hold-audit-report', { id: older.id, holder: 'one', heldUntil: at + 60 }), true);
    assert.deepEqual(await take('three', at + 30), { report: newer, attempt: 2 });
    assert.equal(await take('four', at + 30), undefined);
    assert.equal(await end(newer.id, 'two'), false, 'who lost the hold ends nothing');
    const held = { id: newer.id, holder: 'two', heldUntil: at + 900 };
    assert.equal(await on.store.commit('hold-audit-report', held), false);
    assert.equal(await end(newer.id, 'three'), true);
    assert.equal(await end(older.id, 'one'), true);
    assert.equal(await end(older.id, 'one'), false, 'what has ended stays as it is');
    assert.equal(await on.store.auditReports.isWaiting(at + 9999), false);
  });

  it('reads what one authority signed page by page, until a moment, hidden and revoked ones too', async () => {
    const account = anAccountId();
    const [authority, other] = [await authorityOf(account), await authorityOf(account)];
    const certificates = Array.from({ length: 5 }, (_none, at) =>
      anIssued(at === 2 ? other : authority, { serial: aSerial(now + at), issuedAt: now + at }),
    );
    for (const certificate of certificates) {
      await on.store.commit('record-issued', { certificate, authorityVersion: 1 });
    }
    const [first, second, , third, last] = certificates;
    const serial = first?.serial ?? assert.fail();
    await on.store.commit('hide-issued', { account, serial, now });
    const revocation = { at: now + 9, reason: 'superseded' } as const;
    await on.store.commit('revoke-issued', { account, authority: authority.id, serial, revocation });
    const read = (limit: number, until: number, after?: typeof serial) =>
      on.store.issued.signedBy(account, authority.id, { limit, until, ...(after === undefined ? {} : { after }) });
    assert.deepEqual(await read(2, now + 4), [{ ...first, revocation }, second]);
    assert.deepEqual(await read(2, now + 4, second?.serial), [third, last]);
    assert.deepEqual(await read(9, now + 3, second?.serial), [third]);
    assert.deepEqual(await read(9, now + 4, last?.serial), []);
    assert.deepEqual(await on.store.issued.signedBy(anAccountId(), authority.id, { limit: 9, until: now + 9 }), []);
  });
}

function aReport({ account, id: authority }: Authority, more: Partial<AuditReport>): AuditReport {
  const id = auditReportId(randomUUID());
  const place = { bucket: bucketName(`of-${account}`), key: objectKey(`audit-report/${authority}/${id}.csv`) };
  return {
    id,
    account,
    authority,
    region: home,
    form: 'csv',
    ...place,
    createdAt: now,
    state: { kind: 'creating' },
    ...more,
  };
}
