/** A house with the front of audit reports, and the steps of ordering and awaiting one. */
import { randomUUID } from 'node:crypto';
import { auditReportId, authorityId, region } from '../../../src/core/ids.ts';
import { bucketName, objectKey } from '../../../src/core/object.ts';
import { awsAcmFront, signingName as acmSigningName } from '../../../src/fronts/aws-acm/front.ts';
import { awsPcaFront, signingName } from '../../../src/fronts/aws-pca/front.ts';
import { awsCaller, ok } from '../aws-call.ts';
import { openHouse } from '../house.ts';

export const uuidOf = (arn: string) => authorityId(arn.slice(-36));

export async function openReports(more: Parameters<typeof openHouse>[1] = {}) {
  const house = await openHouse(
    ({ aws, services }) => [
      awsPcaFront({ ...aws(signingName), services }),
      awsAcmFront({ ...aws(acmSigningName), services }),
    ],
    more,
  );
  const call = awsCaller(house, { signingName, targetPrefix: 'ACMPrivateCA' });
  const acm = awsCaller(house, { signingName: acmSigningName, targetPrefix: 'CertificateManager' });
  const { account } = house.administrator;

  const order = (CertificateAuthorityArn: string, input: object = {}, as = {}) =>
    call(
      'CreateCertificateAuthorityAuditReport',
      { CertificateAuthorityArn, S3BucketName: 'our-reports', AuditReportResponseFormat: 'JSON', ...input },
      as,
    );
  const look = (CertificateAuthorityArn: string, AuditReportId: string, as = {}) =>
    call('DescribeCertificateAuthorityAuditReport', { CertificateAuthorityArn, AuditReportId }, as);

  /** Asks until the report is there or has failed. */
  async function finished(arn: string, id: string) {
    for (;;) {
      const report = ok(await look(arn, id));
      if (report.AuditReportStatus !== 'CREATING') return report;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Orders one that nobody writes until the writer is woken for another. */
  async function waiting(arn: string) {
    const id = auditReportId(randomUUID());
    const createdAt = house.clock.now();
    const report = {
      id,
      account,
      authority: uuidOf(arn),
      region: region('us-east-1'),
      form: 'csv',
      bucket: bucketName('our-reports'),
      key: objectKey(`audit-report/x/${id}.csv`),
      createdAt,
      state: { kind: 'creating' },
    } as const;
    await house.world.store.commit('create-audit-report', { report, since: createdAt });
    return id;
  }

  return { house, call, acm: { house, pca: { house, call }, call: acm }, order, look, finished, waiting };
}
