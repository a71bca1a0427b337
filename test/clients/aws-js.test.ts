/** The AWS SDK for JavaScript: ACM, Private CA (a version that knows neither RSA_3072 nor secp521r1) and STS. */
import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  ACMClient,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ExportCertificateCommand,
  ImportCertificateCommand,
  paginateListCertificates,
  RequestCertificateCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-acm';
import {
  ACMPCAClient,
  CreateCertificateAuthorityCommand,
  DescribeCertificateAuthorityCommand,
  GetCertificateAuthorityCsrCommand,
  GetCertificateCommand,
  ImportCertificateAuthorityCertificateCommand,
  InvalidStateException,
  IssueCertificateCommand,
  ListTagsCommand,
  paginateListCertificateAuthorities,
  TagCertificateAuthorityCommand,
  UpdateCertificateAuthorityCommand,
  waitUntilCertificateAuthorityCSRCreated,
  waitUntilCertificateIssued,
} from '@aws-sdk/client-acm-pca';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { makeCsr } from '../../scripts/make-csr.ts';
import { serverForTests } from '../running-server.ts';

const algorithms = {
  RSA_2048: 'SHA256WITHRSA',
  RSA_4096: 'SHA512WITHRSA',
  EC_prime256v1: 'SHA256WITHECDSA',
  EC_secp384r1: 'SHA384WITHECDSA',
} as const;
type Algorithm = keyof typeof algorithms;
const template = (name: string) => `arn:aws:acm-pca:::template/${name}/V1`;
const waiting = { maxWaitTime: 30, minDelay: 1, maxDelay: 1 };

