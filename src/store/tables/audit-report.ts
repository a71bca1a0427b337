/** Audit reports, and whose the buckets are that hold them. */
import type { AuditReportState, ReportForm } from '../../core/audit-report.ts';
import type { AccountId, AuditReportId, AuthorityId, EpochMs, Region } from '../../core/ids.ts';
import type { BucketName, ObjectKey } from '../../core/object.ts';

export interface AuditReportTable {
  id: AuditReportId;
  account: AccountId;
  authority: AuthorityId;
  region: Region;
  form: ReportForm;
  bucket: BucketName;
  object_key: ObjectKey;
  created_at: EpochMs;
  state: AuditReportState['kind'];
  failure: string | null;
  /** Who writes it, and until when nobody else may; 0 while nobody does. */
  holder: string | null;
  held_until: EpochMs;
  attempts: number;
}

export interface BucketTable {
  name: BucketName;
  account: AccountId;
}
