/** Another account uses an authority through its policy, and not otherwise. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { accessKeyId, authorityId, serialNumber } from '../../../src/core/ids.ts';
import { operations } from '../../../src/fronts/aws-pca/operations.ts';
import { assertException, ok } from '../aws-call.ts';
import type { HouseKey } from '../house.ts';
import { activeRoot, csrOf, csrVector, ecConfiguration, issuance, issued, openPca, pending, template } from './pca.ts';
import { documentOf, notAllowed, reading, sharing, statements } from './policies.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());
const root = await activeRoot(pca);
const { arn } = root;
const id = authorityId(arn.slice(-36));
const absent = `${arn.slice(0, -12)}000000000000`;
const leaf = await issued(pca, arn, csrVector('p256'));
const guest = house.stranger;
const byGuest = { key: guest };
const policyFor = (more?: Parameters<typeof sharing>[2]) => sharing(arn, guest.account, more);
const put = async (Policy: string, ResourceArn = arn) => void ok(await call('PutPolicy', { ResourceArn, Policy }));
const unshare = async (ResourceArn = arn) => void ok(await call('DeletePolicy', { ResourceArn }));
const issue = (more: object = {}, as: object = byGuest, authority = arn) =>
  call('IssueCertificate', issuance(authority, csrVector('p256'), { ...more }), as);
const describeIt = (as: object = byGuest, CertificateAuthorityArn = arn) =>
  call('DescribeCertificateAuthority', { CertificateAuthorityArn }, as);
const revoking = { read: { Action: [...reading, 'acm-pca:RevokeCertificate'] } };

/** Another account's administrator. */
async function anAccount(name: string): Promise<HouseKey> {
  const accessKey = accessKeyId(`AKIA${randomBytes(8).toString('hex').toUpperCase()}`);
  const secret = randomBytes(20).toString('hex');
  const made = { name, isOperator: false, key: { id: accessKey, secret: Buffer.from(secret) } };
  const { id: account, domain } = await house.services.createAccount(made);
  return { id: accessKey, secret, account, domain, role: 'administrator' };
}
const third = await anAccount('third');

const ca = { CertificateAuthorityArn: arn };
const tags = { Tags: [{ Key: 'k', Value: 'v' }] };
const bucket = { S3BucketName: 'some-bucket', AuditReportResponseFormat: 'JSON' };
/** Every operation on an authority: what it takes, and whether a policy can share it. */
const matrix: Record<string, { input: object; isShared?: true }> = {
  CreateCertificateAuthorityAuditReport: { input: { ...ca, ...bucket } },
  CreatePermission: { input: { ...ca, Principal: 'acm.amazonaws.com', Actions: ['GetCertificate'] } },
  DeleteCertificateAuthority: { input: ca },
  DeletePermission: { input: { ...ca, Principal: 'acm.amazonaws.com' } },
  DeletePolicy: { input: { ResourceArn: arn } },
  DescribeCertificateAuthority: { input: ca, isShared: true },
  DescribeCertificateAuthorityAuditReport: { input: { ...ca, AuditReportId: crypto.randomUUID() } },
  GetCertificate: { input: { ...ca, CertificateArn: leaf.arn }, isShared: true },
  GetCertificateAuthorityCertificate: { input: ca, isShared: true },
  GetCertificateAuthorityCsr: { input: ca },
  GetPolicy: { input: { ResourceArn: arn } },
  ImportCertificateAuthorityCertificate: {
    input: { ...ca, Certificate: Buffer.from(root.certificate).toString('base64') },
  },
  IssueCertificate: { input: issuance(arn, csrVector('p256')), isShared: true },
  ListPermissions: { input: ca, isShared: true },
  ListTags: { input: ca, isShared: true },
  PutPolicy: { input: { ResourceArn: arn, Policy: policyFor() } },
  RestoreCertificateAuthority: { input: ca },
  RevokeCertificate: {
    input: { ...ca, CertificateSerial: leaf.arn.slice(-32), RevocationReason: 'SUPERSEDED' },
    isShared: true,
  },
  TagCertificateAuthority: { input: { ...ca, ...tags } },
  UntagCertificateAuthority: { input: { ...ca, ...tags } },
  UpdateCertificateAuthority: { input: { ...ca, Status: 'DISABLED' } },
};
const denied = (name: string, resource = arn, account = guest.account) =>
  notAllowed(account, `acm-pca:${name}`, resource);

