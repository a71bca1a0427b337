import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { serialNumber } from '../../../src/core/ids.ts';
import { bucketName } from '../../../src/core/object.ts';
import { freePort } from '../../objects/s3-server.ts';
import { requested } from '../aws-acm/acm.ts';
import { assertException, ok } from '../aws-call.ts';
import { openReports, uuidOf } from './audit-reports.ts';
import { sharing } from './policies.ts';
import { activeRoot, csrVector, issuance, issued, pending } from './pca.ts';

const pca = await openReports();
const { house, call, acm, order, finished, waiting } = pca;
after(() => house.close());
const { account } = house.administrator;

/** The text of a new report, once half an hour has passed since the last. */
const reported = async (arn: string, form: 'CSV' | 'JSON'): Promise<string> => {
  house.clock.advance({ minutes: 31 });
  const { AuditReportId, S3Key } = ok(await order(arn, { AuditReportResponseFormat: form }));
  assert.equal((await finished(arn, AuditReportId)).AuditReportStatus, 'SUCCESS');
  return readFileSync(join(house.world.objects.local?.root ?? '', 'our-reports', S3Key), 'utf8');
};
const update = (arn: string, Status: string) =>
  call('UpdateCertificateAuthority', { CertificateAuthorityArn: arn, Status });

