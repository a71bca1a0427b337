import { enumeration, shape, text } from '../../wire/aws-json/shapes.ts';
import { decoded } from '../../wire/leaf.ts';
import { refusal, Refusal } from '../../wire/refusal.ts';
import { type BucketName, bucketName } from '../../core/object.ts';
import { Fault } from '../../core/fault.ts';
import type { AuthorityArn } from '../../wire/aws-json/authority-arn.ts';
import { authorityArnMember } from './arns.ts';
import { couldNotFind, findHere, may, operation } from './operation.ts';
import { notReporting } from './state-sentences.ts';

interface Input {
  readonly CertificateAuthorityArn: AuthorityArn;
  readonly S3BucketName: BucketName;
}

/** Orders a list of all that the authority has issued, as CSV or JSON, into a bucket. */
export const createCertificateAuthorityAuditReport = operation({
  name: 'CreateCertificateAuthorityAuditReport',
  input: shape({
    CertificateAuthorityArn: authorityArnMember,
    S3BucketName: decoded(text({ min: 3, max: 63 }), readBucket),
    AuditReportResponseFormat: enumeration(['JSON', 'CSV']),
  }),
  action: may('write', 'CreateCertificateAuthorityAuditReport'),
  run: async ({ CertificateAuthorityArn, S3BucketName: bucket, AuditReportResponseFormat: form }, scene) => {
    const { id, region } = await findHere(scene, CertificateAuthorityArn);
    return scene.services.createAuditReport(scene.caller, {
      authority: id,
      region,
      bucket,
      form: form === 'CSV' ? 'csv' : 'json',
    });
  },
  view: ({ id, key }) => ({ AuditReportId: id, S3Key: key }),
  // Which error the service gives in which of these cases is not documented, but for their own meaning.
  faults: {
    ...notReporting,
    'not-found': refusal<Input>('ResourceNotFoundException', ({ what }, { CertificateAuthorityArn, S3BucketName }) =>
      what === 'bucket' ? `Could not find S3 bucket ${S3BucketName}` : couldNotFind(CertificateAuthorityArn),
    ),
    pending: refusal('RequestInProgressException', ({ reason }) =>
      reason === 'too-soon'
        ? 'You can generate a maximum of one report every 30 minutes.'
        : 'An audit report of this certificate authority is already being created.',
    ),
    forbidden: refusal<Input>(
      'InvalidArgsException',
      (_, { S3BucketName }) =>
        `The ACM Private CA Service Principal 'acm-pca.amazonaws.com' requires 's3:GetBucketAcl' permissions for your S3 bucket '${S3BucketName}'. Check your S3 bucket permissions and try again.`,
    ),
    failed: unreachable(),
    unavailable: unreachable(),
  },
});

function readBucket(name: string): BucketName {
  try {
    return bucketName(name);
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    throw new Refusal('InvalidArgsException', `The S3 bucket name ${name} is not valid: ${cause.message}.`);
  }
}

function unreachable() {
  return refusal('RequestFailedException', 'The S3 bucket could not be reached. Try again.');
}
