import type { AuditReportState } from '../../core/audit-report.ts';
import { type AuditReportId, auditReportId } from '../../core/ids.ts';
import { Fault } from '../../core/fault.ts';
import type { AuthorityArn } from '../../wire/aws-json/authority-arn.ts';
import { epochSeconds, shape, text } from '../../wire/aws-json/shapes.ts';
import { refusal } from '../../wire/refusal.ts';
import { authorityArnMember } from './arns.ts';
import { couldNotFind, findHere, may, operation } from './operation.ts';

interface Input {
  readonly CertificateAuthorityArn: AuthorityArn;
  readonly AuditReportId: string;
}

/** How far an audit report is, and where it lies. */
export const describeCertificateAuthorityAuditReport = operation({
  name: 'DescribeCertificateAuthorityAuditReport',
  input: shape({
    CertificateAuthorityArn: authorityArnMember,
    AuditReportId: text({
      min: 36,
      max: 36,
      pattern: '[a-z0-9]{8}-[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{12}',
    }),
  }),
  action: may('read', 'DescribeCertificateAuthorityAuditReport'),
  run: async ({ CertificateAuthorityArn, AuditReportId: name }, scene) => {
    const { id: authority, region } = await findHere(scene, CertificateAuthorityArn);
    return scene.services.findAuditReport(scene.caller, { authority, region, id: readId(name) });
  },
  view: ({ state, bucket, key, createdAt }) => ({
    AuditReportStatus: statuses[state.kind],
    S3BucketName: bucket,
    S3Key: key,
    CreatedAt: epochSeconds(createdAt),
  }),
  faults: {
    'not-found': refusal<Input>('ResourceNotFoundException', ({ what }, { CertificateAuthorityArn, AuditReportId }) =>
      what === 'audit report' ? `Could not find audit report ${AuditReportId}` : couldNotFind(CertificateAuthorityArn),
    ),
  },
});

/** The model lets through letters that no UUID has: no report has such an id. */
function readId(name: string): AuditReportId {
  if (!/^[0-9a-f-]+$/.test(name)) throw new Fault('not-found', 'no report has this id', { what: 'audit report' });
  return auditReportId(name);
}

const statuses = {
  creating: 'CREATING',
  written: 'SUCCESS',
  failed: 'FAILED',
} as const satisfies Record<AuditReportState['kind'], string>;
