import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import {
  ACMPCAClient,
  CreateCertificateAuthorityCommand,
  CreateCertificateAuthorityAuditReportCommand,
  DescribeCertificateAuthorityCommand,
  GetCertificateAuthorityCsrCommand,
  GetCertificateCommand,
  ImportCertificateAuthorityCertificateCommand,
  IssueCertificateCommand,
  paginateListCertificateAuthorities,
  ResourceNotFoundException,
  waitUntilAuditReportCreated,
  waitUntilCertificateAuthorityCSRCreated,
  waitUntilCertificateIssued,
} from '@aws-sdk/client-acm-pca';
import { beginning } from '../house.ts';
import { csrVector, openPca, template } from './pca.ts';

const { house } = await openPca();
// The SDK signs with the real clock, and corrects itself by the Date of every answer.
house.clock.advance({ seconds: Math.floor((Date.now() - beginning) / 1000) });
const { id: accessKeyId, secret: secretAccessKey } = house.administrator;
const client = new ACMPCAClient({
  region: 'us-east-1',
  endpoint: house.url,
  credentials: { accessKeyId, secretAccessKey },
  maxAttempts: 1,
});
after(async () => {
  client.destroy();
  await house.close();
});

describe('Private CA through the AWS SDK for JavaScript', () => {
  it('makes a root by four calls with the waiters, issues, pages, and gets typed values and exceptions', async () => {
    const { CertificateAuthorityArn } = await client.send(
      new CreateCertificateAuthorityCommand({
        CertificateAuthorityType: 'ROOT',
        CertificateAuthorityConfiguration: {
          KeyAlgorithm: 'EC_secp384r1',
          SigningAlgorithm: 'SHA384WITHECDSA',
          Subject: { CommonName: 'SDK Root' },
        },
      }),
    );
    assert.ok(CertificateAuthorityArn !== undefined);
    await waitUntilCertificateAuthorityCSRCreated({ client, maxWaitTime: 5 }, { CertificateAuthorityArn });
    const { Csr } = await client.send(new GetCertificateAuthorityCsrCommand({ CertificateAuthorityArn }));
    const issue = async (csr: string, TemplateArn?: string) => {
      const { CertificateArn } = await client.send(
        new IssueCertificateCommand({
          CertificateAuthorityArn,
          Csr: Buffer.from(csr),
          SigningAlgorithm: 'SHA384WITHECDSA',
          Validity: { Type: 'DAYS', Value: 30 },
          TemplateArn,
        }),
      );
      assert.ok(CertificateArn !== undefined);
      const named = { CertificateAuthorityArn, CertificateArn };
      await waitUntilCertificateIssued({ client, maxWaitTime: 5 }, named);
      return await client.send(new GetCertificateCommand(named));
    };
    const root = await issue(String(Csr), template('RootCACertificate'));
    await client.send(
      new ImportCertificateAuthorityCertificateCommand({
        CertificateAuthorityArn,
        Certificate: Buffer.from(String(root.Certificate)),
      }),
    );
    assert.equal((await issue(csrVector('rsa2048').replaceAll('\n', '\r\n'))).CertificateChain, root.Certificate);

    const { CertificateAuthority: found } = await client.send(
      new DescribeCertificateAuthorityCommand({ CertificateAuthorityArn }),
    );
    assert.equal(found?.Status, 'ACTIVE');
    assert.deepEqual(found?.NotBefore, new Date(house.clock.now() - 3_600_000));
    const { AuditReportId } = await client.send(
      new CreateCertificateAuthorityAuditReportCommand({
        CertificateAuthorityArn,
        S3BucketName: 'sdk-reports',
        AuditReportResponseFormat: 'JSON',
      }),
    );
    const report = { CertificateAuthorityArn, AuditReportId };
    const { state } = await waitUntilAuditReportCreated({ client, minDelay: 1, maxWaitTime: 20 }, report);
    assert.equal(state, 'SUCCESS');

    const listed: unknown[] = [];
    for await (const page of paginateListCertificateAuthorities({ client, pageSize: 1 }, {})) {
      listed.push(...(page.CertificateAuthorities ?? []));
    }
    assert.equal(listed.length, 1);
    await assert.rejects(
      client.send(
        new DescribeCertificateAuthorityCommand({
          CertificateAuthorityArn: `${CertificateAuthorityArn.slice(0, -12)}000000000000`,
        }),
      ),
      ResourceNotFoundException,
    );
  });
});
