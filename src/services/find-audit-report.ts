import type { Caller } from '../core/account.ts';
import type { AuditReport } from '../core/audit-report.ts';
import { Fault } from '../core/fault.ts';
import type { AuditReportId, AuthorityId, Region } from '../core/ids.ts';
import { findAuthority } from './find-authority.ts';
import { isUnderWay } from './pace.ts';
import type { World } from './world.ts';

/**
 * A report of the authority, in whatever state either is. Faults: `not-found` (what: `authority` or `audit report`).
 */
export async function findAuditReport(
  world: Pick<World, 'store' | 'clock' | 'pace'>,
  caller: Caller,
  wanted: { authority: AuthorityId; region?: Region; id: AuditReportId },
): Promise<AuditReport> {
  const { store, clock, pace } = world;
  const { authority, id, ...within } = wanted;
  await findAuthority(world, caller, authority, within);
  const report = await store.auditReports.get(caller.account, authority, id);
  if (report === undefined) {
    throw new Fault('not-found', `there is no audit report ${id}`, { what: 'audit report', id });
  }
  const seemsCreating = isUnderWay(report.createdAt, pace.reportingMs, clock.now());
  return seemsCreating ? { ...report, state: { kind: 'creating' } } : report;
}
