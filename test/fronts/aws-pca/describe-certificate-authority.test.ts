import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { beginning } from '../house.ts';
import { activeRoot, describe as described, ecConfiguration, openPca, pending } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());

describe('Private CA DescribeCertificateAuthority', () => {
  describe('accepts', () => {
    it('a pending authority: no serial, no validity, no failure reason, the defaults that were not given', async () => {
      const arn = await pending(pca);
      assert.deepEqual(await described(pca, arn), {
        Arn: arn,
        OwnerAccount: house.administrator.account,
        CreatedAt: beginning / 1000,
        LastStateChangeAt: beginning / 1000,
        Type: 'ROOT',
        Status: 'PENDING_CERTIFICATE',
        CertificateAuthorityConfiguration: ecConfiguration,
        RevocationConfiguration: { CrlConfiguration: { Enabled: false }, OcspConfiguration: { Enabled: false } },
        KeyStorageSecurityStandard: 'FIPS_140_2_LEVEL_3_OR_HIGHER',
        UsageMode: 'GENERAL_PURPOSE',
      });
    });

    it('a key of the account that may only read', async () => {
      const arn = await pending(pca);
      ok(await call('DescribeCertificateAuthority', { CertificateAuthorityArn: arn }, { key: house.reader }));
    });
  });

  describe('does', () => {
    it('shows the serial as a decimal number and the validity, back-dated by an hour, once there is a certificate', async () => {
      const { arn } = await activeRoot(pca);
      const found = await described(pca, arn);
      assert.equal(found.Status, 'ACTIVE');
      assert.match(found.Serial, /^\d{38,39}$/);
      assert.equal(found.NotBefore, beginning / 1000 - 3600);
      assert.equal(found.NotAfter, Date.UTC(2036, 2, 1, 12) / 1000);
    });

    it('says EXPIRED as soon as the certificate has ended', async () => {
      const { arn } = await activeRoot(pca, {}, { Validity: { Type: 'DAYS', Value: 1 } });
      house.clock.advance({ days: 1, seconds: 1 });
      assert.equal((await described(pca, arn)).Status, 'EXPIRED');
    });
  });

  describe('refuses', () => {
    it('an authority that is not there: ResourceNotFoundException with its ARN', async () => {
      const arn = `${(await pending(pca)).slice(0, -12)}000000000000`;
      assertException(
        await call('DescribeCertificateAuthority', { CertificateAuthorityArn: arn }),
        'ResourceNotFoundException',
        `Could not find Certificate Authority ${arn}`,
      );
    });

    it('one of another region, asked for here and there, as if it were not there', async () => {
      const arn = await pending(pca);
      const elsewhere = arn.replace('us-east-1', 'eu-west-1');
      for (const [CertificateAuthorityArn, region] of [
        [arn, 'eu-west-1'],
        [elsewhere, 'us-east-1'],
        [elsewhere, 'eu-west-1'],
      ]) {
        assertException(
          await call('DescribeCertificateAuthority', { CertificateAuthorityArn }, { region }),
          'ResourceNotFoundException',
          `Could not find Certificate Authority ${CertificateAuthorityArn}`,
        );
      }
    });

    it("another account's ARN in the words of a denial, there or not", async () => {
      const arn = await pending(pca);
      for (const CertificateAuthorityArn of [arn, `${arn.slice(0, -12)}000000000000`]) {
        assertException(
          await call('DescribeCertificateAuthority', { CertificateAuthorityArn }, { key: house.stranger }),
          'AccessDeniedException',
          `User: arn:aws:iam::${house.stranger.account}:user/administrator is not authorized to perform: ` +
            `acm-pca:DescribeCertificateAuthority on resource: ${CertificateAuthorityArn} ` +
            'because no resource-based policy allows the acm-pca:DescribeCertificateAuthority action',
        );
      }
    });

    it('an ARN that names no authority: InvalidArnException; one that is no ARN of the service: ValidationException', async () => {
      const certificate = `arn:aws:acm-pca:us-east-1:${house.administrator.account}:certificate/1`;
      for (const CertificateAuthorityArn of [certificate, 'arn:aws:acm-pca:::template/EndEntityCertificate/V1']) {
        assertException(await call('DescribeCertificateAuthority', { CertificateAuthorityArn }), 'InvalidArnException');
      }
      assertException(
        await call('DescribeCertificateAuthority', {
          CertificateAuthorityArn: 'arn:aws:acm:us-east-1:1:certificate/1',
        }),
        'ValidationException',
        /^1 validation error detected: Value 'arn:aws:acm:us-east-1:1:certificate\/1' at 'certificateAuthorityArn' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:/,
      );
      assertException(
        await call('DescribeCertificateAuthority', {}),
        'ValidationException',
        "1 validation error detected: Value null at 'certificateAuthorityArn' failed to satisfy constraint: Member must not be null",
      );
    });
  });
});
