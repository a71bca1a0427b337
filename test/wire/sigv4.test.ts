import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import aws4 from 'aws4';
import fc from 'fast-check';
import { headerFields } from '../../src/wire/request.ts';
import { canonicalRequest, sha256Hex } from '../../src/wire/sigv4/canonical-request.ts';
import { parseAuthorization } from '../../src/wire/sigv4/credential.ts';
import { isSignedBy } from '../../src/wire/sigv4/signature.ts';
import { aRequest, aSecret, keyRing } from './a-key.ts';
import { door, signed } from './a-signed-request.ts';

/** From the signatures that AWS published with its test suite; every one is recomputed here. */
const published: Readonly<
  Record<
    string,
    { query?: string; method?: string; path?: string; fields?: string[]; body?: string; signature: string }
  >
> = {
  'get-vanilla': { signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
  'get-vanilla-query-order-key-case': {
    query: 'Param2=value2&Param1=value1',
    signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  },
  'get-vanilla-empty-query-key': {
    query: 'Param1=value1',
    signature: 'a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb',
  },
  'get-header-value-trim': {
    fields: ['My-Header1', ' value1', 'My-Header2', ' "a   b   c"'],
    signature: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  },
  'get-header-key-duplicate': {
    fields: ['My-Header1', 'value2', 'My-Header1', 'value2', 'My-Header1', 'value1'],
    signature: 'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
  },
  'get-slashes, get-relative': {
    path: '//a/..//./',
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  'post-vanilla': { method: 'POST', signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b' },
  'post-x-www-form-urlencoded': {
    method: 'POST',
    fields: ['Content-Type', 'application/x-www-form-urlencoded'],
    body: 'Param1=value1',
    signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  },
};

describe('Signature Version 4 accepts', () => {
  // The cases of AWS's published test suite: key AKIDEXAMPLE, 20150830T123600Z, us-east-1, service `service`.
  for (const [name, { query = '', method = 'GET', path = '/', fields = [], body = '', signature }] of Object.entries(
    published,
  )) {
    it(`AWS's published example ${name}`, () => {
      const headers = ['Host', 'example.amazonaws.com', ...fields, 'X-Amz-Date', '20150830T123600Z'];
      const request = aRequest({ method, path, query, headers, body });
      const names = [...headerFields(headers).names()].sort().join(';');
      const scope = '20150830/us-east-1/service/aws4_request';
      const credential = parseAuthorization(
        `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=${names}, Signature=${signature}`,
      );
      const canonical = canonicalRequest(request, credential.signedHeaders, sha256Hex(body)) ?? '';
      const text = `AWS4-HMAC-SHA256\n20150830T123600Z\n${scope}\n${sha256Hex(canonical)}`;
      assert.ok(isSignedBy({ secret: Buffer.from(aSecret), derived: new Map() }, credential, text), canonical);
    });
  }

  it('what the AWS SDK signs, and says who asked', async () => {
    const ring = keyRing();
    const caller = await door(ring)(aRequest(await signed()));
    assert.deepEqual(caller, {
      account: '111122223333',
      domain: 'd78cbac186b744899480f25bd022f468',
      userName: 'administrator',
      role: 'administrator',
      isOperator: true,
      accessKey: 'AKIAIOSFODNN7EXAMPLE',
      region: 'us-east-1',
      front: 'aws-pca',
      operation: 'ListTags',
      requestId: '6434f74f-2d13-4e6a-89eb-93ee313f1a43',
    });
    assert.deepEqual(ring.seen.uses, ['AKIAIOSFODNN7EXAMPLE']);
  });

  it('what aws4 signs, with the content type left unsigned', async () => {
    const request = aws4.sign(
      {
        service: 'acm-pca',
        region: 'us-east-1',
        method: 'POST',
        path: '/',
        host: 'localhost',
        body: '{}',
        headers: { 'X-Amz-Date': '20260102T030405Z', 'X-Amz-Target': 'ACMPrivateCA.ListTags' },
        extraHeadersToIgnore: { 'content-type': true, 'content-length': true },
      },
      { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: aSecret },
    );
    const headers = Object.entries(request.headers ?? {}).flatMap(([name, value]) => [name, String(value)]);
    const caller = await door()(aRequest({ headers, body: '{}' }));
    assert.equal(caller.account, '111122223333');
  });

  it('any path, query, header and body that the AWS SDK signs', async () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => text.isWellFormed());
    const value = fc.string({ unit: fc.constantFrom(...' abcXYZ019-_.~;:=,/"%+'), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          // The SDK's own copy of a query loses a member that is named __proto__.
          word.filter((name) => name !== '' && name !== '__proto__' && !/^x-amz/i.test(name)),
          word,
          { maxKeys: 4 },
        ),
        value,
        word,
        fc.array(
          word.map(encodeURIComponent).filter((part) => !/^\.{0,2}$/.test(part)),
          { maxLength: 3 },
        ),
        async (query, header, body, path) => {
          const request = await signed({
            query,
            headers: { 'x-note': header.trim() },
            body,
            path: `/${path.join('/')}`,
          });
          assert.equal((await door()(aRequest(request))).account, '111122223333');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('an unsigned x-amz-user-agent, which browsers and SDKs add late', async () => {
    const { headers, ...rest } = await signed();
    const caller = await door()(aRequest({ ...rest, headers: { ...headers, 'x-amz-user-agent': 'aws-sdk-js' } }));
    assert.equal(caller.region, 'us-east-1');
  });

  it('a Date field where X-Amz-Date is absent', async () => {
    const date = 'Fri, 02 Jan 2026 03:04:05 GMT';
    const canonical = `POST\n/\n\ndate:${date}\nhost:a\n\ndate;host\n${sha256Hex('')}`;
    const scope = '20260102/us-east-1/acm-pca/aws4_request';
    let key: string | Buffer = `AWS4${aSecret}`;
    for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
    const text = `AWS4-HMAC-SHA256\n20260102T030405Z\n${scope}\n${sha256Hex(canonical)}`;
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/${scope}, SignedHeaders=date;host, Signature=${createHmac('sha256', key).update(text).digest('hex')}`;
    assert.equal((await door()(aRequest({ headers: { host: 'a', date, authorization } }))).account, '111122223333');
  });
});