describe('every operation of Private CA, called by another account', () => {
  it('is in this matrix', () => {
    const others = ['CreateCertificateAuthority', 'ListCertificateAuthorities'];
    assert.deepEqual([...Object.keys(matrix), ...others].toSorted(), operations.map(({ name }) => name).toSorted());
  });

  it('is denied without a policy, in one sentence whether there is such an authority or not', async () => {
    for (const [name, { input }] of Object.entries(matrix)) {
      assertException(await call(name, input, byGuest), 'AccessDeniedException', denied(name));
      const elsewhere = JSON.parse(JSON.stringify(input).replaceAll(arn, absent));
      assertException(await call(name, elsewhere, byGuest), 'AccessDeniedException', denied(name, absent));
    }
  });

  it('is denied under a policy that names somebody else', async () => {
    await put(sharing(arn, third.account, revoking));
    for (const [name, { input }] of Object.entries(matrix)) {
      assertException(await call(name, input, byGuest), 'AccessDeniedException', denied(name));
    }
  });

  it('succeeds with a policy if it is one of those that can be shared, and no other does', async () => {
    await put(policyFor(revoking));
    for (const [name, { input, isShared }] of Object.entries(matrix)) {
      const answer = await call(name, input, byGuest);
      if (isShared) ok(answer);
      else assertException(answer, 'AccessDeniedException', denied(name));
    }
    const { Status } = ok(await describeIt({})).CertificateAuthority;
    assert.equal(Status, 'ACTIVE');
  });

  it('succeeds only as far as the policy names it', async () => {
    await put(policyFor());
    const { RevokeCertificate, DescribeCertificateAuthority } = matrix;
    assertException(
      await call('RevokeCertificate', RevokeCertificate?.input, byGuest),
      'AccessDeniedException',
      denied('RevokeCertificate'),
    );
    ok(await call('DescribeCertificateAuthority', DescribeCertificateAuthority?.input, byGuest));
  });
});

