import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import {
  activeRoot,
  csrOf,
  csrVector,
  days,
  describe as described,
  install,
  issued,
  openPca,
  pending,
  template,
} from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());
const on = (operation: string, arn: string, more = {}, as = {}) =>
  call(operation, { CertificateAuthorityArn: arn, ...more }, as);
const update = (arn: string, more: object) => on('UpdateCertificateAuthority', arn, more);
const statusOf = async (arn: string) => (await described(pca, arn)).Status;

describe('Private CA DeleteCertificateAuthority and RestoreCertificateAuthority', () => {
  describe('accept', () => {
    it('one that had a certificate, for as many days as were asked for, and back DISABLED', async () => {
      const { arn } = await activeRoot(pca);
      ok(await update(arn, { Status: 'DISABLED' }));
      ok(await on('DeleteCertificateAuthority', arn, { PermanentDeletionTimeInDays: 7 }));
      house.clock.advance({ days: 6 });
      ok(await on('RestoreCertificateAuthority', arn));
      assert.equal(await statusOf(arn), 'DISABLED');
      ok(await on('DeleteCertificateAuthority', arn, { PermanentDeletionTimeInDays: 7 }));
      house.clock.advance({ days: 7 });
      assertException(await on('RestoreCertificateAuthority', arn), 'ResourceNotFoundException');
      house.clock.advance({ days: -13 });
    });

    it('an expired one, which comes back EXPIRED, to be renewed, enabled, and to issue again', async () => {
      const { arn } = await activeRoot(pca, {}, { Validity: days(1) });
      house.clock.advance({ days: 2 });
      ok(await on('DeleteCertificateAuthority', arn));
      ok(await on('RestoreCertificateAuthority', arn));
      assert.equal(await statusOf(arn), 'EXPIRED');
      const renewal = { TemplateArn: template('RootCACertificate'), Validity: days(100) };
      await install(pca, arn, (await issued(pca, arn, await csrOf(pca, arn), renewal)).certificate);
      assert.equal(await statusOf(arn), 'DISABLED');
      ok(await update(arn, { Status: 'ACTIVE' }));
      await issued(pca, arn, csrVector('p256'));
      house.clock.advance({ days: -2 });
    });
  });

  describe('refuse', () => {
    it('an ACTIVE one, one that is deleted already, and to restore what is not deleted', async () => {
      const { arn } = await activeRoot(pca);
      assertException(await on('DeleteCertificateAuthority', arn), 'InvalidStateException', /to be deleted$/);
      assertException(
        await on('RestoreCertificateAuthority', arn),
        'InvalidStateException',
        /DELETED state to be restored$/,
      );
      const gone = await pending(pca);
      ok(await on('DeleteCertificateAuthority', gone));
      assertException(await on('DeleteCertificateAuthority', gone), 'InvalidStateException');
    });

    it('fewer than 7 and more than 30 days', async () => {
      const arn = await pending(pca);
      for (const [PermanentDeletionTimeInDays, demand] of [
        [6, 'have value greater than or equal to 7'],
        [31, 'have value less than or equal to 30'],
      ] as const) {
        assertException(
          await on('DeleteCertificateAuthority', arn, { PermanentDeletionTimeInDays }),
          'ValidationException',
          `1 validation error detected: Value '${PermanentDeletionTimeInDays}' at 'permanentDeletionTimeInDays' failed to satisfy constraint: Member must ${demand}`,
        );
      }
    });

    it('a reader, another account, another region and what is not there', async () => {
      const arn = await pending(pca);
      const nobody = `${arn.slice(0, -12)}000000000000`;
      for (const operation of ['DeleteCertificateAuthority', 'RestoreCertificateAuthority']) {
        for (const key of [house.reader, house.stranger]) {
          assertException(await on(operation, arn, {}, { key }), 'AccessDeniedException');
        }
        assertException(await on(operation, arn, {}, { region: 'eu-west-1' }), 'ResourceNotFoundException');
        assertException(
          await on(operation, nobody),
          'ResourceNotFoundException',
          `Could not find Certificate Authority ${nobody}`,
        );
      }
      assert.equal(await statusOf(arn), 'PENDING_CERTIFICATE');
    });
  });

  describe('do', () => {
    it('delete for 30 days unless told, show until when, and bring a pending one back pending', async () => {
      const arn = await pending(pca);
      assert.equal((await on('DeleteCertificateAuthority', arn)).text, '');
      const found = await described(pca, arn);
      assert.equal(found.Status, 'DELETED');
      assert.equal(found.RestorableUntil, house.clock.now() / 1000 + 30 * 86_400);
      assert.equal((await on('RestoreCertificateAuthority', arn)).text, '');
      assert.equal(await statusOf(arn), 'PENDING_CERTIFICATE');
      assert.equal((await described(pca, arn)).RestorableUntil, undefined);
    });
  });
});
