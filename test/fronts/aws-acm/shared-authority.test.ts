/** ACM requests a certificate from an authority that another account shares. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { serialNumber } from '../../../src/core/ids.ts';
import { assertException, ok } from '../aws-call.ts';
import { template } from '../aws-pca/pca.ts';
import { notAllowed, sharing } from '../aws-pca/policies.ts';
import { authority, described, openAcm, requested } from './acm.ts';

const acm = await openAcm();
const { house, call, pca } = acm;
after(() => house.close());
const issuer = await authority(acm);
const guest = { key: house.stranger };
const { account } = house.stranger;
const wish = {
  DomainName: 'www.example.com',
  CertificateAuthorityArn: issuer.arn,
  KeyAlgorithm: 'EC_prime256v1',
  IdempotencyToken: 'once',
};
const request = (more: object = {}, as: object = guest) => call('RequestCertificate', { ...wish, ...more }, as);
const put = async (Policy: string) => void ok(await pca.call('PutPolicy', { ResourceArn: issuer.arn, Policy }));
const denial = notAllowed(account, 'acm-pca:IssueCertificate', issuer.arn);

describe('ACM with an authority of another account', () => {
  it('is denied without a policy, in the words of Private CA', async () => {
    assertException(await request(), 'AccessDeniedException', denial);
    const CertificateAuthorityArn = `${issuer.arn.slice(0, -12)}000000000000`;
    const nobody = notAllowed(account, 'acm-pca:IssueCertificate', CertificateAuthorityArn);
    assertException(await request({ CertificateAuthorityArn }), 'AccessDeniedException', nobody);
  });

  it('is denied under a policy that names other templates than the one ACM uses', async () => {
    const Condition = { StringEquals: { 'acm-pca:TemplateArn': template('EndEntityServerAuthCertificate') } };
    await put(sharing(issuer.arn, account, { issue: { Condition } }));
    assertException(await request(), 'AccessDeniedException', denial);
  });

  it('gets a certificate that belongs to who asked, with its key; the row is the owner of the authority', async () => {
    await put(sharing(issuer.arn, account));
    const { CertificateArn } = ok(await request());
    assert.equal(CertificateArn.split(':')[4], account);
    assert.equal(ok(await request()).CertificateArn, CertificateArn);
    const detail = await described(acm, CertificateArn, guest);
    assert.equal(detail.Status, 'ISSUED');
    assert.equal(detail.CertificateAuthorityArn, issuer.arn);
    const serial = serialNumber(detail.Serial.replaceAll(':', ''));
    const row = await house.world.store.issued.get(house.administrator.account, serial);
    assert.equal(row?.asker.account, account);
    assert.equal(row?.managed, undefined);
    const Passphrase = Buffer.from('passphrase').toString('base64');
    const exported = ok(await call('ExportCertificate', { CertificateArn, Passphrase }, guest));
    assert.match(exported.PrivateKey, /BEGIN ENCRYPTED PRIVATE KEY/);
    assert.equal(exported.CertificateChain.trim().endsWith(issuer.root.trim()), true);
    assertException(await call('DescribeCertificate', { CertificateArn }), 'AccessDeniedException');
    assert.deepEqual(
      ok(await call('ListCertificates', { Includes: { keyTypes: ['EC_prime256v1'] } })).CertificateSummaryList,
      [],
    );
    const found = { CertificateAuthorityArn: issuer.arn, CertificateArn: `${issuer.arn}/certificate/${serial}` };
    assert.equal(ok(await pca.call('GetCertificate', found)).Certificate.trim(), exported.Certificate.trim());
  });

  it('fails, and says why, when the shared authority does not issue', async () => {
    const ca = { CertificateAuthorityArn: issuer.arn };
    ok(await pca.call('UpdateCertificateAuthority', { ...ca, Status: 'DISABLED' }));
    const { CertificateArn } = ok(await request({ IdempotencyToken: 'disabled' }));
    const detail = await described(acm, CertificateArn, guest);
    assert.deepEqual([detail.Status, detail.FailureReason], ['FAILED', 'PCA_INVALID_STATE']);
    assert.equal(detail.CertificateAuthorityArn, issuer.arn);
    ok(await pca.call('UpdateCertificateAuthority', { ...ca, Status: 'ACTIVE' }));
  });

  it('keeps its certificate when the sharing ends, and gets no other', async () => {
    const arn = String(ok(await request({ IdempotencyToken: 'kept' })).CertificateArn);
    ok(await pca.call('DeletePolicy', { ResourceArn: issuer.arn }));
    assert.equal((await described(acm, arn, guest)).Status, 'ISSUED');
    assertException(await request({ IdempotencyToken: 'kept' }), 'AccessDeniedException', denial);
    ok(await call('DeleteCertificate', { CertificateArn: arn }, guest));
    ok(await call('DescribeCertificate', { CertificateArn: await requested(acm, issuer.arn) }));
  });
});