describe('a shared authority', () => {
  it('issues by the templates of the condition, the default one included, and by no other', async () => {
    await put(policyFor());
    ok(await issue());
    ok(await issue({ TemplateArn: template('EndEntityCertificate') }));
    for (const other of [
      'EndEntityServerAuthCertificate',
      'EndEntityCertificate_APIPassthrough',
      'RootCACertificate',
    ]) {
      assertException(
        await issue({ TemplateArn: template(other) }),
        'AccessDeniedException',
        denied('IssueCertificate'),
      );
    }
    const TemplateArn = [
      template('EndEntityServerAuthCertificate'),
      template('BlankEndEntityCertificate_APIPassthrough'),
    ];
    await put(policyFor({ issue: { Condition: { StringEquals: { 'acm-pca:TemplateArn': TemplateArn } } } }));
    ok(await issue({ TemplateArn: TemplateArn[0] }));
    assertException(await issue(), 'AccessDeniedException', denied('IssueCertificate'));
    await put(policyFor());
  });

  it("keeps the row in the owner's account with the asker's, and both find the certificate", async () => {
    const { CertificateArn } = ok(await issue({ IdempotencyToken: 'once' }));
    assert.equal(CertificateArn.startsWith(`${arn}/certificate/`), true);
    const serial = serialNumber(CertificateArn.slice(-32));
    const { store } = house.world;
    const row = await store.issued.get(house.administrator.account, serial);
    assert.equal(row?.asker.account, guest.account);
    assert.equal(await store.issued.get(guest.account, serial), undefined);
    const input = { ...ca, CertificateArn };
    const [found, same] = [ok(await call('GetCertificate', input, byGuest)), ok(await call('GetCertificate', input))];
    assert.deepEqual(found, same);
    assert.equal(found.CertificateChain, root.certificate);
    assert.equal(ok(await issue({ IdempotencyToken: 'once' })).CertificateArn, CertificateArn);
    assert.notEqual(ok(await issue({ IdempotencyToken: 'once' }, {})).CertificateArn, CertificateArn);
  });

  it('names a user as GetCallerIdentity prints him, and then nobody else of his account', async () => {
    await put(sharing(arn, `arn:aws:iam::${guest.account}:user/administrator`));
    ok(await describeIt());
    await put(sharing(arn, `arn:aws:iam::${guest.account}:user/somebody`));
    assertException(await describeIt(), 'AccessDeniedException', denied('DescribeCertificateAuthority'));
    await put(policyFor());
  });

  it('names its own account without anything changing for it', async () => {
    const own = await activeRoot(pca);
    await put(sharing(own.arn, house.administrator.account), own.arn);
    ok(await issue({}, {}, own.arn));
    assertException(await describeIt(byGuest, own.arn), 'AccessDeniedException');
    assert.deepEqual(await others({}), []);
  });

  it('lets a condition of the policy confine who comes', async () => {
    const under = (Condition: object) => put(policyFor({ read: { Condition } }));
    await under({ StringEquals: { 'aws:PrincipalAccount': guest.account } });
    ok(await describeIt());
    for (const Condition of [
      { StringNotEquals: { 'aws:PrincipalAccount': guest.account } },
      { StringEquals: { 'aws:SourceAccount': guest.account } },
      { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } },
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam:*' } },
    ]) {
      await under(Condition);
      assertException(await describeIt(), 'AccessDeniedException', denied('DescribeCertificateAuthority'));
    }
    await under({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/admin*' } });
    ok(await describeIt());
    await put(policyFor());
  });

  it("does not give its reader what a reader's own role lacks", async () => {
    await put(policyFor());
    const shared = await sharedWithFirst();
    const reader = { key: house.reader };
    ok(await describeIt(reader, shared.arn));
    const { account } = house.reader;
    assertException(
      await issue({}, reader, shared.arn),
      'AccessDeniedException',
      notAllowed(account, 'acm-pca:IssueCertificate', shared.arn, 'reader').replace('resource-based', 'identity-based'),
    );
    ok(await issue({}, {}, shared.arn));
  });

  it("lets only its owner certify a root's own key, whatever the policy names", async () => {
    const Condition = { StringEquals: { 'acm-pca:TemplateArn': template('RootCACertificate') } };
    await put(policyFor({ issue: { Condition } }));
    const own = issuance(arn, await csrOf(pca, arn), { TemplateArn: template('RootCACertificate') });
    assertException(await call('IssueCertificate', own, byGuest), 'InvalidArgsException', /only the account that owns/);
    await put(policyFor());
  });
});

describe('ListCertificateAuthorities of other accounts', () => {
  it('lists what a policy lets the caller see, in its region, and never its own', async () => {
    await put(policyFor());
    const [listed, ...rest] = await others(byGuest);
    assert.deepEqual(rest, []);
    assert.deepEqual(listed, ok(await describeIt({})).CertificateAuthority);
    assert.equal(listed.OwnerAccount, house.administrator.account);
    assert.deepEqual(await others({ ...byGuest, region: 'eu-west-1' }), []);
    assert.deepEqual(await others({ key: third }), []);
    await put(policyFor({ read: { Condition: { StringEquals: { 'aws:SourceAccount': '1' } } } }));
    assert.deepEqual(await others(byGuest), []);
    await unshare();
    assert.deepEqual(await others(byGuest), []);
  });

  it('pages, and its tokens serve no other list', async () => {
    const arns = [];
    for (let at = 0; at < 3; at += 1) {
      const each = await pending(pca, { CertificateAuthorityConfiguration: { ...ecConfiguration } });
      await put(sharing(each, third.account), each);
      arns.push(each);
    }
    const page = (more: object) =>
      call('ListCertificateAuthorities', { MaxResults: 2, ResourceOwner: 'OTHER_ACCOUNTS', ...more }, { key: third });
    const first = ok(await page({}));
    const second = ok(await page({ NextToken: first.NextToken }));
    assert.equal(second.NextToken, undefined);
    const seen = [...first.CertificateAuthorities, ...second.CertificateAuthorities].map(({ Arn }) => String(Arn));
    assert.deepEqual(seen.toSorted(), arns.toSorted());
    const { NextToken } = first;
    assertException(await page({ NextToken, ResourceOwner: 'SELF' }), 'InvalidNextTokenException');
    const asGuest = { ResourceOwner: 'OTHER_ACCOUNTS', NextToken };
    assertException(await call('ListCertificateAuthorities', asGuest, byGuest), 'InvalidNextTokenException');
  });
});

describe('the use of a shared authority ends at once', () => {
  it('with its policy, whole or in part', async () => {
    await put(policyFor());
    ok(await issue());
    await put(sharing(arn, third.account));
    assertException(await issue(), 'AccessDeniedException', denied('IssueCertificate'));
    await put(policyFor());
    ok(await issue());
    await unshare();
    assertException(await issue(), 'AccessDeniedException', denied('IssueCertificate'));
    assertException(await describeIt(), 'AccessDeniedException', denied('DescribeCertificateAuthority'));
  });

  it('when the authority is disabled or deleted, in the words that its owner hears', async () => {
    const own = await activeRoot(pca);
    await put(sharing(own.arn, guest.account), own.arn);
    ok(await issue({}, byGuest, own.arn));
    ok(await call('UpdateCertificateAuthority', { CertificateAuthorityArn: own.arn, Status: 'DISABLED' }));
    const sentence = 'The certificate authority is not in a valid state for issuing certificates';
    assertException(await issue({}, byGuest, own.arn), 'InvalidStateException', sentence);
    ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: own.arn }));
    assertException(await issue({}, byGuest, own.arn), 'InvalidStateException', sentence);
    assert.equal(ok(await describeIt(byGuest, own.arn)).CertificateAuthority.Status, 'DELETED');
  });

  it("when its owner's account is suspended, in the words for what is not there; and the guest's", async () => {
    const shared = await sharedWithFirst();
    const { account } = third;
    ok(await issue({}, {}, shared.arn));
    await house.services.suspendAccount(account, true);
    const sentence = notAllowed(house.administrator.account, 'acm-pca:IssueCertificate', shared.arn);
    assertException(await issue({}, {}, shared.arn), 'AccessDeniedException', sentence);
    await house.services.suspendAccount(account, false);
    ok(await issue({}, {}, shared.arn));
    await put(policyFor());
    await house.services.suspendAccount(guest.account, true);
    assert.notEqual((await issue()).status, 200);
    await house.services.suspendAccount(guest.account, false);
    ok(await issue());
  });
});

