import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { beginning } from '../house.ts';
import { openPca, pending } from './pca.ts';
import { notAllowed } from './policies.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());
const { account } = house.administrator;
const Principal = 'acm.amazonaws.com';
const Actions = ['IssueCertificate', 'GetCertificate', 'ListPermissions'];

const on =
  (name: string) =>
  (CertificateAuthorityArn: string, more: object = {}, as = {}) =>
    call(`${name}`, { CertificateAuthorityArn, ...more }, as);
const create = (arn: string, more: object = {}, as = {}) =>
  on('CreatePermission')(arn, { Principal, Actions, ...more }, as);
const remove = (arn: string, more: object = {}, as = {}) => on('DeletePermission')(arn, { Principal, ...more }, as);
const list = on('ListPermissions');

describe('Private CA CreatePermission, ListPermissions and DeletePermission', () => {
  describe('accept', () => {
    it("ACM's principal with all three actions, and list it with a policy that says the same", async () => {
      const arn = await pending(pca);
      assert.equal((await create(arn)).text, '');
      const { Permissions, NextToken } = ok(await list(arn));
      assert.equal(NextToken, undefined);
      const [{ Policy, ...permission }] = Permissions;
      assert.deepEqual(permission, {
        CertificateAuthorityArn: arn,
        CreatedAt: beginning / 1000,
        Principal,
        SourceAccount: account,
        Actions,
      });
      const [statement] = JSON.parse(Policy).Statement;
      assert.deepEqual(
        statement.Action,
        Actions.map((name) => `acm-pca:${name}`),
      );
      assert.deepEqual(statement.Principal, { Service: Principal });
      assert.equal(statement.Resource, arn);
    });

    it('fewer actions, one given twice, and the own account as source', async () => {
      const arn = await pending(pca);
      ok(await create(arn, { Actions: ['GetCertificate', 'GetCertificate'], SourceAccount: account }));
      assert.deepEqual(ok(await list(arn)).Permissions[0].Actions, ['GetCertificate']);
      ok(await remove(arn, { SourceAccount: account }));
    });

    it('an empty list, pages, and a reader who lists', async () => {
      const arn = await pending(pca);
      assert.deepEqual(ok(await list(arn)), { Permissions: [] });
      ok(await create(arn));
      const { Permissions, NextToken } = ok(await list(arn, { MaxResults: 1 }, { key: house.reader }));
      assert.equal(Permissions.length, 1);
      assert.equal(NextToken, undefined);
    });

    it('deleting, and creating again', async () => {
      const arn = await pending(pca);
      ok(await create(arn));
      assert.equal((await remove(arn)).text, '');
      assert.deepEqual(ok(await list(arn)).Permissions, []);
      ok(await create(arn));
    });
  });

  describe('refuse', () => {
    it('the same principal again: PermissionAlreadyExistsException', async () => {
      const arn = await pending(pca);
      ok(await create(arn));
      for (const more of [{}, { SourceAccount: account }, { Actions: ['GetCertificate'] }]) {
        assertException(
          await create(arn, more),
          'PermissionAlreadyExistsException',
          'The designated permission has already been given to the user.',
        );
      }
    });

    it('another principal, another source account, and what breaks the shape: ValidationException', async () => {
      const arn = await pending(pca);
      const wrong = [
        { Principal: 'ec2.amazonaws.com' },
        { Principal: account },
        { Principal: '*' },
        { SourceAccount: house.stranger.account },
        { SourceAccount: '12' },
        { Actions: [] },
        { Actions: ['RevokeCertificate'] },
        { Actions: [...Actions, 'GetCertificate'] },
      ];
      for (const more of wrong) assertException(await create(arn, more), 'ValidationException');
      assert.deepEqual(ok(await list(arn)).Permissions, []);
    });

    it('a permission or an authority that is not there: ResourceNotFoundException', async () => {
      const arn = await pending(pca);
      const none = `Could not find a permission of ${Principal} on Certificate Authority ${arn}`;
      assertException(await remove(arn), 'ResourceNotFoundException', none);
      ok(await create(arn));
      assertException(await remove(arn, { SourceAccount: house.stranger.account }), 'ResourceNotFoundException', none);
      const absent = `${arn.slice(0, -12)}000000000000`;
      for (const answer of [await create(absent), await list(absent), await remove(absent)]) {
        assertException(answer, 'ResourceNotFoundException', `Could not find Certificate Authority ${absent}`);
      }
    });

    it('what is no authority: InvalidArnException', async () => {
      const wrong = `arn:aws:acm-pca:us-east-1:${account}:certificate-authority/x`;
      for (const answer of [await create(wrong), await list(wrong), await remove(wrong)]) {
        assertException(answer, 'InvalidArnException');
      }
    });

    it('a deleted authority: InvalidStateException in the words that Terraform matches', async () => {
      const arn = await pending(pca);
      ok(await create(arn));
      ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: arn }));
      for (const answer of [await create(arn), await list(arn), await remove(arn)]) {
        assertException(answer, 'InvalidStateException', 'The certificate authority is in the DELETED state');
      }
    });

    it('a token of another list: InvalidNextTokenException', async () => {
      assertException(await list(await pending(pca), { NextToken: 'made-up' }), 'InvalidNextTokenException');
    });

    it('a reader who writes, and another account', async () => {
      const arn = await pending(pca);
      for (const [name, answer] of [
        ['CreatePermission', create],
        ['DeletePermission', remove],
        ['ListPermissions', list],
      ] as const) {
        const action = `acm-pca:${name}`;
        const foreign = await answer(arn, {}, { key: house.stranger });
        assertException(foreign, 'AccessDeniedException', notAllowed(house.stranger.account, action, arn));
        if (answer === list) continue;
        const reading = await answer(arn, {}, { key: house.reader });
        assertException(reading, 'AccessDeniedException', /because no identity-based policy allows/);
      }
    });
  });

  describe('do', () => {
    it('keep what managed renewal reads, until it is deleted', async () => {
      const arn = await pending(pca);
      ok(await create(arn));
      const { authorities, sharing } = house.world.store;
      const { items } = await authorities.page(account, { limit: 100, now: house.clock.now() });
      const found = items.find(({ id }) => arn.endsWith(id)) ?? assert.fail();
      const kept = await sharing.permissions(account, found.id);
      assert.deepEqual(kept, [
        { principal: Principal, sourceAccount: account, actions: Actions, createdAt: beginning },
      ]);
    });
  });
});