describe('Private CA CreateCertificateAuthorityAuditReport', () => {
  describe('accepts', () => {
    it('both forms, and names the report as its key', async () => {
      for (const form of ['CSV', 'JSON']) {
        const { arn } = await activeRoot(pca);
        const { AuditReportId, S3Key } = ok(await order(arn, { AuditReportResponseFormat: form }));
        assert.match(AuditReportId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        assert.equal(S3Key, `audit-report/${uuidOf(arn)}/${AuditReportId}.${form.toLowerCase()}`);
      }
    });

    it('a disabled authority and an expired one', async () => {
      const { arn } = await activeRoot(pca, {}, { Validity: { Type: 'DAYS', Value: 60 } });
      ok(await update(arn, 'DISABLED'));
      await finished(arn, ok(await order(arn)).AuditReportId);
      house.clock.advance({ days: 61 });
      ok(await order(arn));
    });

    it('the next report after thirty minutes', async () => {
      const { arn } = await activeRoot(pca);
      const { AuditReportId } = ok(await order(arn));
      await finished(arn, AuditReportId);
      house.clock.advance({ minutes: 30 });
      ok(await order(arn));
    });
  });

  describe('refuses', () => {
    it('what breaks the model, and a bucket name that S3 does not allow', async () => {
      const { arn } = await activeRoot(pca);
      const wrong = await order(arn, { S3BucketName: 'ab', AuditReportResponseFormat: 'XML' });
      assertException(
        wrong,
        'ValidationException',
        /^2 validation errors detected: .*'s3BucketName' failed to satisfy constraint: Member must have length greater than or equal to 3; .*'auditReportResponseFormat' failed to satisfy constraint: Member must satisfy enum value set: \[JSON, CSV\]/,
      );
      assertException(await call('CreateCertificateAuthorityAuditReport'), 'ValidationException', /^3 validation/);
      for (const S3BucketName of ['../../etc', 'Our-Reports', 'a..b', 'our/reports', '10.0.0.1']) {
        assertException(
          await order(arn, { S3BucketName }),
          'InvalidArgsException',
          /is not valid: a bucket name has 3 to 63 /,
        );
      }
    });

    it('an ARN of something else, another region, no authority: InvalidArnException, ResourceNotFoundException', async () => {
      const { arn } = await activeRoot(pca);
      assertException(await order(`${arn}/certificate/12`), 'InvalidArnException');
      const elsewhere = await order(arn, {}, { region: 'eu-west-1' });
      assertException(elsewhere, 'ResourceNotFoundException', `Could not find Certificate Authority ${arn}`);
      assertException(await order(`${arn.slice(0, -12)}000000000000`), 'ResourceNotFoundException');
    });

    it('an authority that waits for its certificate, and a deleted one: InvalidStateException', async () => {
      const sentence =
        'The certificate authority must be in the ACTIVE, DISABLED or EXPIRED state to create an audit report';
      assertException(await order(await pending(pca)), 'InvalidStateException', sentence);
      const { arn } = await activeRoot(pca);
      ok(await update(arn, 'DISABLED'));
      ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: arn }));
      assertException(await order(arn), 'InvalidStateException', sentence);
    });

    it('a second report while one is being written, and for half an hour: RequestInProgressException', async () => {
      const { arn } = await activeRoot(pca);
      const id = await waiting(arn);
      const running = 'An audit report of this certificate authority is already being created.';
      assertException(await order(arn), 'RequestInProgressException', running);
      const other = await activeRoot(pca);
      ok(await order(other.arn)); // wakes the writer
      await finished(arn, id);
      house.clock.advance({ minutes: 29, seconds: 59 });
      const tooSoon = 'You can generate a maximum of one report every 30 minutes.';
      assertException(await order(arn), 'RequestInProgressException', tooSoon);
    });

    it('a reader, another account, and the bucket of another account', async () => {
      const { arn } = await activeRoot(pca);
      assertException(await order(arn, {}, { key: house.reader }), 'AccessDeniedException');
      assertException(await order(arn, {}, { key: house.stranger }), 'AccessDeniedException');
      ok(await order(arn, { S3BucketName: 'ours-alone' }));
      const asStranger = {
        house,
        call: (operation: string, input?: unknown) => call(operation, input, { key: house.stranger }),
      };
      const theirs = await activeRoot(asStranger);
      const answer = await order(theirs.arn, { S3BucketName: 'ours-alone' }, { key: house.stranger });
      assertException(answer, 'InvalidArgsException', /permissions for your S3 bucket 'ours-alone'\. Check your S3/);
    });

    it("what the S3 service says: no bucket, a bucket that refuses, nothing: each in the service's words", async () => {
      const server = createServer((request, response) => {
        const status = { '/nowhere': 404, '/locked': 403, '/broken': 500, '/readable': 200 }[request.url ?? ''] ?? 403;
        request.resume().on('end', () => response.writeHead(status).end());
      });
      const port = await freePort();
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
      const s3 = {
        url: new URL(`http://127.0.0.1:${port}`),
        region: 'r',
        accessKeyId: 'K',
        secret: Buffer.from('S'),
        buckets: new Set(['nowhere', 'locked', 'broken', 'readable'].map((name) => bucketName(name))),
      };
      const there = await openReports({ s3: { ...s3, limits: { silenceMs: 500, pauseMs: 1 } } });
      try {
        const { arn } = await activeRoot(there);
        const into = (S3BucketName: string) => there.order(arn, { S3BucketName });
        assertException(await into('nowhere'), 'ResourceNotFoundException', 'Could not find S3 bucket nowhere');
        assertException(await into('locked'), 'InvalidArgsException', /your S3 bucket 'locked'\. Check your S3 bucket/);
        assertException(await into('unlisted'), 'InvalidArgsException', /your S3 bucket 'unlisted'\. Check your S3/);
        assertException(await into('broken'), 'RequestFailedException');
        // May be seen and not be written to: that shows only when the report is put there.
        const { AuditReportId } = ok(await into('readable'));
        assert.equal((await there.finished(arn, AuditReportId)).AuditReportStatus, 'FAILED');
        const again = ok(await into('readable'));
        assert.equal((await there.finished(arn, again.AuditReportId)).AuditReportStatus, 'FAILED');
        await new Promise((resolve) => server.close(resolve));
        assertException(await into('nowhere'), 'RequestFailedException');
      } finally {
        server.close();
        await there.house.close();
      }
    });
  });

  describe('does', () => {
    it('list every certificate as JSON: who asked, through what, its names, dates, end and template', async () => {
      const { arn } = await activeRoot(pca);
      house.clock.advance({ seconds: 1 });
      const leaf = await issued(pca, arn, csrVector('p256'));
      house.clock.advance({ seconds: 1 });
      const gone = await issued(pca, arn, csrVector('p384'));
      house.clock.advance({ seconds: 10 });
      const revokedAt = house.clock.now();
      const serial = gone.arn.slice(-32);
      ok(
        await call('RevokeCertificate', {
          CertificateAuthorityArn: arn,
          CertificateSerial: serial,
          RevocationReason: 'SUPERSEDED',
        }),
      );
      await requested(acm, arn);
      const lines = JSON.parse(await reported(arn, 'JSON'));
      assert.deepEqual(
        lines.map((line: object) => Object.keys(line).join()),
        [
          'awsAccountId,certificateArn,serial,subject,notBefore,notAfter,issuedAt,templateArn',
          'awsAccountId,certificateArn,serial,subject,notBefore,notAfter,issuedAt,templateArn',
          'awsAccountId,certificateArn,serial,subject,notBefore,notAfter,issuedAt,revokedAt,revocationReason,templateArn',
          'awsAccountId,requestedByServicePrincipal,certificateArn,serial,subject,notBefore,notAfter,issuedAt,templateArn',
        ],
      );
      const [own, first, second, third] = lines;
      assert.equal(own.subject, 'CN=Test Root,O=Chancery Tests,C=CH');
      assert.equal(own.templateArn, 'arn:aws:acm-pca:::template/RootCACertificate/V1');
      const issuedAt = new Date(revokedAt - 11_000);
      assert.deepEqual(first, {
        awsAccountId: account,
        certificateArn: leaf.arn,
        serial: leaf.arn.slice(-32).replace(/..(?=.)/g, '$&:'),
        subject: first.subject,
        notBefore: dated(new Date(issuedAt.getTime() - 3_600_000)),
        notAfter: dated(new Date(issuedAt.getTime() + 30 * 86_400_000)),
        issuedAt: dated(issuedAt),
        templateArn: 'arn:aws:acm-pca:::template/EndEntityCertificate/V1',
      });
      assert.equal(second.certificateArn, gone.arn);
      assert.equal(second.revokedAt, dated(new Date(revokedAt)));
      assert.equal(second.revocationReason, 'SUPERSEDED');
      assert.equal(third.requestedByServicePrincipal, 'acm.amazonaws.com');
      assert.equal(third.subject, 'CN=www.example.com');
    });

    it('say the same as CSV, the header first and what is absent empty', async () => {
      const { arn } = await activeRoot(pca);
      house.clock.advance({ seconds: 1 });
      const leaf = await issued(pca, arn, csrVector('p256'));
      const lines = (await reported(arn, 'CSV')).split('\n');
      assert.equal(
        lines[0],
        'awsAccountId,requestedByServicePrincipal,certificateArn,serial,subject,notBefore,notAfter,issuedAt,revokedAt,revocationReason,templateArn',
      );
      assert.equal(lines.length, 4);
      assert.equal(lines[3], '', 'the oldest first, and an end of line after the last');
      const start = `${account},,${leaf.arn},${leaf.arn.slice(-32).replace(/..(?=.)/g, '$&:')},`;
      assert.ok(lines[2]?.startsWith(start));
      assert.match(String(lines[2]), /\+0000,,,arn:aws:acm-pca:::template\/EndEntityCertificate\/V1$/);
      assert.match(String(lines[1]), /,"CN=Test Root,O=Chancery Tests,C=CH",/);
    });

    it('tell which account asked, where another one may issue', async () => {
      const { arn } = await activeRoot(pca);
      ok(await call('PutPolicy', { ResourceArn: arn, Policy: sharing(arn, house.stranger.account) }));
      house.clock.advance({ seconds: 1 });
      ok(await call('IssueCertificate', issuance(arn, csrVector('p256')), { key: house.stranger }));
      assertException(await order(arn, {}, { key: house.stranger }), 'AccessDeniedException');
      const [, theirs] = JSON.parse(await reported(arn, 'JSON'));
      assert.equal(theirs.awsAccountId, house.stranger.account);
      assert.ok(theirs.certificateArn.startsWith(arn));
    });

    it('hold what was issued until the request, and nothing of another authority', async () => {
      const [one, other] = [await activeRoot(pca), await activeRoot(pca)];
      await issued(pca, other.arn, csrVector('p256'));
      const id = await waiting(one.arn);
      house.clock.advance({ seconds: 1 });
      ok(await call('IssueCertificate', issuance(one.arn, csrVector('p256'))));
      ok(await order(other.arn)); // wakes the writer
      const { S3Key } = await finished(one.arn, id);
      const text = readFileSync(join(house.world.objects.local?.root ?? '', 'our-reports', S3Key), 'utf8');
      assert.equal(text.trim().split('\n').length, 2, text);
    });

    it('write an authority of thousands without a line lost or said twice', async () => {
      const { arn } = await activeRoot(pca);
      const known = await issued(pca, arn, csrVector('p256'));
      const serial = serialNumber(known.arn.slice(-32));
      const certificate =
        (await house.world.store.issued.get(account, serial)) ?? assert.fail('the certificate is not there');
      const authorityVersion = (await house.world.store.authorities.get(account, uuidOf(arn)))?.version ?? 0;
      const serials = Array.from({ length: 2499 }, (_none, at) => serialNumber(`${serial.slice(0, 24)}${hex(at)}`));
      await Promise.all(
        serials.map((made) =>
          house.world.store.commit('record-issued', {
            certificate: { ...certificate, serial: made },
            authorityVersion,
          }),
        ),
      );
      const lines: { serial: string }[] = JSON.parse(await reported(arn, 'JSON'));
      assert.equal(lines.length, 2501);
      assert.equal(new Set(lines.map((line) => line.serial)).size, 2501);
      house.clock.advance({ minutes: 31 });
      assert.equal((await reported(arn, 'CSV')).trim().split('\n').length, 2502);
    });
  });
});

function hex(number: number): string {
  return number.toString(16).padStart(8, '0');
}

/** As the service writes a moment. */
function dated(at: Date): string {
  return `${at.toISOString().slice(0, 19)}+0000`;
}
