/** What holds for every operation: accounts are apart, a reading key does not write, what is not there says so. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { operations } from '../../../src/fronts/aws-acm/operations.ts';
import { refused } from '../../../src/fronts/aws-acm/refused.ts';
import { assertException, ok } from '../aws-call.ts';
import { absent, authority, openAcm, requested } from './acm.ts';
import { foreign, importInput } from './foreign.ts';

const acm = await openAcm();
const { house, call } = acm;
const issuer = await authority(acm);
const arn = await requested(acm, issuer.arn);
after(() => house.close());

const Passphrase = Buffer.from('passphrase').toString('base64');
const Tags = [{ Key: 'x' }];
/** Every operation on a certificate: what it takes besides the ARN, and whether it writes. */
const onCertificate: Record<string, { more?: object; writes: boolean }> = {
  AddTagsToCertificate: { more: { Tags }, writes: true },
  DeleteCertificate: { writes: true },
  DescribeCertificate: { writes: false },
  ExportCertificate: { more: { Passphrase }, writes: true },
  GetCertificate: { writes: false },
  ImportCertificate: { more: importInput(foreign()), writes: true },
  ListTagsForCertificate: { writes: false },
  RemoveTagsFromCertificate: { more: { Tags }, writes: true },
};

describe('every operation of ACM', () => {
  it('is in these tests', () => {
    const others = ['ListCertificates', 'RequestCertificate'];
    assert.deepEqual(
      [...Object.keys(onCertificate), ...others].toSorted(),
      operations.map(({ name }) => name),
    );
  });

  it("denies another account's certificate, there or not, in one sentence before any lookup", async () => {
    for (const [name, { more }] of Object.entries(onCertificate)) {
      for (const CertificateArn of [arn, absent(arn)]) {
        assertException(
          await call(name, { CertificateArn, ...more }, { key: house.stranger }),
          'AccessDeniedException',
          `User: arn:aws:iam::${house.stranger.account}:user/administrator is not authorized to perform: acm:${name} ` +
            `on resource: ${CertificateArn} because no resource-based policy allows the acm:${name} action`,
        );
      }
    }
    ok(await call('DescribeCertificate', { CertificateArn: arn }));
  });

  it("does not find another account's certificate under the caller's own account", async () => {
    const own = arn.replace(house.administrator.account, house.stranger.account);
    for (const [name, { more }] of Object.entries(onCertificate)) {
      assertException(
        await call(name, { CertificateArn: own, ...more }, { key: house.stranger }),
        'ResourceNotFoundException',
        `Could not find certificate ${own}.`,
      );
    }
  });

  it('lets a key that may only read, read and nothing else', async () => {
    for (const [name, { more, writes }] of Object.entries(onCertificate)) {
      const answer = await call(name, { CertificateArn: arn, ...more }, { key: house.reader });
      if (writes) assertException(answer, 'AccessDeniedException', /because no identity-based policy allows/);
      else ok(answer);
    }
    ok(await call('ListCertificates', {}, { key: house.reader }));
  });

  it('names user and resource by the partition of the region', async () => {
    const input = { DomainName: 'www.example.com', CertificateAuthorityArn: issuer.arn };
    const { account } = house.reader;
    assertException(
      await call('RequestCertificate', input, { key: house.reader, region: 'cn-north-1' }),
      'AccessDeniedException',
      new RegExp(`^User: arn:aws-cn:iam::${account}:user/.* on resource: arn:aws-cn:acm:cn-north-1:${account}:`),
    );
  });

  it('does not find a certificate of another region', async () => {
    for (const [name, { more }] of Object.entries(onCertificate)) {
      assertException(
        await call(name, { CertificateArn: arn, ...more }, { region: 'eu-west-1' }),
        'ResourceNotFoundException',
        `Could not find certificate ${arn}.`,
      );
    }
  });

  it('that is not there answers as the service does: UnknownOperationException', async () => {
    for (const name of [...Object.keys(refused), 'NoSuchOperation']) {
      assertException(await call(name), 'UnknownOperationException', '');
    }
  });
});
