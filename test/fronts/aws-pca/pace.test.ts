/** CHANCERY_PACE=aws: what the service shows as unfinished, by the clock alone. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { paces } from '../../../src/services/pace.ts';
import { assertException, ok } from '../aws-call.ts';
import { csrOf, csrVector, days, describe as described, install, issuance, openPca, pending, template } from './pca.ts';

const pca = await openPca({ pace: 'aws' });
const { house, call } = pca;
after(() => house.close());
const creatingSeconds = paces.aws.creatingMs / 1000;
const issuingSeconds = paces.aws.issuingMs / 1000;

describe("Private CA at AWS's pace", () => {
  it('shows an authority as CREATING for some seconds, and the same token finds it', async () => {
    const again = { IdempotencyToken: 'paced' };
    const arn = await pending(pca, again);
    assert.equal((await described(pca, arn)).Status, 'CREATING');
    const { CertificateAuthorities } = ok(await call('ListCertificateAuthorities'));
    assert.equal(CertificateAuthorities.find(({ Arn }: { Arn: string }) => Arn === arn).Status, 'CREATING');
    const csr = () => call('GetCertificateAuthorityCsr', { CertificateAuthorityArn: arn });
    assertException(await csr(), 'RequestInProgressException');
    assert.equal(await pending(pca, again), arn);
    house.clock.advance({ seconds: creatingSeconds - 1 });
    assertException(await csr(), 'RequestInProgressException');
    assertException(
      await call('IssueCertificate', issuance(arn, csrVector('p256'), { TemplateArn: template('RootCACertificate') })),
      'InvalidStateException',
    );
    house.clock.advance({ seconds: 1 });
    ok(await csr());
    assert.equal((await described(pca, arn)).Status, 'PENDING_CERTIFICATE');
  });

  it('signs before it answers, and shows the certificate some seconds later; nothing revokes it before', async () => {
    const arn = await pending(pca);
    house.clock.advance({ seconds: creatingSeconds });
    const issue = async (csr: string, more: Record<string, unknown>) =>
      ok(await call('IssueCertificate', issuance(arn, csr, more))).CertificateArn;
    const get = (CertificateArn: string) => call('GetCertificate', { CertificateAuthorityArn: arn, CertificateArn });
    const own = await issue(await csrOf(pca, arn), { TemplateArn: template('RootCACertificate'), Validity: days(900) });
    assertException(await get(own), 'RequestInProgressException', /still in progress\.$/);
    house.clock.advance({ seconds: issuingSeconds });
    await install(pca, arn, ok(await get(own)).Certificate);
    const leaf = await issue(csrVector('p256'), {});
    const revoke = () =>
      call('RevokeCertificate', {
        CertificateAuthorityArn: arn,
        CertificateSerial: leaf.split('/').at(-1),
        RevocationReason: 'SUPERSEDED',
      });
    assertException(await get(leaf), 'RequestInProgressException');
    assertException(await revoke(), 'RequestInProgressException');
    assert.equal(house.audited.filter(({ verb }) => verb === 'issued').length, 2);
    house.clock.advance({ seconds: issuingSeconds });
    ok(await get(leaf));
    ok(await revoke());
  });

  it('deletes one that seems to be created for good at once', async () => {
    const arn = await pending(pca);
    ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: arn }));
    assertException(
      await call('DescribeCertificateAuthority', { CertificateAuthorityArn: arn }),
      'ResourceNotFoundException',
    );
  });
});