describe('the AWS SDK for JavaScript', async () => {
  const server = await serverForTests();
  const credentials = { accessKeyId: server.key.id, secretAccessKey: server.key.secret };
  const settings = { endpoint: server.url, region: 'eu-central-1', credentials };
  const [pca, acm, sts] = [new ACMPCAClient(settings), new ACMClient(settings), new STSClient(settings)];

  async function issue(authority: string, csr: string, algorithm: Algorithm, name: string, days = 300) {
    const issuing = { CertificateAuthorityArn: authority, Csr: Buffer.from(csr), TemplateArn: template(name) };
    const { CertificateArn = '' } = await pca.send(
      new IssueCertificateCommand({
        ...issuing,
        SigningAlgorithm: algorithms[algorithm],
        Validity: { Type: 'DAYS', Value: days },
      }),
    );
    const asked = { CertificateAuthorityArn: authority, CertificateArn };
    await waitUntilCertificateIssued({ client: pca, ...waiting }, asked);
    return pca.send(new GetCertificateCommand(asked));
  }

  async function activeRoot(algorithm: Algorithm): Promise<{ arn: string; certificate: string }> {
    const { CertificateAuthorityArn: arn = '' } = await pca.send(
      new CreateCertificateAuthorityCommand({
        CertificateAuthorityType: 'ROOT',
        CertificateAuthorityConfiguration: {
          KeyAlgorithm: algorithm,
          SigningAlgorithm: algorithms[algorithm],
          Subject: { CommonName: `JS ${algorithm}` },
        },
      }),
    );
    await waitUntilCertificateAuthorityCSRCreated({ client: pca, ...waiting }, { CertificateAuthorityArn: arn });
    const { Csr = '' } = await pca.send(new GetCertificateAuthorityCsrCommand({ CertificateAuthorityArn: arn }));
    const { Certificate = '' } = await issue(arn, Csr, algorithm, 'RootCACertificate', 3650);
    const installed = { CertificateAuthorityArn: arn, Certificate: Buffer.from(Certificate) };
    await pca.send(new ImportCertificateAuthorityCertificateCommand(installed));
    return { arn, certificate: Certificate };
  }

  it('is told by STS who it is', async () => {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    assert.equal(Account, server.account);
    assert.match(Arn ?? '', new RegExp(`^arn:aws:iam::${server.account}:`));
  });

  for (const algorithm of Object.keys(algorithms) as Algorithm[]) {
    // Object.keys forgets the names
    it(`makes a root with ${algorithm} and a leaf under it`, async () => {
      const { arn, certificate } = await activeRoot(algorithm);
      assert.match(arn, new RegExp(`^arn:aws:acm-pca:eu-central-1:${server.account}:certificate-authority/`));
      const { CertificateAuthority } = await pca.send(
        new DescribeCertificateAuthorityCommand({ CertificateAuthorityArn: arn }),
      );
      assert.equal(CertificateAuthority?.Status, 'ACTIVE');
      assert.ok(CertificateAuthority?.CreatedAt instanceof Date);
      const leaf = new X509Certificate(
        (await issue(arn, makeCsr('js.test').csr, algorithm, 'EndEntityCertificate')).Certificate ?? '',
      );
      assert.ok(leaf.verify(new X509Certificate(certificate).publicKey));
      assert.equal(leaf.checkHost('js.test'), 'js.test');
    });
  }

  it('pages authorities, tags one, and gets the modelled exception from one that is disabled', async () => {
    const seen: string[] = [];
    for await (const page of paginateListCertificateAuthorities({ client: pca, pageSize: 3 }, {})) {
      seen.push(...(page.CertificateAuthorities ?? []).map(({ Arn = '' }) => Arn));
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.equal(seen.length, 4);
    const authority = { CertificateAuthorityArn: seen[0] };
    await pca.send(new TagCertificateAuthorityCommand({ ...authority, Tags: [{ Key: 'a', Value: 'b' }] }));
    assert.deepEqual((await pca.send(new ListTagsCommand(authority))).Tags, [{ Key: 'a', Value: 'b' }]);
    await pca.send(new UpdateCertificateAuthorityCommand({ ...authority, Status: 'DISABLED' }));
    await assert.rejects(
      issue(seen[0] ?? '', makeCsr('late.test').csr, 'RSA_2048', 'EndEntityCertificate'),
      (error) => error instanceof InvalidStateException && error.$metadata.requestId !== undefined,
    );
  });

  it('requests, exports, imports, pages and deletes certificates of ACM', async () => {
    const { arn } = await activeRoot('EC_prime256v1');
    const requested = await Promise.all(
      ['a.test', 'b.test', 'c.test'].map((DomainName) =>
        acm.send(
          new RequestCertificateCommand({ DomainName, CertificateAuthorityArn: arn, KeyAlgorithm: 'EC_prime256v1' }),
        ),
      ),
    );
    const [first = ''] = requested.map(({ CertificateArn = '' }) => CertificateArn);
    for (;;) {
      const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: first }));
      assert.notEqual(Certificate?.Status, 'FAILED');
      if (Certificate?.Status === 'ISSUED') break;
    }
    const passphrase = 'a passphrase';
    const exported = await acm.send(
      new ExportCertificateCommand({ CertificateArn: first, Passphrase: Buffer.from(passphrase) }),
    );
    const key = createPrivateKey({ key: exported.PrivateKey ?? '', passphrase });
    assert.ok(new X509Certificate(exported.Certificate ?? '').checkPrivateKey(key));
    const imported = await acm.send(
      new ImportCertificateCommand({
        Certificate: Buffer.from(exported.Certificate ?? ''),
        CertificateChain: Buffer.from(exported.CertificateChain ?? ''),
        PrivateKey: Buffer.from(key.export({ type: 'pkcs8', format: 'pem' })),
      }),
    );
    const seen: string[] = [];
    const query = { Includes: { keyTypes: ['EC_prime256v1' as const] } };
    for await (const page of paginateListCertificates({ client: acm, pageSize: 3 }, query)) {
      seen.push(...(page.CertificateSummaryList ?? []).map(({ CertificateArn = '' }) => CertificateArn));
    }
    assert.deepEqual(seen.sort(), [...requested, imported].map(({ CertificateArn = '' }) => CertificateArn).sort());
    await acm.send(new DeleteCertificateCommand({ CertificateArn: first }));
    await assert.rejects(
      acm.send(new DescribeCertificateCommand({ CertificateArn: first })),
      (error) => error instanceof ResourceNotFoundException,
    );
  });
});
