import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { activeRoot, days, describe as described, openPca, pending } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());
const on = (operation: string, arn: string, more = {}, as = {}) =>
  call(operation, { CertificateAuthorityArn: arn, ...more }, as);
const update = (arn: string, more: object) => on('UpdateCertificateAuthority', arn, more);
const statusOf = async (arn: string) => (await described(pca, arn)).Status;

describe('Private CA UpdateCertificateAuthority', () => {
  describe('accepts', () => {
    it('a state that is turned off and on again', async () => {
      const { arn } = await activeRoot(pca);
      assert.equal((await update(arn, { Status: 'DISABLED' })).text, '');
      assert.equal(await statusOf(arn), 'DISABLED');
      ok(await update(arn, { Status: 'ACTIVE' }));
      assert.equal(await statusOf(arn), 'ACTIVE');
    });
  });

  describe('refuses', () => {
    it('what is neither ACTIVE nor DISABLED, in the words that clients match', async () => {
      const sentence = 'The certificate authority must be in the ACTIVE or DISABLED state to be updated';
      const waiting = await pending(pca);
      assertException(await update(waiting, { Status: 'ACTIVE' }), 'InvalidStateException', sentence);
      const { arn } = await activeRoot(pca, {}, { Validity: days(1) });
      house.clock.advance({ days: 2 });
      assertException(await update(arn, { Status: 'DISABLED' }), 'InvalidStateException', sentence);
      house.clock.advance({ days: -2 });
    });

    it('another status, a rule of the configuration, a reader, a stranger', async () => {
      const { arn } = await activeRoot(pca);
      assertException(await update(arn, { Status: 'DELETED' }), 'InvalidArgsException', /ACTIVE or DISABLED only/);
      assertException(
        await update(arn, { Status: 'SLEEPING' }),
        'ValidationException',
        /enum value set: \[CREATING, PENDING_CERTIFICATE, /,
      );
      const broken = { RevocationConfiguration: { CrlConfiguration: { Enabled: true } } };
      assertException(await update(arn, broken), 'InvalidArgsException', /S3BucketName is required/);
      for (const key of [house.reader, house.stranger]) {
        assertException(
          await on('UpdateCertificateAuthority', arn, { Status: 'DISABLED' }, { key }),
          'AccessDeniedException',
        );
      }
      assert.equal(await statusOf(arn), 'ACTIVE');
    });
  });

  describe('does', () => {
    it('keeps a revocation configuration, and the part that is not given stays', async () => {
      const { arn } = await activeRoot(pca);
      const crl = {
        Enabled: true,
        S3BucketName: 'bucket',
        S3ObjectAcl: 'BUCKET_OWNER_FULL_CONTROL',
        CrlType: 'PARTITIONED',
      };
      ok(await update(arn, { RevocationConfiguration: { CrlConfiguration: crl } }));
      ok(
        await update(arn, {
          RevocationConfiguration: { OcspConfiguration: { Enabled: true, OcspCustomCname: 'o.example' } },
        }),
      );
      const both = { CrlConfiguration: crl, OcspConfiguration: { Enabled: true, OcspCustomCname: 'o.example' } };
      assert.deepEqual((await described(pca, arn)).RevocationConfiguration, both);
      ok(await update(arn, { RevocationConfiguration: { CrlConfiguration: { Enabled: false } } }));
      const found = await described(pca, arn);
      assert.deepEqual(found.RevocationConfiguration, { ...both, CrlConfiguration: { Enabled: false } });
      assert.equal(found.KeyStorageSecurityStandard, 'FIPS_140_2_LEVEL_3_OR_HIGHER');
      assert.equal(found.CertificateAuthorityConfiguration.Subject.CommonName, 'Test Root');
    });
  });
});
