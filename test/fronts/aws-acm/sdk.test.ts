import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { after, describe, it } from 'node:test';
import {
  ACMClient,
  DescribeCertificateCommand,
  ExportCertificateCommand,
  ImportCertificateCommand,
  type ListCertificatesCommandInput,
  paginateListCertificates,
  RequestCertificateCommand,
  ResourceNotFoundException,
  waitUntilCertificateValidated,
} from '@aws-sdk/client-acm';
import { beginning } from '../house.ts';
import { absent, authority, openAcm } from './acm.ts';
import { foreign, vectorKey } from './foreign.ts';

const acm = await openAcm();
const { house } = acm;
// The SDK signs with the real clock.
house.clock.advance({ seconds: Math.floor((Date.now() - beginning) / 1000) });
const { arn: CertificateAuthorityArn } = await authority(acm);
const made = foreign({ key: vectorKey('rsa-2048'), from: -3000, to: 9000 });
const { id: accessKeyId, secret: secretAccessKey } = house.administrator;
const client = new ACMClient({
  region: 'us-east-1',
  endpoint: house.url,
  credentials: { accessKeyId, secretAccessKey },
  maxAttempts: 1,
});
after(async () => {
  client.destroy();
  await house.close();
});

describe('ACM through the AWS SDK for JavaScript', () => {
  it('requests, waits, exports, imports, pages, and gets typed values and exceptions', async () => {
    const DomainName = 'sdk.example.com';
    const wish = { DomainName, CertificateAuthorityArn, KeyAlgorithm: 'EC_prime256v1' } as const;
    const { CertificateArn = '' } = await client.send(new RequestCertificateCommand(wish));
    const { Certificate: detail } = await client.send(new DescribeCertificateCommand({ CertificateArn }));
    assert.equal(detail?.NotAfter instanceof Date, true);
    assert.equal(detail?.Status, 'ISSUED');
    const Passphrase = Buffer.from('passphrase');
    const exported = await client.send(new ExportCertificateCommand({ CertificateArn, Passphrase }));
    const key = createPrivateKey({ key: exported.PrivateKey ?? '', passphrase: 'passphrase' });
    assert.equal(new X509Certificate(exported.Certificate ?? '').checkPrivateKey(key), true);

    const { certificate, privateKey } = made;
    const files = { Certificate: Buffer.from(certificate), PrivateKey: Buffer.from(privateKey) };
    await client.send(new ImportCertificateCommand(files));
    const found = [];
    const Includes: ListCertificatesCommandInput['Includes'] = { keyTypes: ['RSA_2048', 'EC_prime256v1'] };
    const pages = paginateListCertificates({ client, pageSize: 1 }, { Includes });
    for await (const page of pages) found.push(...(page.CertificateSummaryList ?? []));
    assert.deepEqual(
      found.map(({ Type }) => String(Type)).toSorted((a, b) => (a < b ? -1 : 1)), // made in one moment of the house's clock
      ['IMPORTED', 'PRIVATE'],
    );
    await assert.rejects(
      client.send(new DescribeCertificateCommand({ CertificateArn: absent(CertificateArn) })),
      (error) =>
        error instanceof ResourceNotFoundException && error.message.startsWith('Could not find certificate arn:'),
    );
  });

  it('has a waiter that sees a failed certificate', async () => {
    const wish = { DomainName: 'failed.example.com', CertificateAuthorityArn: absent(CertificateAuthorityArn) };
    const { CertificateArn = '' } = await client.send(new RequestCertificateCommand(wish));
    await assert.rejects(waitUntilCertificateValidated({ client, maxWaitTime: 5 }, { CertificateArn }));
  });
});
