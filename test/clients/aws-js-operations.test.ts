/** The AWS SDK for JavaScript: every operation of Private CA, its three waiters and its paginators. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import * as sdk from '@aws-sdk/client-acm-pca';
import { makeCsr } from '../../scripts/make-csr.ts';
import { serverForTests } from '../running-server.ts';
import { sharingPolicy } from './sharing-policy.ts';

const waiting = { maxWaitTime: 60, minDelay: 1, maxDelay: 1 };
const actions = ['IssueCertificate', 'GetCertificate', 'ListPermissions'] as const;

describe('the AWS SDK for JavaScript with Private CA', async () => {
  const server = await serverForTests();
  const client = new sdk.ACMPCAClient({
    endpoint: server.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: server.key.id, secretAccessKey: server.key.secret },
  });
  const called = new Set<string>();
  client.middlewareStack.add(
    (next, { commandName }) =>
      (asked) => {
        called.add(commandName ?? '');
        return next(asked);
      },
    { step: 'initialize' },
  );

  it('sends every command that it has, and each paginator and waiter ends', async () => {
    const root = await activeRoot('JS');
    const authority = { CertificateAuthorityArn: root.arn };
    const own = await client.send(new sdk.GetCertificateAuthorityCertificateCommand(authority));
    assert.equal(own.Certificate?.trim(), root.certificate.trim());
    assert.equal(own.CertificateChain, undefined);

    await tagging(authority);
    await permitting(authority);
    await sharing(root.arn);
    await reporting(authority);

    const leaf = new X509Certificate(await issue(root.arn, makeCsr('js.test').csr, 'EndEntityCertificate', 30));
    const revoked = { ...authority, CertificateSerial: leaf.serialNumber, RevocationReason: 'KEY_COMPROMISE' as const };
    await client.send(new sdk.RevokeCertificateCommand(revoked));
    await assert.rejects(client.send(new sdk.RevokeCertificateCommand(revoked)), sdk.RequestAlreadyProcessedException);

    await client.send(new sdk.UpdateCertificateAuthorityCommand({ ...authority, Status: 'DISABLED' }));
    await client.send(new sdk.DeleteCertificateAuthorityCommand({ ...authority, PermanentDeletionTimeInDays: 7 }));
    const deleted = await client.send(new sdk.DescribeCertificateAuthorityCommand(authority));
    assert.equal(deleted.CertificateAuthority?.Status, 'DELETED');
    assert.ok(deleted.CertificateAuthority?.RestorableUntil instanceof Date);
    await client.send(new sdk.RestoreCertificateAuthorityCommand(authority));
    for await (const page of sdk.paginateListCertificateAuthorities({ client, pageSize: 1 }, {})) {
      assert.deepEqual(
        page.CertificateAuthorities?.map(({ Status }) => Status),
        ['DISABLED'],
      );
    }
    const known = Object.keys(sdk).filter((name) => /^[A-Z].*Command$/.test(name) && name !== '$Command');
    assert.equal(known.length, 23);
    assert.deepEqual([...called].sort(), known.sort());
  });

  async function activeRoot(name: string): Promise<{ arn: string; certificate: string }> {
    const { CertificateAuthorityArn: arn = '' } = await client.send(
      new sdk.CreateCertificateAuthorityCommand({
        CertificateAuthorityType: 'ROOT',
        CertificateAuthorityConfiguration: {
          KeyAlgorithm: 'EC_prime256v1',
          SigningAlgorithm: 'SHA256WITHECDSA',
          Subject: { CommonName: name },
        },
      }),
    );
    const asked = { CertificateAuthorityArn: arn };
    await sdk.waitUntilCertificateAuthorityCSRCreated({ client, ...waiting }, asked);
    const { Csr = '' } = await client.send(new sdk.GetCertificateAuthorityCsrCommand(asked));
    const certificate = await issue(arn, Csr, 'RootCACertificate', 3650);
    await client.send(
      new sdk.ImportCertificateAuthorityCertificateCommand({ ...asked, Certificate: Buffer.from(certificate) }),
    );
    return { arn, certificate };
  }

  async function issue(arn: string, csr: string, template: string, days: number): Promise<string> {
    const { CertificateArn = '' } = await client.send(
      new sdk.IssueCertificateCommand({
        CertificateAuthorityArn: arn,
        Csr: Buffer.from(csr),
        TemplateArn: `arn:aws:acm-pca:::template/${template}/V1`,
        SigningAlgorithm: 'SHA256WITHECDSA',
        Validity: { Type: 'DAYS', Value: days },
      }),
    );
    const asked = { CertificateAuthorityArn: arn, CertificateArn };
    await sdk.waitUntilCertificateIssued({ client, ...waiting }, asked);
    return (await client.send(new sdk.GetCertificateCommand(asked))).Certificate ?? '';
  }

  async function tagging(authority: Named): Promise<void> {
    const Tags = ['a', 'b', 'c'].map((Key) => ({ Key, Value: 'v' }));
    await client.send(new sdk.TagCertificateAuthorityCommand({ ...authority, Tags }));
    await client.send(new sdk.UntagCertificateAuthorityCommand({ ...authority, Tags: [{ Key: 'b' }] }));
    const keys: (string | undefined)[][] = [];
    for await (const page of sdk.paginateListTags({ client, pageSize: 1 }, authority)) {
      keys.push((page.Tags ?? []).map(({ Key }) => Key));
    }
    assert.deepEqual(keys, [['a'], ['c']]);
  }

  async function permitting(authority: Named): Promise<void> {
    const wanted = { ...authority, Principal: 'acm.amazonaws.com' };
    await client.send(new sdk.CreatePermissionCommand({ ...wanted, Actions: [...actions] }));
    await assert.rejects(
      client.send(new sdk.CreatePermissionCommand({ ...wanted, Actions: [...actions] })),
      sdk.PermissionAlreadyExistsException,
    );
    for await (const page of sdk.paginateListPermissions({ client, pageSize: 1 }, authority)) {
      assert.deepEqual(
        page.Permissions?.map(({ Actions }) => new Set(Actions)),
        [new Set(actions)],
      );
      assert.ok(page.Permissions?.every(({ CreatedAt }) => CreatedAt instanceof Date));
    }
    await client.send(new sdk.DeletePermissionCommand(wanted));
  }

  async function sharing(arn: string): Promise<void> {
    const Policy = JSON.stringify(sharingPolicy(arn));
    await client.send(new sdk.PutPolicyCommand({ ResourceArn: arn, Policy }));
    const found = await client.send(new sdk.GetPolicyCommand({ ResourceArn: arn }));
    assert.deepEqual(JSON.parse(found.Policy ?? ''), JSON.parse(Policy));
    await client.send(new sdk.DeletePolicyCommand({ ResourceArn: arn }));
    const gone = client.send(new sdk.GetPolicyCommand({ ResourceArn: arn }));
    await assert.rejects(gone, sdk.ResourceNotFoundException);
  }

  async function reporting(authority: Named): Promise<void> {
    const { AuditReportId = '', S3Key } = await client.send(
      new sdk.CreateCertificateAuthorityAuditReportCommand({
        ...authority,
        S3BucketName: 'audit-reports-of-js',
        AuditReportResponseFormat: 'CSV',
      }),
    );
    const asked = { ...authority, AuditReportId };
    await sdk.waitUntilAuditReportCreated({ client, ...waiting }, asked);
    const found = await client.send(new sdk.DescribeCertificateAuthorityAuditReportCommand(asked));
    assert.equal(found.S3Key, S3Key);
    assert.ok(found.CreatedAt instanceof Date);
  }
});

interface Named {
  readonly CertificateAuthorityArn: string;
}
