import type { AuditReport, AuditReportState } from '../../core/audit-report.ts';
import type { AuditReportTable } from '../tables/audit-report.ts';

export function auditReportOf(row: AuditReportTable): AuditReport {
  const { id, account, authority, region, form, bucket, object_key: key, created_at: createdAt } = row;
  return { id, account, authority, region, form, bucket, key, createdAt, state: stateOf(row) };
}

export function auditReportRow(report: AuditReport): AuditReportTable {
  const { id, account, authority, region, form, bucket, key, createdAt, state } = report;
  const failure = state.kind === 'failed' ? state.reason : null;
  const named = { id, account, authority, region, form, bucket, object_key: key, created_at: createdAt };
  return { ...named, state: state.kind, failure, holder: null, held_until: 0, attempts: 0 };
}

function stateOf({ state, failure }: AuditReportTable): AuditReportState {
  return state === 'failed' ? { kind: state, reason: failure ?? '' } : { kind: state };
}
