import type { Caller } from '../core/account.ts';
import { type AuditReport, auditReportIntervalMs, type ReportForm } from '../core/audit-report.ts';
import { statusOf } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import { auditReportId, type AuthorityId, type Region } from '../core/ids.ts';
import { type BucketName, objectKey } from '../core/object.ts';
import { assertStatus } from './change-authority.ts';
import { findAuthority } from './find-authority.ts';
import type { World } from './world.ts';

export interface AuditReportWish {
  readonly authority: AuthorityId;
  readonly region?: Region;
  readonly bucket: BucketName;
  readonly form: ReportForm;
}

/**
 * Orders a report of all that the authority has signed until now; a job writes it into the bucket, which belongs to
 * the account from its first use on.
 *
 * Faults: `not-found` authority; `wrong-state` unless it is active, disabled or expired; `pending` while one is being
 * written (reason `running`) and for 30 minutes after it was asked for (`too-soon`); of `what: 'bucket'`: `not-found`,
 * `forbidden` (another account's too), `unavailable`.
 */
export async function createAuditReport(
  world: Pick<World, 'store' | 'clock' | 'pace' | 'random' | 'objects' | 'wake'>,
  caller: Caller,
  { authority: wanted, region, bucket, form }: AuditReportWish,
): Promise<AuditReport> {
  const { store, clock, random, objects, wake } = world;
  const { account } = caller;
  const now = clock.now();
  const authority = await findAuthority(world, caller, wanted, region === undefined ? {} : { region });
  assertStatus(authority, statusOf(authority, now), ['active', 'disabled', 'expired']);
  // Before the bucket is asked for: whether another account's exists is nobody's business.
  const owner = await store.buckets.ownerOf(bucket);
  if (owner !== undefined && owner !== account) {
    throw new Fault('forbidden', `bucket ${bucket} belongs to another account`, { what: 'bucket', id: bucket });
  }
  await objects.checkBucket(bucket);
  const id = auditReportId(random.uuid());
  const report: AuditReport = {
    id,
    account,
    authority: authority.id,
    region: authority.region,
    form,
    bucket,
    key: objectKey(`audit-report/${authority.id}/${id}.${form}`),
    createdAt: now,
    state: { kind: 'creating' },
  };
  await store.commit('create-audit-report', { report, since: now - auditReportIntervalMs });
  wake('write-audit-reports');
  return report;
}
