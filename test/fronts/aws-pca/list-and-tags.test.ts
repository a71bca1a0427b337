import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { describe as described, openPca, pending } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());

describe('Private CA ListCertificateAuthorities', () => {
  it('gives nothing to begin with, and no token', async () => {
    assert.deepEqual(ok(await call('ListCertificateAuthorities')), { CertificateAuthorities: [] });
  });

  it('gives pages, oldest first, that together are the whole list and show what Describe shows', async () => {
    const arns: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      house.clock.advance({ seconds: 1 });
      arns.push(await pending(pca));
    }
    const found: { Arn: string }[] = [];
    let NextToken: string | undefined;
    const sizes: number[] = [];
    do {
      const page = ok(await call('ListCertificateAuthorities', { MaxResults: 2, NextToken }));
      sizes.push(page.CertificateAuthorities.length);
      found.push(...page.CertificateAuthorities);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    assert.deepEqual(sizes, [2, 2, 1]);
    assert.deepEqual(
      found.map(({ Arn }) => Arn),
      arns,
    );
    assert.deepEqual(found[0], await described(pca, String(arns[0])));
  });

  it('shows deleted ones until they are gone, to a reader too', async () => {
    const arn = await pending(pca);
    ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: arn }));
    const { CertificateAuthorities: all } = ok(await call('ListCertificateAuthorities', {}, { key: house.reader }));
    assert.equal(all.find(({ Arn }: { Arn: string }) => Arn === arn).Status, 'DELETED');
  });

  it('shows nothing of another account, of another region, or that others share', async () => {
    await pending(pca);
    const empty = { CertificateAuthorities: [] };
    assert.deepEqual(ok(await call('ListCertificateAuthorities', {}, { key: house.stranger })), empty);
    assert.deepEqual(ok(await call('ListCertificateAuthorities', {}, { region: 'eu-west-1' })), empty);
    assert.deepEqual(ok(await call('ListCertificateAuthorities', { ResourceOwner: 'OTHER_ACCOUNTS' })), empty);
    assert.ok(
      ok(await call('ListCertificateAuthorities', { ResourceOwner: 'SELF' })).CertificateAuthorities.length > 0,
    );
  });

  it('leaves out what another API only knows by its certificate, which is not described either', async () => {
    const known = ok(await call('ListCertificateAuthorities')).CertificateAuthorities.length;
    const { world, administrator } = house;
    const arn = await pending(pca);
    const reader = world.store.authorities;
    const stored = await reader.get(administrator.account, arn.slice(-36) as Parameters<typeof reader.get>[1]);
    assert.ok(stored !== undefined);
    const id = world.random.uuid() as typeof stored.id;
    const { key: _, ...held } = stored;
    await world.store.commit('create-authority', { authority: { ...held, id }, tags: [] });
    assert.equal(ok(await call('ListCertificateAuthorities')).CertificateAuthorities.length, known + 1);
    const elsewhere = `${arn.slice(0, -36)}${id}`;
    assertException(
      await call('DescribeCertificateAuthority', { CertificateAuthorityArn: elsewhere }),
      'ResourceNotFoundException',
    );
  });

  it('refuses a token that was changed, of another list, another account or another region', async () => {
    await pending(pca);
    await pending(pca);
    const { NextToken } = ok(await call('ListCertificateAuthorities', { MaxResults: 1 }));
    const sentence =
      'The token specified in the NextToken argument is not valid. Use the token returned from your previous call to ListCertificateAuthorities.';
    const changed = `${NextToken.slice(0, -1)}${NextToken.endsWith('A') ? 'B' : 'A'}`;
    for (const [input, as] of [
      [{ NextToken: changed }, {}],
      [{ NextToken: 'x' }, {}],
      [{ NextToken, ResourceOwner: 'OTHER_ACCOUNTS' }, {}],
      [{ NextToken }, { key: house.stranger }],
      [{ NextToken }, { region: 'eu-west-1' }],
    ] as const) {
      assertException(await call('ListCertificateAuthorities', input, as), 'InvalidNextTokenException', sentence);
    }
  });

  it('refuses pages of 0 and of 1001', async () => {
    for (const MaxResults of [0, 1001]) {
      assertException(await call('ListCertificateAuthorities', { MaxResults }), 'ValidationException', /'maxResults'/);
    }
  });
});

describe('Private CA TagCertificateAuthority, UntagCertificateAuthority and ListTags', () => {
  const tag = (arn: string, Tags: object[], as = {}) =>
    call('TagCertificateAuthority', { CertificateAuthorityArn: arn, Tags }, as);
  const untag = (arn: string, Tags: object[], as = {}) =>
    call('UntagCertificateAuthority', { CertificateAuthorityArn: arn, Tags }, as);
  const tagsOf = async (arn: string) => ok(await call('ListTags', { CertificateAuthorityArn: arn })).Tags;
  const numbered = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ Key: `key ${String(from + i).padStart(2, '0')}`, Value: 'v' }));

  it('add, replace, and remove by key or by key and value', async () => {
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

  it('list by pages', async () => {
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

  it('refuse the 51st tag, and nothing of that request stays', async () => {
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

  it('refuse a reserved prefix, a key given twice, characters that no tag has, a deleted authority', async () => {
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

  it('let a reader list but not change, and another account nothing', async () => {
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

describe('Private CA as a service', () => {
  it('answers an operation that never was as one that is not there', async () => {
    assertException(await call('MakeCoffee'), 'UnknownOperationException', '');
  });

  it('answers with the request id, the content type and what is no JSON as AWS does', async () => {
    const { headers } = await call('ListCertificateAuthorities');
    assert.match(headers.get('x-amzn-requestid') ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(headers.get('content-type'), 'application/x-amz-json-1.1');
    assertException(await call('ListCertificateAuthorities', '{'), 'SerializationException');
  });
});
