/** Audit reports: a document of every certificate that an authority has signed, put into a bucket in the background. */
import type { AccountId, AuditReportId, AuthorityId, EpochMs, Region } from './ids.ts';
import type { BucketName, ObjectKey } from './object.ts';

export type ReportForm = 'csv' | 'json';

export type AuditReportState =
  | { readonly kind: 'creating' }
  | { readonly kind: 'written' }
  /** `reason` is for the operator. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface AuditReport {
  readonly id: AuditReportId;
  readonly account: AccountId;
  readonly authority: AuthorityId;
  /** Of the authority. */
  readonly region: Region;
  readonly form: ReportForm;
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  /** The report holds what was issued until then. */
  readonly createdAt: EpochMs;
  readonly state: AuditReportState;
}

/** The least time between two reports of an authority; one that failed does not count. */
export const auditReportIntervalMs = 30 * 60_000;

/** What a line may tell of a certificate. Times are written as `2020-02-26T18:39:57+0000`. */
export type ReportFact =
  | 'account'
  /** The front that the request came through. */
  | 'front'
  | 'serial'
  /** With a colon between octets. */
  | 'colon-serial'
  /** RFC 2253, the last relative name first. */
  | 'subject'
  | 'notBefore'
  | 'notAfter'
  | 'issuedAt'
  | 'revokedAt'
  | 'revocationReason'
  | 'template';

/**
 * How a front wants its lines, as plain data: it crosses a thread. A column without a value is empty in CSV and
 * absent in JSON.
 */
export interface ReportLayout {
  readonly form: ReportForm;
  readonly columns: readonly ReportColumn[];
}

export interface ReportColumn {
  readonly name: string;
  readonly fact: ReportFact;
  /** The vendor's word for each value; one that is not here leaves the column empty. */
  readonly words?: Readonly<Record<string, string>>;
  /** Stands before the value. */
  readonly prefix?: string;
}
