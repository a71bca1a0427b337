import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { beginning } from '../house.ts';
import { absent, authority, described, openAcm, requested } from './acm.ts';
import { foreign, foreignChain, importInput, vectorKey } from './foreign.ts';

const acm = await openAcm();
const { house, call } = acm;
const issuer = await authority(acm);
after(() => house.close());

const imported = async (files: Parameters<typeof importInput>[0]) =>
  described(acm, ok(await call('ImportCertificate', importInput(files))).CertificateArn);

describe('ACM DescribeCertificate', () => {
  describe('does', () => {
    it('shows a private certificate: no validation of domains, the serial in pairs, the organization as issuer', async () => {
      const arn = await requested(acm, issuer.arn, { SubjectAlternativeNames: ['example.com'] });
      const { Serial, ...found } = await described(acm, arn);
      assert.match(Serial, /^[4-7][0-9a-f](:[0-9a-f]{2}){15}$/);
      assert.deepEqual(found, {
        CertificateArn: arn,
        DomainName: 'www.example.com',
        SubjectAlternativeNames: ['www.example.com', 'example.com'],
        Subject: 'CN=www.example.com',
        Issuer: 'Chancery Tests',
        CreatedAt: beginning / 1000,
        IssuedAt: beginning / 1000,
        Status: 'ISSUED',
        NotBefore: beginning / 1000 - 3600,
        NotAfter: beginning / 1000 + 395 * 86_400,
        KeyAlgorithm: 'EC-prime256v1',
        SignatureAlgorithm: 'SHA256WITHECDSA',
        InUseBy: [],
        Type: 'PRIVATE',
        KeyUsages: [{ Name: 'DIGITAL_SIGNATURE' }, { Name: 'KEY_ENCIPHERMENT' }],
        ExtendedKeyUsages: [
          { Name: 'TLS_WEB_SERVER_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.1' },
          { Name: 'TLS_WEB_CLIENT_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.2' },
        ],
        CertificateAuthorityArn: issuer.arn,
        RenewalEligibility: 'INELIGIBLE',
        Options: { CertificateTransparencyLoggingPreference: 'ENABLED', Export: 'ENABLED' },
        CertificateKeyPairOrigin: 'AWS_MANAGED',
      });
    });

    it('shows a failed one without what only a certificate has', async () => {
      const arn = await requested(acm, absent(issuer.arn));
      assert.deepEqual(await described(acm, arn), {
        CertificateArn: arn,
        DomainName: 'www.example.com',
        SubjectAlternativeNames: ['www.example.com'],
        CreatedAt: beginning / 1000,
        Status: 'FAILED',
        KeyAlgorithm: 'EC-prime256v1',
        SignatureAlgorithm: 'SHA256WITHECDSA',
        InUseBy: [],
        FailureReason: 'PCA_RESOURCE_NOT_FOUND',
        Type: 'PRIVATE',
        KeyUsages: [],
        ExtendedKeyUsages: [],
        CertificateAuthorityArn: absent(issuer.arn),
        RenewalEligibility: 'INELIGIBLE',
        Options: { CertificateTransparencyLoggingPreference: 'ENABLED', Export: 'ENABLED' },
        CertificateKeyPairOrigin: 'AWS_MANAGED',
      });
    });

    it('shows an import: when it was imported, its names as domains to validate, no authority', async () => {
      const subject = 'C=AU,ST=Some-State,O=LocalStack Org,CN=localhost';
      const key = vectorKey('rsa-2048');
      const found = await imported(foreign({ subject, key, serial: 0x03e9n, purposes: ['2.5.29.37.0', '1.2.3.4'] }));
      assert.deepEqual(found, {
        CertificateArn: found.CertificateArn,
        DomainName: 'localhost',
        SubjectAlternativeNames: ['localhost'],
        DomainValidationOptions: [{ DomainName: 'localhost' }],
        Serial: '03:e9',
        Subject: subject,
        Issuer: 'LocalStack Org',
        CreatedAt: beginning / 1000,
        ImportedAt: beginning / 1000,
        Status: 'ISSUED',
        NotBefore: beginning / 1000 - 10 * 86_400,
        NotAfter: beginning / 1000 + 300 * 86_400,
        KeyAlgorithm: 'RSA-2048',
        SignatureAlgorithm: 'SHA256WITHRSA',
        InUseBy: [],
        Type: 'IMPORTED',
        KeyUsages: [],
        ExtendedKeyUsages: [
          { Name: 'ANY', OID: '2.5.29.37.0' },
          { Name: 'CUSTOM', OID: '1.2.3.4' },
        ],
        RenewalEligibility: 'INELIGIBLE',
        Options: { CertificateTransparencyLoggingPreference: 'DISABLED', Export: 'DISABLED' },
        CertificateKeyPairOrigin: 'CUSTOMER_PROVIDED',
      });
    });

    it('shows an import for nothing but an address as ISSUED without any domain name', async () => {
      for (const wish of [{ subject: 'CN=192.0.2.1' }, { subject: 'O=Someone', addresses: ['192.0.2.1'] }]) {
        const found = await imported(foreign(wish));
        assert.equal(found.Status, 'ISSUED');
        for (const name of ['DomainName', 'SubjectAlternativeNames', 'DomainValidationOptions']) {
          assert.equal(name in found, false, name);
        }
      }
    });

    it("shows the issuer's organization of an import with a chain, and all of its names", async () => {
      const { leaf, chain } = foreignChain({ names: ['a.example.com', 'www.example.com'] });
      const found = await imported({ ...leaf, chain });
      assert.equal(found.Issuer, 'Foreign Trust');
      assert.equal(found.DomainName, 'www.example.com');
      assert.deepEqual(found.SubjectAlternativeNames, ['a.example.com', 'www.example.com']);
      assert.deepEqual(found.DomainValidationOptions, [
        { DomainName: 'a.example.com' },
        { DomainName: 'www.example.com' },
      ]);
    });

    it('says ELIGIBLE once the key was exported, and EXPIRED and INELIGIBLE after the end', async () => {
      const arn = await requested(acm, issuer.arn);
      const Passphrase = Buffer.from('passphrase').toString('base64');
      ok(await call('ExportCertificate', { CertificateArn: arn, Passphrase }));
      assert.equal((await described(acm, arn)).RenewalEligibility, 'ELIGIBLE');
      house.clock.advance({ days: 395, seconds: 1 });
      const { Status, RenewalEligibility } = await described(acm, arn);
      assert.deepEqual([Status, RenewalEligibility], ['EXPIRED', 'INELIGIBLE']);
    });
  });

  describe('refuses', () => {
    it('a certificate that is not there, or is in another region: ResourceNotFoundException with its ARN', async () => {
      const arn = await requested(acm, issuer.arn);
      const elsewhere = arn.replace('us-east-1', 'eu-west-1');
      for (const [CertificateArn, region] of [
        [absent(arn), 'us-east-1'],
        [arn.replace(/[^/]+$/, 'no-uuid'), 'us-east-1'],
        [arn, 'eu-west-1'],
        [elsewhere, 'us-east-1'],
        [elsewhere, 'eu-west-1'],
      ]) {
        assertException(
          await call('DescribeCertificate', { CertificateArn }, { region }),
          'ResourceNotFoundException',
          `Could not find certificate ${CertificateArn}.`,
        );
      }
    });

    it('an ARN of something else: InvalidArnException; what is no ARN of the service: ValidationException', async () => {
      const { account } = house.administrator;
      const endpoint = `arn:aws:acm:us-east-1:${account}:acme-endpoint/1`;
      assertException(await call('DescribeCertificate', { CertificateArn: endpoint }), 'InvalidArnException');
      const otherPartition = (await requested(acm, issuer.arn)).replace('arn:aws:', 'arn:aws-cn:');
      assertException(await call('DescribeCertificate', { CertificateArn: otherPartition }), 'InvalidArnException');
      assertException(
        await call('DescribeCertificate', { CertificateArn: 'arn:aws:acm' }),
        'ValidationException',
        /^2 validation errors detected: Value 'arn:aws:acm' at 'certificateArn' failed to satisfy constraint: Member must satisfy regular expression pattern: .*; Value 'arn:aws:acm' .* length greater than or equal to 20$/,
      );
    });
  });
});
