import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { describe as described, openPca, pending } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());

describe('Private CA ListCertificateAuthorities', () => {
  describe('accepts', () => {
    it('a list of nothing, which has no token', async () => {
      const elsewhere = { region: 'sa-east-1' };
      assert.deepEqual(ok(await call('ListCertificateAuthorities', {}, elsewhere)), { CertificateAuthorities: [] });
    });

    it('pages of 1 and of 1000, and either owner', async () => {
      const arn = await pending(pca);
      const list = async (more: object) =>
        ok(await call('ListCertificateAuthorities', more)).CertificateAuthorities.map(
          ({ Arn }: { Arn: string }) => Arn,
        );
      assert.equal((await list({ MaxResults: 1 })).length, 1);
      assert.ok((await list({ MaxResults: 1000 })).includes(arn));
      assert.ok((await list({ ResourceOwner: 'SELF' })).includes(arn));
      assert.ok(!(await list({ ResourceOwner: 'OTHER_ACCOUNTS' })).includes(arn));
    });
  });

  describe('refuses', () => {
    it('a token that was changed, of another list, another account or another region', async () => {
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

    it('pages of 0 and of 1001', async () => {
      for (const MaxResults of [0, 1001]) {
        assertException(
          await call('ListCertificateAuthorities', { MaxResults }),
          'ValidationException',
          /'maxResults'/,
        );
      }
    });
  });

  describe('does', () => {
    it('gives pages, oldest first, that together are the whole list and show what Describe shows', async (t) => {
      const fresh = await openPca();
      t.after(() => fresh.house.close());
      const arns: string[] = [];
      for (let i = 0; i < 5; i += 1) {
        fresh.house.clock.advance({ seconds: 1 });
        arns.push(await pending(fresh));
      }
      const found: { Arn: string }[] = [];
      let NextToken: string | undefined;
      const sizes: number[] = [];
      do {
        const page = ok(await fresh.call('ListCertificateAuthorities', { MaxResults: 2, NextToken }));
        sizes.push(page.CertificateAuthorities.length);
        found.push(...page.CertificateAuthorities);
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      assert.deepEqual(sizes, [2, 2, 1]);
      assert.deepEqual(
        found.map(({ Arn }) => Arn),
        arns,
      );
      assert.deepEqual(found[0], await described(fresh, String(arns[0])));
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
  });
});
