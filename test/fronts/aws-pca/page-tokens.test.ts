import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { openPca, type Pca, pending } from './pca.ts';

const sentenceOf = (operation: string) =>
  `The token specified in the NextToken argument is not valid. Use the token returned from your previous call to ${operation}.`;
const sentence = sentenceOf('ListCertificateAuthorities');

describe('a NextToken of Private CA', () => {
  let pca: Pca;
  const arns: string[] = [];
  const tags = (count: number) => Array.from({ length: count }, (_, at) => ({ Key: `key-${at}`, Value: 'v' }));
  const authorities = (more: object = {}, as = {}) => pca.call('ListCertificateAuthorities', more, as);
  const tagsOf = (arn: string | undefined, more: object = {}, as = {}) =>
    pca.call('ListTags', { CertificateAuthorityArn: arn, ...more }, as);
  const tokenOf = async (answer: ReturnType<typeof authorities>): Promise<string> => String(ok(await answer).NextToken);

  async function addOne(): Promise<void> {
    arns.push(await pending(pca, { Tags: tags(4) }));
    pca.house.clock.advance({ seconds: 1 });
  }

  before(async () => {
    pca = await openPca();
    for (let count = 0; count < 3; count += 1) await addOne();
  });
  after(() => pca.house.close());

  it('shows nothing of what it stands for', async () => {
    for (const token of [
      await tokenOf(authorities({ MaxResults: 1 })),
      await tokenOf(tagsOf(arns[0], { MaxResults: 1 })),
    ]) {
      assert.match(token, /^[\w-]{40,200}$/);
      const inside = Buffer.from(token, 'base64url').toString('latin1');
      for (const known of ['key-', ...arns.map((arn) => arn.slice(-36))]) assert.ok(!inside.includes(known));
    }
  });

  it('goes on where the page ended, with another size of page, while others are added', async () => {
    const first = ok(await authorities({ MaxResults: 2 }));
    await addOne();
    const rest = ok(await authorities({ MaxResults: 1000, NextToken: first.NextToken }));
    const seen = [...first.CertificateAuthorities, ...rest.CertificateAuthorities].map(({ Arn }) => Arn);
    assert.deepEqual([seen, rest.NextToken], [arns, undefined]);
    const again = ok(await authorities({ MaxResults: 1, NextToken: first.NextToken }));
    assert.equal(again.CertificateAuthorities[0].Arn, arns[2]);

    const page = ok(await tagsOf(arns[0], { MaxResults: 2 }));
    ok(
      await pca.call('TagCertificateAuthority', {
        CertificateAuthorityArn: arns[0],
        Tags: [{ Key: 'a' }, { Key: 'z' }],
      }),
    );
    const others = ok(await tagsOf(arns[0], { MaxResults: 50, NextToken: page.NextToken }));
    const keys = [...page.Tags, ...others.Tags].map(({ Key }) => Key);
    assert.deepEqual(keys, ['key-0', 'key-1', 'key-2', 'key-3', 'z']);
  });

  it('is of one list, authority, account, region and filter', async () => {
    const ofAuthorities = await tokenOf(authorities({ MaxResults: 1 }));
    const ofTags = await tokenOf(tagsOf(arns[0], { MaxResults: 1 }));
    const { stranger, reader } = pca.house;
    const permissionsOf = (NextToken: string) =>
      pca.call('ListPermissions', { CertificateAuthorityArn: arns[0], NextToken });
    for (const [operation, refused] of [
      ['ListCertificateAuthorities', authorities({ NextToken: ofTags })],
      ['ListCertificateAuthorities', authorities({ NextToken: ofAuthorities, ResourceOwner: 'OTHER_ACCOUNTS' })],
      ['ListCertificateAuthorities', authorities({ NextToken: ofAuthorities }, { key: stranger })],
      ['ListCertificateAuthorities', authorities({ NextToken: ofAuthorities }, { region: 'eu-west-1' })],
      ['ListTags', tagsOf(arns[0], { NextToken: ofAuthorities })],
      ['ListTags', tagsOf(arns[1], { NextToken: ofTags })],
      ['ListPermissions', permissionsOf(ofTags)],
      ['ListPermissions', permissionsOf(ofAuthorities)],
    ] as const) {
      assertException(await refused, 'InvalidNextTokenException', sentenceOf(operation));
    }
    ok(await authorities({ NextToken: ofAuthorities, ResourceOwner: 'SELF' }));
    ok(await authorities({ NextToken: ofAuthorities }, { key: reader }));
    ok(await tagsOf(arns[0], { NextToken: ofTags, MaxResults: 3 }));
  });

  it('is refused when it was changed, made up, or is a day old', async () => {
    const token = await tokenOf(authorities({ MaxResults: 1 }));
    const changed = [...token].map(
      (letter, at) => `${token.slice(0, at)}${letter === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`,
    );
    for (const bad of [...changed, 'x', token.slice(1), `${token}=`, ` ${token}`, '💥', 'a'.repeat(43_739)]) {
      assertException(await authorities({ NextToken: bad }), 'InvalidNextTokenException', sentence);
    }
    assertException(await authorities({ NextToken: '' }), 'ValidationException');
    pca.house.clock.advance({ hours: 23 });
    ok(await authorities({ NextToken: token }));
    pca.house.clock.advance({ hours: 2 });
    assertException(await authorities({ NextToken: token }), 'InvalidNextTokenException', sentence);
  });
});
