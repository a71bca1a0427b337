/** What the report writer and the main thread say to each other: it is asked for one part after another. */
import type { AuditReport, ReportLayout } from '../core/audit-report.ts';
import type { ThreadFailure } from './thread-failure.ts';

export interface ReportWriterStart {
  /** Of the store, as `openStore` takes it; the schema is up to date. */
  readonly url: string;
  readonly report: AuditReport;
  readonly layout: ReportLayout;
}

export type ReportPart = { readonly octets: Uint8Array } | { readonly isEnd: true } | ThreadFailure;
