import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { openPca, pending } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());

describe('Private CA TagCertificateAuthority, UntagCertificateAuthority and ListTags', () => {
  const tag = (arn: string, Tags: object[], as = {}) =>
    call('TagCertificateAuthority', { CertificateAuthorityArn: arn, Tags }, as);
  const untag = (arn: string, Tags: object[], as = {}) =>
    call('UntagCertificateAuthority', { CertificateAuthorityArn: arn, Tags }, as);
  const tagsOf = async (arn: string) => ok(await call('ListTags', { CertificateAuthorityArn: arn })).Tags;
  const numbered = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ Key: `key ${String(from + i).padStart(2, '0')}`, Value: 'v' }));

  describe('accept', () => {
    it('tags to add, to replace, and to remove by key or by key and value', async () => {
      const arn = await pending(pca);
      assert.equal(
        (await tag(arn, [{ Key: 'a', Value: '1' }, { Key: 'ключ', Value: 'значение' }, { Key: 'c' }])).text,
        '',
      );
      ok(await tag(arn, [{ Key: 'a', Value: '2' }]));
      assert.deepEqual(await tagsOf(arn), [
        { Key: 'a', Value: '2' },
        { Key: 'c', Value: '' },
        { Key: 'ключ', Value: 'значение' },
      ]);
      assert.equal((await untag(arn, [{ Key: 'a', Value: 'other' }, { Key: 'c' }, { Key: 'unknown' }])).text, '');
      assert.deepEqual(
        (await tagsOf(arn)).map(({ Key }: { Key: string }) => Key),
        ['a', 'ключ'],
      );
      ok(await untag(arn, [{ Key: 'a', Value: '2' }]));
      assert.deepEqual(
        (await tagsOf(arn)).map(({ Key }: { Key: string }) => Key),
        ['ключ'],
      );
    });
  });

  describe('refuse', () => {
    it('the 51st tag, and nothing of that request stays', async () => {
      const arn = await pending(pca, { Tags: numbered(0, 49) });
      const sentence = 'You can associate up to 50 tags with a private CA.';
      assertException(await tag(arn, numbered(49, 2)), 'TooManyTagsException', sentence);
      assert.equal((await tagsOf(arn)).length, 49);
      ok(await tag(arn, numbered(40, 10)));
      assert.equal((await tagsOf(arn)).length, 50);
      assertException(
        await tag(arn, numbered(0, 51)),
        'ValidationException',
        /'tags' failed to satisfy constraint: Member must have length less than or equal to 50$/,
      );
    });

    it('a reserved prefix, a key given twice, characters that no tag has, a deleted authority', async () => {
      const arn = await pending(pca);
      assertException(await tag(arn, [{ Key: 'AWS:name' }]), 'InvalidTagException', /reserved/);
      assertException(await tag(arn, [{ Key: 'a' }, { Key: 'a' }]), 'InvalidTagException', /more than once/);
      assertException(await tag(arn, [{ Key: 'a' }, { Key: 'a<b' }]), 'ValidationException', /'tags\.2\.member\.key'/);
      assertException(await untag(arn, [{ Key: 'aws:name' }]), 'InvalidTagException', /reserved/);
      assert.deepEqual(await tagsOf(arn), []);
      ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: arn }));
      assertException(await tag(arn, [{ Key: 'a' }]), 'InvalidStateException');
      assertException(await call('ListTags', { CertificateAuthorityArn: arn }), 'InvalidStateException');
    });

    it('any change by a reader, who may list, and everything to another account', async () => {
      const arn = await pending(pca, { Tags: [{ Key: 'a', Value: '1' }] });
      ok(await call('ListTags', { CertificateAuthorityArn: arn }, { key: house.reader }));
      for (const key of [house.reader, house.stranger]) {
        assertException(await tag(arn, [{ Key: 'b' }], { key }), 'AccessDeniedException');
        assertException(await untag(arn, [{ Key: 'a' }], { key }), 'AccessDeniedException');
      }
      assertException(
        await call('ListTags', { CertificateAuthorityArn: arn }, { key: house.stranger }),
        'AccessDeniedException',
      );
      assert.deepEqual(await tagsOf(arn), [{ Key: 'a', Value: '1' }]);
    });
  });

  describe('do', () => {
    it('list by pages, whose token is good for this authority alone', async () => {
      const arn = await pending(pca, { Tags: numbered(0, 5) });
      const first = ok(await call('ListTags', { CertificateAuthorityArn: arn, MaxResults: 3 }));
      const second = ok(
        await call('ListTags', { CertificateAuthorityArn: arn, MaxResults: 3, NextToken: first.NextToken }),
      );
      assert.deepEqual([...first.Tags, ...second.Tags], numbered(0, 5));
      assert.equal(second.NextToken, undefined);
      const other = await pending(pca);
      const moved = await call('ListTags', { CertificateAuthorityArn: other, NextToken: first.NextToken });
      assertException(moved, 'InvalidNextTokenException');
    });
  });
});
