import type { AuditReportReader, BucketReader } from '../../core/store.ts';
import { auditReportOf } from '../rows/audit-report.ts';
import type { AuditReportTable, BucketTable } from '../tables/audit-report.ts';
import { statement, type Work } from '../work.ts';

export function auditReportReader(work: Work): AuditReportReader {
  return {
    async get(account, authority, id) {
      const [row] = await work.run(byId, [id, account, authority]);
      return row && auditReportOf(row);
    },
    async isWaiting(now) {
      return (await work.run(waiting, [now])).length > 0;
    },
  };
}

export function bucketReader(work: Work): BucketReader {
  return {
    async ownerOf(bucket) {
      const [row] = await work.run(owner, [bucket]);
      return row?.account;
    },
  };
}

const byId = statement<AuditReportTable>('select * from audit_reports where id = ? and account = ? and authority = ?');
const waiting = statement<{ id: string }>(
  "select id from audit_reports where state = 'creating' and held_until <= ? limit 1",
);
const owner = statement<BucketTable>('select name, account from buckets where name = ?');
