import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { type AwsAnswer, ok } from '../aws-call.ts';
import { constraintsOf, leastInput } from '../constraint-cases.ts';
import { activeRoot, issuance, openPca, type Pca } from './pca.ts';

const csr = readFileSync(new URL('../../vectors/csr/p256.pem', import.meta.url), 'utf8');
const namesAuthority = /^(CertificateAuthorityArn|ResourceArn)$/;
const readers = /^(Describe|Get|List)/;

describe('every operation of Private CA', () => {
  let pca: Pca;
  let root = '';
  let certificate = '';
  const names = Object.keys(constraintsOf('acm-pca'));

  before(async () => {
    pca = await openPca();
    ({ arn: root } = await activeRoot(pca));
    certificate = String(ok(await pca.call('IssueCertificate', issuance(root, csr))).CertificateArn);
  });
  after(() => pca.house.close());

  /** The least that an operation takes, on an authority. */
  function inputOf(name: string, authority = root): unknown {
    return leastInput(constraintsOf('acm-pca')[name] ?? [], {
      CertificateAuthorityArn: authority,
      ResourceArn: authority,
      CertificateArn: certificate.replace(root, authority),
      Principal: 'acm.amazonaws.com',
      S3BucketName: 'reports',
      AuditReportId: '11111111-2222-4333-8444-555555555555',
      CertificateSerial: 'ab',
      Csr: Buffer.from(csr).toString('base64'),
      Policy: '{}',
      'Validity.Type': 'DAYS',
      'CertificateAuthorityConfiguration.KeyAlgorithm': 'EC_prime256v1',
      'CertificateAuthorityConfiguration.SigningAlgorithm': 'SHA256WITHECDSA',
    });
  }
  const onAuthority = names.filter((name) =>
    (constraintsOf('acm-pca')[name] ?? []).some(({ path }) => namesAuthority.test(path)),
  );
  const codeOf = ({ body }: AwsAnswer): unknown => body.__type;

  it('is one of 23', () => assert.equal(names.length, 23));

  it('is refused without a signature, with a wrong one, and with one that covers another operation', async () => {
    const { administrator } = pca.house;
    const forged = { ...administrator, secret: 'x'.repeat(40) };
    for (const name of names) {
      const body = JSON.stringify(inputOf(name));
      const headers = { 'x-amz-target': `ACMPrivateCA.${name}`, 'content-type': 'application/x-amz-json-1.1' };
      const unsigned = await (await fetch(pca.house.url, { method: 'POST', headers, body })).json();
      assert.equal(Reflect.get(Object(unsigned), '__type'), 'MissingAuthenticationTokenException', name);
      assert.equal(codeOf(await pca.call(name, inputOf(name), { key: forged })), 'InvalidSignatureException', name);
    }
  });

  it('is refused to another account in the words of a denial, which are the same for what is not there', async () => {
    const absent = `${root.slice(0, -12)}000000000000`;
    const { stranger: key } = pca.house;
    assert.equal(onAuthority.length, 21);
    for (const name of onAuthority) {
      const answers = [
        await pca.call(name, inputOf(name), { key }),
        await pca.call(name, inputOf(name, absent), { key }),
      ];
      const [there, gone] = answers.map(({ body }) => String(body.message).replaceAll(root, '').replaceAll(absent, ''));
      assert.deepEqual(answers.map(codeOf), ['AccessDeniedException', 'AccessDeniedException'], name);
      assert.equal(there, gone, name);
      assert.match(
        String(answers[0]?.body.message),
        new RegExp(`is not authorized to perform: acm-pca:${name} on resource`),
      );
    }
  });

  it('is refused to a key that may only read, unless it reads', async () => {
    const { reader: key } = pca.house;
    for (const name of names) {
      const answer = await pca.call(name, inputOf(name), { key });
      if (readers.test(name)) assert.notEqual(codeOf(answer), 'AccessDeniedException', name);
      else assert.equal(codeOf(answer), 'AccessDeniedException', name);
    }
  });

  it('leaves the authority as it was, after all these', async () => {
    const { CertificateAuthority } = ok(
      await pca.call('DescribeCertificateAuthority', { CertificateAuthorityArn: root }),
    );
    assert.equal(CertificateAuthority.Status, 'ACTIVE');
    assert.deepEqual(ok(await pca.call('ListTags', { CertificateAuthorityArn: root })).Tags, []);
    assert.deepEqual(ok(await pca.call('ListPermissions', { CertificateAuthorityArn: root })).Permissions, []);
  });
});
