/** What certificates say of CRL and OCSP under each RevocationConfiguration, and what their rows keep of it. */
import assert from 'node:assert/strict';
import { after, describe, it, type TestContext } from 'node:test';
import { serialNumber } from '../../../src/core/ids.ts';
import { partitionOf } from '../../../src/services/pointers.ts';
import { authorityId } from '../../../src/core/ids.ts';
import { crlDistributionPoints } from '../../../src/x509/extensions/crl-distribution-points.ts';
import { ok } from '../aws-call.ts';
import { readingOf } from './openssl-text.ts';
import { csrWith, openPassthrough, own, plainCsr, withOwn } from './passthrough-calls.ts';
import { issued, judge, template } from './pca.ts';

const { pca, root } = await openPassthrough();
const { house, call } = pca;
after(() => house.close());
const id = authorityId(root.arn.slice(-36));
const bucket = { Enabled: true, ExpirationInDays: 7, S3BucketName: 'pointer-bucket' };
const off = { Enabled: false };

async function configure(CrlConfiguration: object, OcspConfiguration: object = off): Promise<void> {
  const RevocationConfiguration = { CrlConfiguration, OcspConfiguration };
  ok(await call('UpdateCertificateAuthority', { CertificateAuthorityArn: root.arn, RevocationConfiguration }));
}

/** The URLs that openssl reads, and the one that the issued row keeps. */
async function urls(t: TestContext, more: Record<string, unknown> = {}, csr = plainCsr) {
  const { certificate, arn } = await issued(pca, root.arn, csr, more);
  const text = await judge(t, { 'c.pem': certificate }, ['x509', '-in', 'c.pem', '-noout', '-text']);
  const { extensions } = readingOf(text);
  const row = await house.world.store.issued.get(house.administrator.account, serialNumber(arn.slice(-32)));
  const found = (name: string) => [...(extensions.get(name)?.value ?? '').matchAll(/URI:(\S+)/g)].map(([, url]) => url);
  return {
    isRead: text !== '',
    crl: found('X509v3 CRL Distribution Points'),
    access: found('Authority Information Access'),
    kept: row?.crl,
  };
}

const issuerUrl = `http://pki.test/authorities/${id}.cer`;
const apiPoint = own('2.5.29.31', crlDistributionPoints.encode(['http://own.test/own.crl']));
const csrPoint = csrWith([
  { oid: '2.5.29.31', critical: false, value: crlDistributionPoints.encode(['http://own.test/csr.crl']) },
]);
const matter = template('BlankEndEntityCertificate_CriticalBasicConstraints_APICSRPassthrough');

describe('the URLs of revocation', () => {
  const complete = `http://pki.test/crl/${id}.crl`;
  const cases: [string, object, object, { crl: string[]; access: string[] }][] = [
    ['are none where both are off', off, off, { crl: [], access: [issuerUrl] }],
    [
      'lie under our own address, not a bucket’s',
      bucket,
      { Enabled: true },
      { crl: [complete], access: ['http://pki.test/ocsp', issuerUrl] },
    ],
    [
      'follow the custom names',
      { ...bucket, CustomCname: 'crl.example' },
      { Enabled: true, OcspCustomCname: 'ocsp.example' },
      { crl: [`http://crl.example/crl/${id}.crl`], access: ['http://ocsp.example', issuerUrl] },
    ],
    [
      'follow the custom path below a custom name',
      { ...bucket, CustomCname: 'crl.example', CustomPath: 'a/b' },
      off,
      { crl: [`http://crl.example/a/b/${id}.crl`], access: [issuerUrl] },
    ],
    [
      'leave the CRL out where the extension is omitted',
      { ...bucket, CrlDistributionPointExtensionConfiguration: { OmitExtension: true } },
      off,
      { crl: [], access: [issuerUrl] },
    ],
    [
      'name the partition of the moment',
      { ...bucket, CrlType: 'PARTITIONED' },
      off,
      { crl: [`http://pki.test/crl/${id}/${partitionOf(id, house.clock.now())}.crl`], access: [issuerUrl] },
    ],
  ];
  for (const [what, crl, ocsp, expected] of cases) {
    it(`${what}; the issued row keeps the CRL's`, async (t) => {
      await configure(crl, ocsp);
      const found = await urls(t);
      if (found.isRead) assert.deepEqual({ crl: found.crl, access: found.access }, expected);
      assert.equal(found.kept, expected.crl[0]);
    });
  }

  it('come from the configuration, then the API, then the CSR', async (t) => {
    const everything = { TemplateArn: matter, ApiPassthrough: withOwn(apiPoint) };
    await configure(bucket);
    const first = await urls(t, everything, csrPoint);
    await configure({ ...bucket, CrlDistributionPointExtensionConfiguration: { OmitExtension: true } });
    const second = await urls(t, everything, csrPoint);
    const third = await urls(t, { TemplateArn: matter }, csrPoint);
    const none = await urls(t, { TemplateArn: template('EndEntityCertificate') }, csrPoint);
    if (!first.isRead) return;
    assert.deepEqual([first.crl, first.kept], [[complete], complete]);
    // What is not ours is not ours to publish: the row does not keep it.
    assert.deepEqual([second.crl, second.kept], [['http://own.test/own.crl'], undefined]);
    assert.deepEqual(third.crl, ['http://own.test/csr.crl']);
    assert.deepEqual(none.crl, []);
  });

  it('stay with a certificate when the configuration changes', async (t) => {
    await configure({ ...bucket, CustomCname: 'old.example' });
    const { arn } = await issued(pca, root.arn, plainCsr);
    await configure({ ...bucket, CustomCname: 'new.example' });
    const row = await house.world.store.issued.get(house.administrator.account, serialNumber(arn.slice(-32)));
    assert.equal(row?.crl, `http://old.example/crl/${id}.crl`);
    assert.equal((await urls(t)).kept, `http://new.example/crl/${id}.crl`);
  });
});
