import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { awsAcmFront, signingName } from '../../../src/fronts/aws-acm/front.ts';
import { awsPcaFront, signingName as pcaSigningName } from '../../../src/fronts/aws-pca/front.ts';
import { assertException, awsCaller, ok } from '../aws-call.ts';
import { activeRoot as awsRoot } from '../aws-pca/pca.ts';
import { activeRoot, createCertificate } from '../huawei-pca/pca.ts';
import { done, openHuawei } from '../huawei-call.ts';
import { importOne } from '../huawei-scm/scm.ts';
import { foreign, importInput } from './foreign.ts';

const house = await openHuawei(({ aws, services }) => [
  awsAcmFront({ ...aws(signingName), services }),
  awsPcaFront({ ...aws(pcaSigningName), services }),
]);
after(() => house.close());

const call = awsCaller(house, { signingName, targetPrefix: 'CertificateManager' });
const pca = { house, call: awsCaller(house, { signingName: pcaSigningName, targetPrefix: 'ACMPrivateCA' }) };
const arnOf = (id: string) => `arn:aws:acm:us-east-1:${house.administrator.account}:certificate/${id}`;
const everyKeyType = { Includes: { keyTypes: ['RSA_2048', 'EC_prime256v1'] } };
const passphrase = 'passphrase';

describe("a certificate that was made through Huawei's PCA with a key held here", () => {
  it('is shown, listed, exported, tagged and deleted by ACM as a private one', async () => {
    const ca = await activeRoot(house);
    const CertificateArn = arnOf(await createCertificate(house, ca));
    const found = ok(await call('DescribeCertificate', { CertificateArn })).Certificate;
    assert.deepEqual(
      [found.Type, found.Status, found.DomainName, found.SubjectAlternativeNames, found.CertificateAuthorityArn],
      [
        'PRIVATE',
        'ISSUED',
        'www.example.com',
        ['www.example.com'],
        `arn:aws:acm-pca:us-east-1:${house.administrator.account}:certificate-authority/${ca}`,
      ],
    );
    const lines = ok(await call('ListCertificates', everyKeyType)).CertificateSummaryList;
    assert.deepEqual(
      lines.map((line: { CertificateArn: string }) => line.CertificateArn),
      [CertificateArn],
    );
    const Passphrase = Buffer.from(passphrase).toString('base64');
    const { Certificate, PrivateKey } = ok(await call('ExportCertificate', { CertificateArn, Passphrase }));
    const key = createPrivateKey({ key: PrivateKey, passphrase });
    assert.equal(new X509Certificate(Certificate).checkPrivateKey(key), true);
    ok(await call('AddTagsToCertificate', { CertificateArn, Tags: [{ Key: 'x' }] }));
    ok(await call('DeleteCertificate', { CertificateArn }));
    assertException(await call('DescribeCertificate', { CertificateArn }), 'ResourceNotFoundException');
  });
});

describe('a certificate that was imported through SCM', () => {
  it('is an import of ACM, and one imported through ACM is one of SCM', async () => {
    await importOne(house, 'from-scm');
    const [line] = ok(await call('ListCertificates', everyKeyType)).CertificateSummaryList;
    assert.equal(line.Type, 'IMPORTED');
    const { CertificateArn } = line;
    assertException(
      await call('ExportCertificate', { CertificateArn, Passphrase: Buffer.from(passphrase).toString('base64') }),
      'ValidationException',
      `Certificate ARN: ${CertificateArn} is not a private certificate`,
    );
    ok(await call('DeleteCertificate', { CertificateArn }));
    const { certificates } = await done(house, 'GET', '/v3/scm/certificates');
    assert.deepEqual(certificates, []);

    const again = ok(await call('ImportCertificate', importInput(foreign({ names: ['www.example.com'] }))));
    const { certificates: shown } = await done(house, 'GET', '/v3/scm/certificates');
    assert.equal(shown.length, 1);
    assert.equal(shown[0].domain, 'www.example.com');
    await done(house, 'DELETE', `/v3/scm/certificates/${shown[0].id}`);
    assertException(await call('DescribeCertificate', again), 'ResourceNotFoundException');
  });
});

describe('a certificate that was requested through ACM', () => {
  it("is shown and exported by Huawei's PCA, whose export makes it eligible for renewal in ACM", async () => {
    const root = await awsRoot(pca);
    const { CertificateArn } = ok(
      await call('RequestCertificate', {
        DomainName: 'api.example.com',
        CertificateAuthorityArn: root.arn,
        KeyAlgorithm: 'EC_prime256v1',
      }),
    );
    const path = `/v1/private-certificates/${String(CertificateArn).slice(-36)}`;
    assert.equal((await done(house, 'GET', path)).distinguished_name.common_name, 'api.example.com');
    const eligibility = async () =>
      ok(await call('DescribeCertificate', { CertificateArn })).Certificate.RenewalEligibility;
    assert.equal(await eligibility(), 'INELIGIBLE');
    await done(house, 'POST', `${path}/export`, { body: { type: 'OTHER', is_compressed: 'false' } });
    assert.equal(await eligibility(), 'ELIGIBLE');
  });
});
