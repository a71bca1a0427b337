/**
 * The lines of an audit report. AWS Private CA User Guide, "Use audit reports with your private CA". What did not come
 * by one of the service's templates (through Huawei's API) has no template.
 */
import type { AuditReport, ReportLayout } from '../../core/audit-report.ts';
import { authorityArn } from '../../wire/aws-json/authority-arn.ts';
import { templateArn } from '../../wire/aws-json/shared-authority.ts';
import { revocationReasons } from './revocation-reasons.ts';
import { allTemplates } from './templates.ts';

export function auditReportLayout({ form, region, account, authority: id }: AuditReport): ReportLayout {
  return {
    form,
    columns: [
      { name: 'awsAccountId', fact: 'account' },
      { name: 'requestedByServicePrincipal', fact: 'front', words: { 'aws-acm': 'acm.amazonaws.com' } },
      {
        name: 'certificateArn',
        fact: 'serial',
        prefix: `${authorityArn({ region, account, id })}/certificate/`,
      },
      { name: 'serial', fact: 'colon-serial' },
      { name: 'subject', fact: 'subject' },
      { name: 'notBefore', fact: 'notBefore' },
      { name: 'notAfter', fact: 'notAfter' },
      { name: 'issuedAt', fact: 'issuedAt' },
      { name: 'revokedAt', fact: 'revokedAt' },
      { name: 'revocationReason', fact: 'revocationReason', words: reasons },
      { name: 'templateArn', fact: 'template', words: own, prefix: templateArn(region, '') },
    ],
  };
}

const own = Object.fromEntries(allTemplates.map((name) => [name, name]));
/** A reason that only another vendor has is told as none. */
const reasons = Object.fromEntries(Object.entries(revocationReasons).map(([word, reason]) => [reason, word]));
