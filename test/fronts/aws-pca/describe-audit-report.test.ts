import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { openReports } from './audit-reports.ts';
import { activeRoot, issuance, type Pca, pending } from './pca.ts';

const pca = await openReports();
const { house, order, look, finished, waiting } = pca;
after(() => house.close());

describe('Private CA DescribeCertificateAuthorityAuditReport', () => {
  describe('accepts', () => {
    it('a reader, whom it shows where the report lies and since when', async () => {
      const { arn } = await activeRoot(pca);
      const at = house.clock.now();
      const { AuditReportId, S3Key } = ok(await order(arn));
      await finished(arn, AuditReportId);
      assert.deepEqual(ok(await look(arn, AuditReportId, { key: house.reader })), {
        AuditReportStatus: 'SUCCESS',
        S3BucketName: 'our-reports',
        S3Key,
        CreatedAt: at / 1000,
      });
    });
  });

  describe('refuses', () => {
    it('what breaks the model, other ARNs, regions, accounts, and reports of another authority', async () => {
      const [{ arn }, other] = [await activeRoot(pca), await activeRoot(pca)];
      const { AuditReportId: id } = ok(await order(arn));
      assertException(
        await look(arn, 'x'),
        'ValidationException',
        /^2 validation errors detected: .*'auditReportId' failed to satisfy constraint: Member must/,
      );
      assertException(await look(`${arn}/certificate/12`, id), 'InvalidArnException');
      assertException(await look(arn, id, { key: house.stranger }), 'AccessDeniedException');
      assertException(await look(arn, id, { region: 'eu-west-1' }), 'ResourceNotFoundException');
      for (const unknown of [randomUUID(), 'zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz']) {
        assertException(
          await look(arn, unknown),
          'ResourceNotFoundException',
          `Could not find audit report ${unknown}`,
        );
      }
      assertException(await look(other.arn, id), 'ResourceNotFoundException', `Could not find audit report ${id}`);
    });
  });

  describe('does', () => {
    it('says CREATING while it waits, and for a while at the pace of AWS', async () => {
      const { arn } = await activeRoot(pca);
      const id = await waiting(arn);
      assert.equal(ok(await look(arn, id)).AuditReportStatus, 'CREATING');
      ok(await order((await activeRoot(pca)).arn)); // wakes the writer
      await finished(arn, id);
      const slow = await openReports({ pace: 'aws' });
      try {
        const made = await pending(slow);
        slow.house.clock.advance({ seconds: 60 });
        await activate(slow, made);
        const { AuditReportId } = ok(await slow.order(made));
        assert.equal(ok(await slow.look(made, AuditReportId)).AuditReportStatus, 'CREATING');
        slow.house.clock.advance({ seconds: 6 });
        assert.equal((await slow.finished(made, AuditReportId)).AuditReportStatus, 'SUCCESS');
      } finally {
        await slow.house.close();
      }
    });
  });
});

/** A root's own certificate, at the pace of AWS. */
async function activate(there: Pca, arn: string): Promise<void> {
  const { Csr } = ok(await there.call('GetCertificateAuthorityCsr', { CertificateAuthorityArn: arn }));
  const TemplateArn = 'arn:aws:acm-pca:::template/RootCACertificate/V1';
  const answer = await there.call('IssueCertificate', issuance(arn, Csr, { TemplateArn }));
  const named = { CertificateAuthorityArn: arn, CertificateArn: ok(answer).CertificateArn };
  there.house.clock.advance({ seconds: 60 });
  const { Certificate: pem } = ok(await there.call('GetCertificate', named));
  const Certificate = Buffer.from(pem).toString('base64');
  ok(await there.call('ImportCertificateAuthorityCertificate', { CertificateAuthorityArn: arn, Certificate }));
}
