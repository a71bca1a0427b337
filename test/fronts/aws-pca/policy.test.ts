import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { activeRoot, openPca, pending, template } from './pca.ts';
import { type Statement, documentOf, notAllowed, reading, sharing, statements } from './policies.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());
const { arn } = await activeRoot(pca);
const guest = house.stranger.account;
const owner = house.administrator.account;
const absent = `${arn.slice(0, -12)}000000000000`;

const put = (Policy: unknown, ResourceArn = arn, as = {}) => call('PutPolicy', { ResourceArn, Policy }, as);
const get = (ResourceArn = arn, as = {}) => call('GetPolicy', { ResourceArn }, as);
const remove = (ResourceArn = arn, as = {}) => call('DeletePolicy', { ResourceArn }, as);
const organization = { 'aws:PrincipalOrgID': 'o-a1b2c3d4z5' };

describe('Private CA PutPolicy, GetPolicy and DeletePolicy', () => {
  describe('accept', () => {
    it('the two required statements, and give them back letter for letter, also to a reader', async () => {
      const policy = sharing(arn, guest).replaceAll(',', ' ,\n\t');
      assert.equal((await put(policy)).text, '');
      assert.deepEqual(ok(await get()), { Policy: policy });
      assert.deepEqual(ok(await get(arn, { key: house.reader })), { Policy: policy });
    });

    it('a policy in place of another, principals in every form, and any template', async () => {
      for (const principal of [
        guest,
        owner,
        `arn:aws:iam::${guest}:root`,
        { AWS: [guest, `arn:aws:iam::${guest}:user/alice`, `arn:aws:iam::${guest}:role/service/issuer`] },
      ]) {
        const policy = sharing(arn, principal);
        ok(await put(policy));
        assert.equal(ok(await get()).Policy, policy);
      }
      const TemplateArn = [template('SubordinateCACertificate_PathLen0'), template('EndEntityServerAuthCertificate')];
      const Condition = { StringEquals: { 'acm-pca:TemplateArn': TemplateArn, 'aws:PrincipalAccount': guest } };
      ok(await put(sharing(arn, guest, { issue: { Condition } })));
    });

    it('an organization, whose members may not be the owner', async () => {
      const Condition = { StringEquals: organization, StringNotEquals: { 'aws:PrincipalAccount': owner } };
      const issue = { StringEquals: { ...organization, 'acm-pca:TemplateArn': template('EndEntityCertificate') } };
      for (const everybody of ['*', { AWS: '*' }]) {
        const [read, issuing] = statements(arn, guest);
        const Principal = everybody;
        ok(await put(documentOf({ ...read, Principal, Condition }, { ...issuing, Principal, Condition: issue })));
      }
    });

    it('the right to revoke, beside reading or in a statement of its own', async () => {
      ok(await put(sharing(arn, guest, { read: { Action: [...reading, 'acm-pca:RevokeCertificate'] } })));
      const Principal = { AWS: guest };
      const revoking = { Effect: 'Allow', Principal, Action: 'acm-pca:RevokeCertificate', Resource: [arn] };
      ok(await put(documentOf(...statements(arn, guest), revoking)));
    });

    it('a policy of 81,920 characters, and one before the authority has its certificate', async () => {
      const policy = sharing(arn, guest);
      ok(await put(policy.padEnd(81_920)));
      const waiting = await pending(pca);
      ok(await put(sharing(waiting, guest), waiting));
      ok(await get(waiting));
    });

    it('deleting a policy that is there, and one that is not', async () => {
      ok(await put(sharing(arn, guest)));
      assert.equal((await remove()).text, '');
      ok(await remove());
    });
  });

  describe('refuse', () => {
    it('what is missing a required statement: InvalidPolicyException', async () => {
      const [read = {}, issue = {}] = statements(arn, guest);
      const fewer = { ...read, Action: reading.slice(1) };
      const none = { ...issue, Condition: undefined };
      for (const policy of [documentOf(read), documentOf(issue), documentOf(fewer, issue), documentOf(read, none)]) {
        assertException(await put(policy), 'InvalidPolicyException', /^The resource policy is not valid: /);
      }
    });

    it('statements of another form: InvalidPolicyException', async () => {
      const [read = {}, issue = {}] = statements(arn, guest);
      const templates = (operator: string, value: unknown) => ({ [operator]: { 'acm-pca:TemplateArn': value } });
      const wrong = [
        { ...read, Effect: 'Deny', Principal: { AWS: guest } },
        { ...read, Principal: undefined, NotPrincipal: { AWS: owner } },
        { ...read, Principal: '*' },
        { ...read, Principal: { AWS: '*' }, Condition: { StringLike: organization } },
        { ...read, Principal: { Service: 'acm.amazonaws.com' } },
        { ...read, Principal: { AWS: '12345' } },
        { ...read, Principal: { AWS: `arn:aws:iam::${guest}:user/*` } },
        { ...read, Action: 'acm-pca:*' },
        { ...read, Action: [...reading, 'acm-pca:DeleteCertificateAuthority'] },
        { ...read, Action: undefined, NotAction: 'acm-pca:IssueCertificate' },
        { ...read, Resource: '*' },
        { ...read, Resource: absent },
        { ...read, Resource: [arn, absent] },
        { ...read, Resource: undefined, NotResource: absent },
        { ...read, Condition: { NumericEquals: { 'aws:PrincipalAccount': '1' } } },
        { ...read, Condition: { StringEquals: { 'aws:SourceIp': '10.0.0.1' } } },
        { ...read, Condition: { StringEquals: { 'aws:username': '${aws:username}' } } },
        { ...issue, Condition: templates('StringNotEquals', template('RootCACertificate')) },
        { ...issue, Condition: templates('StringLike', '*') },
        { ...issue, Condition: templates('StringEquals', template('EndEntity*')) },
        { ...issue, Condition: templates('StringEqualsIfExists', template('EndEntityCertificate')) },
        { ...issue, Condition: templates('StringEquals', template('EndEntityCertificates')) },
        { ...issue, Condition: templates('StringEquals', template('EndEntityCertificate').replace('aws', 'aws-cn')) },
      ];
      for (const statement of wrong) {
        const answer = await put(documentOf(read, issue, statement));
        assertException(answer, 'InvalidPolicyException', /^The resource policy is not valid: /);
      }
    });

    it('in sentences that tell what was found, and what is expected', async () => {
      const [read = {}, issue = {}] = statements(arn, guest);
      const templates = (value: string) => ({ StringEquals: { 'acm-pca:TemplateArn': value } });
      const said: [Statement, string][] = [
        [
          { ...read, Principal: { AWS: '12345' } },
          'the principal "12345" is neither an account nor the ARN of one of its users or roles',
        ],
        [
          { ...read, Principal: { Service: 'acm.amazonaws.com' } },
          'the principal "acm.amazonaws.com" is neither an account nor the ARN of one of its users or roles',
        ],
        [{ ...read, Resource: '*' }, 'a statement has "*" where the ARN of the private CA itself is expected'],
        [
          { ...read, Condition: { NumericEquals: { 'aws:PrincipalAccount': '1' } } },
          'a condition has the operator "NumericEquals", which is not supported',
        ],
        [
          { ...read, Condition: { StringEquals: { 'aws:SourceIp': '10.0.0.1' } } },
          'a condition has the key "aws:sourceip", which is not supported',
        ],
        [
          { ...issue, Condition: templates('a'.repeat(300)) },
          `a condition on acm-pca:TemplateArn has "${'a'.repeat(200)}…", which is the ARN of no template`,
        ],
      ];
      for (const [statement, sentence] of said) {
        const answer = await put(documentOf(read, issue, statement));
        assertException(answer, 'InvalidPolicyException', `The resource policy is not valid: ${sentence}.`);
      }
      const strange = await put(documentOf(read, issue, { ...read, Action: 'acm-pca:*' }));
      assertException(
        strange,
        'InvalidPolicyException',
        /: a statement has "acm-pca:\*" where one of acm-pca:DescribeCert/,
      );
    });

    it('what is no policy, deep, or has a member twice: InvalidPolicyException', async () => {
      const policy = sharing(arn, guest);
      const twice = policy.replace('"Effect":"Allow"', '"Effect":"Deny","Effect":"Allow"');
      const deep = `${'['.repeat(40_000)}${']'.repeat(40_000)}`;
      for (const each of ['{', 'null', '[]', '{}', '{"Statement":[]}', `${policy},`, twice, deep]) {
        assertException(await put(each), 'InvalidPolicyException', /^the policy document is not valid: /);
      }
    });

    it('what would lock its author out: LockoutPreventedException', async () => {
      for (const Action of ['*', 'acm-pca:*', 'acm-pca:PutPolicy', 'acm-pca:deletepolicy']) {
        const lock = { Effect: 'Deny', Principal: '*', Action, Resource: arn };
        const answer = await put(documentOf(...statements(arn, guest), lock));
        assertException(answer, 'LockoutPreventedException', /lock the caller out of the private CA/);
      }
    });

    it('more than 81,920 characters, characters beyond Latin-1 and no text: ValidationException', async () => {
      const policy = sharing(arn, guest);
      assertException(await put(policy.padEnd(81_921)), 'ValidationException', /less than or equal to 81920/);
      assertException(await put(policy.replace('"1"', '"Σ"')), 'ValidationException', /regular expression pattern/);
      assertException(await put(''), 'ValidationException');
    });

    it('what is no authority: InvalidArnException', async () => {
      for (const wrong of [`${arn}/certificate/${'4'.repeat(32)}`, template('EndEntityCertificate')]) {
        assertException(await put(sharing(arn, guest), wrong), 'InvalidArnException');
        assertException(await get(wrong), 'InvalidArnException');
        assertException(await remove(wrong), 'InvalidArnException');
      }
    });

    it('an authority or a policy that is not there: ResourceNotFoundException', async () => {
      const nobody = `Could not find Certificate Authority ${absent}`;
      assertException(await put(sharing(absent, guest), absent), 'ResourceNotFoundException', nobody);
      assertException(await get(absent), 'ResourceNotFoundException', nobody);
      assertException(await remove(absent), 'ResourceNotFoundException', nobody);
      ok(await remove());
      const none = `Could not find a policy attached to Certificate Authority ${arn}`;
      assertException(await get(), 'ResourceNotFoundException', none);
      assertException(await get(arn, { region: 'eu-west-1' }), 'ResourceNotFoundException');
    });

    it('a deleted authority: InvalidStateException; it has its policy again when it is restored', async () => {
      const gone = await pending(pca);
      const policy = sharing(gone, guest);
      ok(await put(policy, gone));
      ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: gone }));
      for (const answer of [await put(policy, gone), await get(gone), await remove(gone)]) {
        assertException(answer, 'InvalidStateException', 'The certificate authority is in the DELETED state');
      }
      ok(await call('RestoreCertificateAuthority', { CertificateAuthorityArn: gone }));
      assert.equal(ok(await get(gone)).Policy, policy);
    });

    it('many changes at once: each is done whole, or ConcurrentModificationException', async () => {
      const policies = Array.from({ length: 24 }, (_, at) => sharing(arn, guest, { read: { Sid: `n${at}` } }));
      const answers = await Promise.all(policies.map((policy) => put(policy)));
      const refused = answers.filter(({ status }) => status !== 200);
      assert.ok(refused.length < answers.length);
      for (const answer of refused) assertException(answer, 'ConcurrentModificationException');
      assert.ok(policies.includes(ok(await get()).Policy));
    });

    it('a reader who writes, and every other account, whatever the policy says', async () => {
      const policy = sharing(arn, guest);
      ok(await put(policy));
      const reader = { key: house.reader };
      assertException(await put(policy, arn, reader), 'AccessDeniedException', /because no identity-based policy/);
      assertException(await remove(arn, reader), 'AccessDeniedException', /because no identity-based policy/);
      for (const ResourceArn of [arn, absent]) {
        for (const name of ['PutPolicy', 'GetPolicy', 'DeletePolicy']) {
          const answer = await call(name, { ResourceArn, Policy: policy }, { key: house.stranger });
          assertException(answer, 'AccessDeniedException', notAllowed(guest, `acm-pca:${name}`, ResourceArn));
        }
      }
      assert.equal(ok(await get()).Policy, policy);
    });
  });

  describe('do', () => {
    it('leave the authority as it was, and tell the audit', async () => {
      const describing = () => call('DescribeCertificateAuthority', { CertificateAuthorityArn: arn });
      const before = ok(await describing());
      house.clock.advance({ minutes: 1 });
      ok(await put(sharing(arn, guest)));
      ok(await remove());
      assert.deepEqual(ok(await describing()), before);
      const told = house.audited.slice(-2).map(({ verb, what, id }) => `${verb} ${what} ${id}`);
      assert.deepEqual(told, [`changed policy ${arn.slice(-36)}`, `changed policy ${arn.slice(-36)}`]);
    });
  });
});
