import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { authority, openAcm, requested } from './acm.ts';

const acm = await openAcm();
const { house, call, pca } = acm;
const issuer = await authority(acm);
const arn = await requested(acm, issuer.arn);
after(() => house.close());

const tagged = async (CertificateArn: string) => ok(await call('ListTagsForCertificate', { CertificateArn })).Tags;
const put = (tags: readonly object[], CertificateArn = arn) =>
  call('AddTagsToCertificate', { CertificateArn, Tags: tags });
const remove = (tags: readonly object[]) => call('RemoveTagsFromCertificate', { CertificateArn: arn, Tags: tags });

describe('ACM DeleteCertificate', () => {
  it('removes the certificate for every operation; what the authority issued stays on its record', async () => {
    const doomed = await requested(acm, issuer.arn, { Tags: [{ Key: 'x' }] });
    const { Certificate } = ok(await call('GetCertificate', { CertificateArn: doomed }));
    const { Serial } = ok(await call('DescribeCertificate', { CertificateArn: doomed })).Certificate;
    const { text } = await call('DeleteCertificate', { CertificateArn: doomed });
    assert.equal(text, '');
    for (const name of ['DescribeCertificate', 'GetCertificate', 'DeleteCertificate', 'ListTagsForCertificate']) {
      assertException(
        await call(name, { CertificateArn: doomed }),
        'ResourceNotFoundException',
        `Could not find certificate ${doomed}.`,
      );
    }
    const issued = ok(
      await pca.call('GetCertificate', {
        CertificateAuthorityArn: issuer.arn,
        CertificateArn: `${issuer.arn}/certificate/${String(Serial).replaceAll(':', '')}`,
      }),
    );
    assert.equal(issued.Certificate, Certificate.trimEnd());
  });
});

describe('ACM AddTagsToCertificate, RemoveTagsFromCertificate and ListTagsForCertificate', () => {
  it('adds, replaces values, and removes by key, or only where the value given is equal', async () => {
    assert.deepEqual(await tagged(arn), []);
    ok(await put([{ Key: 'a', Value: '1' }, { Key: 'b' }]));
    ok(await put([{ Key: 'a', Value: '2' }]));
    const both = [
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '' },
    ];
    assert.deepEqual(await tagged(arn), both);
    ok(await remove([{ Key: 'a', Value: '1' }, { Key: 'unknown' }]));
    assert.deepEqual(await tagged(arn), both);
    ok(await remove([{ Key: 'a', Value: '2' }, { Key: 'b' }]));
    assert.deepEqual(await tagged(arn), []);
  });

  it('holds 50 tags: one more is refused with TooManyTagsException and nothing of that call is kept', async () => {
    const full = await requested(acm, issuer.arn);
    const tags = Array.from({ length: 50 }, (_, at) => ({ Key: `key${at}`, Value: 'x' }));
    ok(await put(tags, full));
    ok(await put([{ Key: 'key0', Value: 'changed' }], full));
    assertException(await put([{ Key: 'key1', Value: 'changed' }, { Key: 'one more' }], full), 'TooManyTagsException');
    const kept: { Key: string; Value: string }[] = await tagged(full);
    assert.equal(kept.length, 50);
    assert.equal(kept.find(({ Key }) => Key === 'key1')?.Value, 'x');
    assertException(
      await put([...tags, { Key: 'one more' }], full),
      'ValidationException',
      /at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50$/,
    );
  });

  it('refuses the reserved prefix, a key given twice, and characters that no tag may have', async () => {
    for (const Key of ['aws:tag', 'AWS:tag']) assertException(await put([{ Key }]), 'InvalidTagException');
    assertException(await put([{ Key: 'x' }, { Key: 'x', Value: '1' }]), 'InvalidTagException');
    assertException(
      await put([{ Key: 'x' }, { Key: 'no<tag>' }]),
      'ValidationException',
      /^1 validation error detected: Value 'no<tag>' at 'tags\.2\.member\.key' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
    );
  });
});
