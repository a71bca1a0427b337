import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { awsQueryFront } from '../../src/wire/aws-query/dispatch.ts';
import { awsQueryAuthenticator } from '../../src/wire/aws-query/authenticate.ts';
import { shape } from '../../src/wire/aws-query/shapes.ts';
import { operationsOf } from '../../src/wire/operation.ts';
import { aRequest, keyRing } from './a-key.ts';
import { aCaller, faults } from './a-toy-front.ts';

const whoAmI = operationsOf<null>()({
  name: 'GetCallerIdentity',
  input: shape({}),
  action: () => ({ action: 'sts:GetCallerIdentity', access: 'read', resource: '*' }),
  run: (_input, { caller }) => caller,
  view: ({ account, userName }) => ({ Arn: `<${userName}&>`, UserId: undefined, Account: account }),
});

function front(authenticate = () => aCaller()) {
  return awsQueryFront(
    {
      name: 'aws-sts',
      signingService: 'sts',
      version: '2011-06-15',
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      operations: [whoAmI],
      refused: { AssumeRole: { reason: 'no roles yet', code: 'AccessDenied', message: 'No.', status: 403 } },
      faults,
    },
    { services: null, authenticate, observe: () => {}, log: { info() {}, warn() {}, error() {} } },
  );
}

function form(body: string, scope = 'sts') {
  return aRequest({
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260102/us-east-1/${scope}/aws4_request, SignedHeaders=host, Signature=00`,
    },
    body,
  });
}

const id = '6434f74f-2d13-4e6a-89eb-93ee313f1a43';

describe('the AWS query protocol', () => {
  it('answers with the document that STS sends, its text escaped', async () => {
    const { status, headers, body } = await front().answer(form('Action=GetCallerIdentity&Version=2011-06-15'));
    assert.equal(status, 200);
    assert.deepEqual([headers['content-type'], headers['x-amzn-requestid']], ['text/xml', id]);
    assert.equal(
      body,
      `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>&lt;administrator&amp;&gt;</Arn>
    <Account>111122223333</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata>
    <RequestId>${id}</RequestId>
  </ResponseMetadata>
</GetCallerIdentityResponse>
`,
    );
  });

  it('claims forms that are signed for its service, and no others', () => {
    assert.ok(front().claims(form('')));
    assert.ok(!front().claims(form('', 'iam')));
    assert.ok(!front().claims(aRequest({ method: 'GET' })));
    assert.ok(!front().claims(aRequest({ headers: { 'content-type': 'application/json' } })));
  });

  it('refuses in the document that STS sends', async () => {
    const { status, body } = await front().answer(form('Action=FlyHome&Version=2011-06-15'));
    assert.equal(status, 400);
    assert.equal(
      body,
      `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error>
    <Type>Sender</Type>
    <Code>InvalidAction</Code>
    <Message>Could not find operation FlyHome for version 2011-06-15</Message>
  </Error>
  <RequestId>${id}</RequestId>
</ErrorResponse>
`,
    );
  });

  it('refuses another version, no action, a field twice, and what its catalogue refuses', async () => {
    const codeOf = async (body: string) => /<Code>(\w+)/.exec(String((await front().answer(form(body))).body))?.[1];
    assert.equal(await codeOf('Action=GetCallerIdentity&Version=2010-01-01'), 'InvalidAction');
    assert.equal(await codeOf('Version=2011-06-15'), 'MissingAction');
    assert.equal(await codeOf('Action=GetCallerIdentity&Action=AssumeRole&Version=2011-06-15'), 'MalformedQueryString');
    assert.equal(await codeOf('Action=AssumeRole&Version=2011-06-15'), 'AccessDenied');
    const endless = `Action=GetCallerIdentity&Version=2011-06-15&${'a&'.repeat(40_000)}`;
    assert.equal(await codeOf(endless), 'MalformedQueryString', 'a form is read before its signature is checked');
  });

  it('has codes and statuses of its own for signatures', async () => {
    const check = awsQueryAuthenticator(keyRing(), 'sts');
    const signed = awsQueryFront(
      {
        name: 'aws-sts',
        signingService: 'sts',
        version: '2011-06-15',
        namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
        operations: [whoAmI],
        refused: {},
        faults,
      },
      { services: null, authenticate: check, observe: () => {}, log: { info() {}, warn() {}, error() {} } },
    );
    const nobody = aRequest({ body: 'Action=GetCallerIdentity&Version=2011-06-15' });
    const { status, body } = await signed.answer(nobody);
    assert.equal(status, 403);
    assert.match(String(body), /<Code>MissingAuthenticationToken<\/Code>/);
  });
});