describe('a deputy is not confused', () => {
  it("by a certificate of another authority of the same owner, nor by the owner's other account", async () => {
    await put(policyFor(revoking));
    const other = await activeRoot(pca);
    const foreign = await issued(pca, other.arn, csrVector('p256'));
    for (const CertificateArn of [foreign.arn, `${arn}/certificate/${foreign.arn.slice(-32)}`]) {
      const answer = await call('GetCertificate', { ...ca, CertificateArn }, byGuest);
      assertException(answer, 'ResourceNotFoundException', `Could not find Certificate ${CertificateArn}`);
    }
    const revoke = { ...ca, CertificateSerial: foreign.arn.slice(-32), RevocationReason: 'SUPERSEDED' };
    assertException(await call('RevokeCertificate', revoke, byGuest), 'ResourceNotFoundException');
  });

  it("by the right id under the caller's or a third account, or another region", async () => {
    const own = arn.replace(house.administrator.account, guest.account);
    assertException(await describeIt(byGuest, own), 'ResourceNotFoundException');
    const other = arn.replace(house.administrator.account, third.account);
    assertException(
      await describeIt(byGuest, other),
      'AccessDeniedException',
      denied('DescribeCertificateAuthority', other),
    );
    const away = arn.replace('us-east-1', 'eu-west-1');
    for (const region of ['us-east-1', 'eu-west-1']) {
      const answer = await describeIt({ ...byGuest, region }, away);
      assertException(answer, 'AccessDeniedException', denied('DescribeCertificateAuthority', away));
    }
    assertException(await describeIt({ ...byGuest, region: 'eu-west-1' }), 'ResourceNotFoundException');
  });

  it('by a policy that the store holds and nobody can read, or that denies: an explicit deny wins', async () => {
    const { store } = house.world;
    const { account } = house.administrator;
    const commit = async (text: string) => {
      const { version } = (await store.authorities.get(account, id)) ?? assert.fail();
      const policy = { text, principals: [guest.account] };
      await store.commit('put-policy', { account, authority: id, version, policy, now: house.clock.now() });
    };
    await commit('{"Statement":');
    assertException(await describeIt(), 'AccessDeniedException', denied('DescribeCertificateAuthority'));
    const listed: { Arn: string }[] = await others(byGuest);
    assert.equal(
      listed.some(({ Arn }) => Arn === arn),
      false,
    );
    const deny = { Effect: 'Deny', Principal: '*', Action: 'acm-pca:Describe*', Resource: '*' };
    await commit(documentOf(...statements(arn, guest.account), deny));
    const explicit = / with an explicit deny in a resource-based policy$/;
    assertException(await describeIt(), 'AccessDeniedException', explicit);
    ok(await issue());
    await unshare();
  });
});

/** A root of the third account's, shared with the first. */
async function sharedWithFirst() {
  const as: typeof call = (operation, input, more = {}) => call(operation, input, { key: third, ...more });
  const made = await activeRoot({ house, call: as });
  const Policy = sharing(made.arn, house.administrator.account);
  ok(await as('PutPolicy', { ResourceArn: made.arn, Policy }));
  return made;
}

async function others(as: object) {
  return ok(await call('ListCertificateAuthorities', { ResourceOwner: 'OTHER_ACCOUNTS' }, as)).CertificateAuthorities;
}
