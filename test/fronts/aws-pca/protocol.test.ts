import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { awsAcmFront, signingName as acmSigningName } from '../../../src/fronts/aws-acm/front.ts';
import { awsPcaFront, signingName } from '../../../src/fronts/aws-pca/front.ts';
import { awsCaller, ok } from '../aws-call.ts';
import { openHouse } from '../house.ts';
import { activeRoot, type Pca, pending } from './pca.ts';

describe('AWS JSON 1.1 as Private CA speaks it', () => {
  let pca: Pca;
  /** A caller that signs for one service and names an operation of any. */
  const caller = (service: string, targetPrefix: string) =>
    awsCaller(pca.house, { signingName: service, targetPrefix });

  before(async () => {
    const house = await openHouse(({ aws, services }) => [
      awsPcaFront({ ...aws(signingName), services }),
      awsAcmFront({ ...aws(acmSigningName), services }),
    ]);
    pca = { house, call: awsCaller(house, { signingName, targetPrefix: 'ACMPrivateCA' }) };
  });
  after(() => pca.house.close());

  it('gives each answer an id of its own, a date, its type and its length', async () => {
    const answers = [
      await pca.call('ListCertificateAuthorities'),
      await pca.call('ListCertificateAuthorities', { MaxResults: 0 }),
    ];
    for (const { headers, text } of answers) {
      assert.match(headers.get('x-amzn-requestid') ?? '', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      assert.equal(headers.get('content-type'), 'application/x-amz-json-1.1');
      assert.equal(headers.get('content-length'), String(Buffer.byteLength(text)));
      assert.ok(Number.isFinite(Date.parse(headers.get('date') ?? '')));
    }
    assert.equal(new Set(answers.map(({ headers }) => headers.get('x-amzn-requestid'))).size, 2);
  });

  it('writes an error as its type and message and nothing more, HTTP 400', async () => {
    const { status, text } = await pca.call('ListCertificateAuthorities', { MaxResults: 0 });
    assert.equal(status, 400);
    assert.equal(
      text,
      JSON.stringify({
        __type: 'ValidationException',
        message:
          "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
      }),
    );
  });

  it('writes times as numbers of seconds, and leaves out what has no value', async () => {
    const arn = await pending(pca);
    const described = ok(await pca.call('DescribeCertificateAuthority', { CertificateAuthorityArn: arn }));
    const { CreatedAt, NotAfter, Serial } = described.CertificateAuthority;
    assert.deepEqual([CreatedAt, NotAfter, Serial], [pca.house.clock.now() / 1000, undefined, undefined]);
    assert.ok(!JSON.stringify(described).includes('null'));
  });

  it('answers an operation without output with an empty body', async () => {
    const { arn } = await activeRoot(pca);
    const answer = await pca.call('UpdateCertificateAuthority', { CertificateAuthorityArn: arn, Status: 'DISABLED' });
    assert.deepEqual([answer.status, answer.text], [200, '']);
    assert.equal(answer.headers.get('content-length'), '0');
  });

  it('knows an operation only by its whole name', async () => {
    for (const name of [
      '',
      'listTags',
      'ListTags ',
      'ListTags.',
      'ListTags.x',
      'ListTag',
      'ListTagsForCertificate',
      '*',
    ]) {
      const { status, body } = await pca.call(name.trimEnd() === name ? name : `${name}x`);
      assert.deepEqual([status, body], [400, { __type: 'UnknownOperationException', message: '' }], name);
    }
    for (const prefix of ['acmprivateca', 'ACMPrivateCA.ACMPrivateCA', 'AcmPca', 'DynamoDB_20120810']) {
      const { status, body } = await caller(signingName, prefix)('ListCertificateAuthorities');
      assert.deepEqual([status, body.__type], [400, 'UnknownOperationException'], prefix);
    }
  });

  it('takes no signature for another service, whichever operation it names', async () => {
    const wanted = { acm: 'CertificateManager', 'acm-pca': 'ACMPrivateCA' };
    for (const [service, other] of [
      ['acm', 'acm-pca'],
      ['acm-pca', 'acm'],
    ] as const) {
      for (const signedFor of [other, 's3', 'ACM-PCA', '']) {
        const operation = service === 'acm' ? 'ListCertificates' : 'ListCertificateAuthorities';
        const { status, body } = await caller(signedFor || 'x', wanted[service])(operation);
        assert.deepEqual(
          [status, body],
          [
            400,
            {
              __type: 'InvalidSignatureException',
              message: `Credential should be scoped to correct service: '${service}'.`,
            },
          ],
        );
      }
    }
  });

  it('takes no scope whose region is none', async () => {
    for (const region of ['US-EAST-1', 'useast1', 'us_east_1', 'us-east-1;', 'a'.repeat(40)]) {
      const { body } = await pca.call('ListCertificateAuthorities', {}, { region });
      assert.deepEqual(body, {
        __type: 'InvalidSignatureException',
        message: 'Credential should be scoped to a valid region.',
      });
    }
  });

  it('is asked by POST / alone, and without a signature says that it lacks one', async () => {
    const headers = { 'x-amz-target': 'ACMPrivateCA.ListCertificateAuthorities' };
    const json = { ...headers, 'content-type': 'application/x-amz-json-1.1' };
    const typeOf = async (path: string, init: RequestInit) =>
      Reflect.get(Object(await (await fetch(`${pca.house.url}${path}`, init)).json()), '__type');
    assert.equal(await typeOf('/', { method: 'GET', headers: json }), 'UnknownOperationException');
    assert.equal(await typeOf('/x', { method: 'POST', headers: json, body: '{}' }), 'UnknownOperationException');
    assert.equal(await typeOf('//', { method: 'POST', headers: json, body: '{}' }), 'UnknownOperationException');
    assert.equal(await typeOf('/', { method: 'POST', headers, body: '{}' }), 'UnknownOperationException');
    assert.equal(
      await typeOf('/', { method: 'POST', headers: json, body: '{}' }),
      'MissingAuthenticationTokenException',
    );
    assert.equal(
      await typeOf('/', { method: 'POST', headers: json, body: '{' }),
      'MissingAuthenticationTokenException',
    );
    assert.equal((await fetch(`${pca.house.url}/`)).status, 404);
  });

  it('leaves no secret, token, body or signature of what it refused in the log', async () => {
    const { administrator, logged } = { administrator: pca.house.administrator, logged: pca.house.logged };
    const { NextToken } = ok(await pca.call('ListCertificateAuthorities', { MaxResults: 1 }));
    await pca.call('ListCertificateAuthorities', { NextToken: `${NextToken}A` });
    await pca.call('ListCertificateAuthorities', { NextToken, ResourceOwner: 'a-word-of-the-body' });
    await pca.call('ListCertificateAuthorities', '{"a-word-of-the-body":');
    await pca.call('ListCertificateAuthorities', {}, { key: { ...administrator, secret: 'another-secret-entirely' } });
    const lines = logged.join('\n');
    assert.ok(lines.includes('InvalidNextTokenException') && lines.includes('SerializationException'));
    for (const word of [
      NextToken,
      'a-word-of-the-body',
      administrator.secret,
      'another-secret-entirely',
      'AWS4-HMAC',
    ]) {
      assert.ok(!lines.includes(word), word);
    }
  });
});
