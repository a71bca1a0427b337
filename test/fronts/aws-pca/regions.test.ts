import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { constraintsOf, leastInput } from '../constraint-cases.ts';
import { activeRoot, csrOf, ecConfiguration, issuance, openPca, type Pca, pending } from './pca.ts';
const vectorCsr = readFileSync(new URL('../../vectors/csr/p256.pem', import.meta.url), 'utf8');

/** Each region is a service of its own, as at AWS: what is made in one is not there in another. */
describe('Private CA in another region', () => {
  let pca: Pca;
  let root = '';
  let certificate = '';

  /** The operations that name an authority, each with the least that it takes. */
  const inputsFor = (authority: string) =>
    Object.entries(constraintsOf('acm-pca')).flatMap(([name, rows]) => {
      const naming = rows.find(({ path }) => path === 'CertificateAuthorityArn' || path === 'ResourceArn');
      if (naming === undefined) return [];
      const samples = {
        CertificateAuthorityArn: authority,
        ResourceArn: authority,
        CertificateArn: certificate.replace(/^.*\/certificate\//, `${authority}/certificate/`),
        Principal: 'acm.amazonaws.com',
        S3BucketName: 'reports',
        AuditReportId: '11111111-2222-4333-8444-555555555555',
        CertificateSerial: 'ab',
        Csr: Buffer.from(vectorCsr).toString('base64'),
        Policy: '{}',
        'Validity.Value': 1,
        'Validity.Type': 'DAYS',
      };
      return [[name, leastInput(rows, samples)] as const];
    });

  before(async () => {
    pca = await openPca();
    ({ arn: root } = await activeRoot(pca));
    certificate = String(ok(await pca.call('IssueCertificate', issuance(root, vectorCsr))).CertificateArn);
  });
  after(() => pca.house.close());

  it('does not find what is there, by each operation, nor under an ARN that names the region', async () => {
    const elsewhere = root.replace(':us-east-1:', ':eu-west-1:');
    for (const [authority, region] of [
      [root, 'eu-west-1'],
      [elsewhere, 'eu-west-1'],
      [elsewhere, 'us-east-1'],
    ] as const) {
      const inputs = inputsFor(authority);
      assert.equal(inputs.length, 21);
      for (const [name, input] of inputs) {
        const answer = await pca.call(name, input, { region });
        assert.equal(answer.body.__type, 'ResourceNotFoundException', `${name} ${JSON.stringify(answer.body)}`);
      }
    }
  });

  it('lists only its own', async () => {
    const other = String(
      ok(
        await pca.call(
          'CreateCertificateAuthority',
          { CertificateAuthorityType: 'ROOT', CertificateAuthorityConfiguration: ecConfiguration },
          { region: 'eu-west-1' },
        ),
      ).CertificateAuthorityArn,
    );
    const listed = async (region: string) =>
      ok(await pca.call('ListCertificateAuthorities', {}, { region })).CertificateAuthorities.map(
        ({ Arn }: { Arn: string }) => Arn,
      );
    assert.match(other, /^arn:aws:acm-pca:eu-west-1:/);
    assert.deepEqual(await listed('eu-west-1'), [other]);
    assert.deepEqual(await listed('us-east-1'), [root]);
    assert.deepEqual(await listed('ap-south-1'), []);
  });

  it('repeats no request of another region by its token', async () => {
    const wish = { IdempotencyToken: 'the-same', CertificateAuthorityType: 'ROOT' };
    const create = (region: string) =>
      pca.call(
        'CreateCertificateAuthority',
        { ...wish, CertificateAuthorityConfiguration: ecConfiguration },
        { region },
      );
    const [one, other, again] = [await create('us-east-1'), await create('eu-west-1'), await create('us-east-1')];
    assert.equal(ok(one).CertificateAuthorityArn, ok(again).CertificateAuthorityArn);
    assert.notEqual(ok(one).CertificateAuthorityArn, ok(other).CertificateAuthorityArn);
  });

  it('has the partition of the region in its ARNs, and no other is valid', async () => {
    for (const [region, partition] of [
      ['cn-north-1', 'aws-cn'],
      ['cn-northwest-1', 'aws-cn'],
      ['us-gov-west-1', 'aws-us-gov'],
      ['eu-central-1', 'aws'],
      ['xx-private-1', 'aws'],
    ] as const) {
      const wish = { CertificateAuthorityType: 'ROOT', CertificateAuthorityConfiguration: ecConfiguration };
      const created = await pca.call('CreateCertificateAuthority', wish, { region });
      const arn = String(ok(created).CertificateAuthorityArn);
      assert.ok(arn.startsWith(`arn:${partition}:acm-pca:${region}:`), arn);
      ok(await pca.call('DescribeCertificateAuthority', { CertificateAuthorityArn: arn }, { region }));
      const wrong = arn.replace(/^arn:[a-z-]+:/, partition === 'aws' ? 'arn:aws-cn:' : 'arn:aws:');
      assertException(
        await pca.call('DescribeCertificateAuthority', { CertificateAuthorityArn: wrong }, { region }),
        'InvalidArnException',
      );
    }
  });

  it('refuses ARNs that name no authority', async () => {
    const id = root.slice(-36);
    for (const arn of [
      root.replace(id, id.toUpperCase()),
      root.replace('certificate-authority/', 'certificate-authority:'),
      root.replace('certificate-authority', 'template'),
      `${root}/certificate/${'0'.repeat(32)}`,
      root.replace(':us-east-1:', '::'),
      root.replace(/:\d{12}:/, '::'),
      root.replace(/:\d{12}:/, ':123:'),
      root.replace(id, '../x'),
    ]) {
      const { status, body } = await pca.call('DescribeCertificateAuthority', { CertificateAuthorityArn: arn });
      const code = String(body.__type);
      assert.ok(status === 400 && ['InvalidArnException', 'ValidationException'].includes(code), `${arn} ${code}`);
    }
  });

  it('still answers the region of the authority after all that', async () => {
    const csr = await csrOf(pca, await pending(pca));
    assert.match(csr, /BEGIN CERTIFICATE REQUEST/);
    ok(await pca.call('GetCertificate', { CertificateAuthorityArn: root, CertificateArn: certificate }));
  });
});
