import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { SignatureV4 } from '@smithy/signature-v4';
import aws4 from 'aws4';
import fc from 'fast-check';
import type { Caller } from '../../src/core/account.ts';
import { awsJsonAuthenticator } from '../../src/wire/aws-json/authenticate.ts';
import { Refusal } from '../../src/wire/refusal.ts';
import { headerFields, type WireRequest } from '../../src/wire/request.ts';
import { canonicalRequest, sha256Hex } from '../../src/wire/sigv4/canonical-request.ts';
import { parseAuthorization } from '../../src/wire/sigv4/credential.ts';
import { isSignedBy } from '../../src/wire/sigv4/signature.ts';
import { aKey, aRequest, aSecret, keyRing, signingTime } from './a-key.ts';

type SourceData = string | ArrayBuffer | ArrayBufferView;

function octets(data: SourceData): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

/** A SHA-256 as @smithy/signature-v4 wants it. */
class Sha256 {
  readonly #chunks: Uint8Array[] = [];
  readonly #key: Uint8Array | undefined;
  constructor(key?: SourceData) {
    this.#key = key === undefined ? undefined : octets(key);
  }
  update(chunk: SourceData): void {
    this.#chunks.push(octets(chunk));
  }
  async digest(): Promise<Uint8Array> {
    const made = this.#key === undefined ? createHash('sha256') : createHmac('sha256', this.#key);
    for (const chunk of this.#chunks) made.update(chunk);
    return made.digest();
  }
  reset(): void {
    this.#chunks.length = 0;
  }
}

interface Wish {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, string | string[]>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly service?: string;
  readonly at?: number;
  readonly secret?: string;
  readonly accessKey?: string;
}

/** Signed by the AWS SDK's own signer. */
async function signed(
  wish: Wish = {},
): Promise<{ headers: Record<string, string>; query: string } & Required<Pick<Wish, 'method' | 'path' | 'body'>>> {
  const { method = 'POST', path = '/', query = {}, body = '{}', service = 'acm-pca', at = signingTime } = wish;
  const signer = new SignatureV4({
    service,
    region: 'us-east-1',
    credentials: { accessKeyId: wish.accessKey ?? 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: wish.secret ?? aSecret },
    sha256: Sha256,
    applyChecksum: true,
  });
  const request = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: 'localhost',
      path,
      query,
      headers: {
        host: 'localhost:8600',
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'ACMPrivateCA.ListTags',
        ...wish.headers,
      },
      body,
    },
    { signingDate: new Date(at) },
  );
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  const line = pairs.map((pair) => pair.map((word) => encodeURIComponent(word ?? '')).join('=')).join('&');
  return { headers: request.headers, query: line, method, path, body };
}

async function refusalOf(action: () => Caller | Promise<Caller>): Promise<Refusal> {
  try {
    await action();
  } catch (cause) {
    assert.ok(cause instanceof Refusal, String(cause));
    return cause;
  }
  return assert.fail('the request was accepted');
}

function door(ring = keyRing()) {
  const check = awsJsonAuthenticator(ring, 'acm-pca');
  return (request: WireRequest) => check(request, { front: 'aws-pca', operation: 'ListTags' });
}

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

const wrong = /^The request signature we calculated does not match/;

describe('Signature Version 4', () => {
  describe('accepts', () => {
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
            word.filter((name) => name !== '' && !/^x-amz/i.test(name)),
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

  describe('refuses', () => {
    it('any single change of a signed request', async () => {
      const original = await signed({ query: { a: '1' }, headers: { 'x-note': 'one' } });
      const check = door();
      const { headers } = original;
      const changes: readonly Parameters<typeof aRequest>[0][] = [
        { ...original, method: 'PUT' },
        { ...original, path: '/x' },
        { ...original, query: 'a=2' },
        { ...original, query: 'a=1&b=' },
        { ...original, query: '' },
        { ...original, body: '{ }' },
        { ...original, headers: { ...headers, 'x-note': 'two' } },
        { ...original, headers: { ...headers, host: 'elsewhere' } },
        { ...original, headers: { ...headers, 'x-amz-target': 'ACMPrivateCA.DeleteCertificateAuthority' } },
        { ...original, headers: { ...headers, 'x-amz-date': '20260102T030406Z' } },
        {
          ...original,
          headers: {
            ...headers,
            authorization: (headers['authorization'] ?? '').replace(/.$/, (last) => (last === '0' ? '1' : '0')),
          },
        },
        {
          ...original,
          headers: { ...headers, authorization: (headers['authorization'] ?? '').replace('us-east-1', 'eu-west-1') },
        },
        {
          ...original,
          headers: {
            ...headers,
            authorization: (headers['authorization'] ?? '').replace(/Signature=.*/, 'Signature='),
          },
        },
        {
          ...original,
          headers: {
            ...headers,
            authorization: (headers['authorization'] ?? '').replace(/[0-9a-f]+$/, (hex) => hex.toUpperCase()),
          },
        },
        {
          ...original,
          headers: { ...headers, authorization: (headers['authorization'] ?? '').replace('host;', 'Host;') },
        },
        {
          ...original,
          headers: { ...headers, authorization: (headers['authorization'] ?? '').replace(';x-note', '') },
        },
      ];
      for (const change of changes) await refusalOf(() => check(aRequest(change)));
      assert.equal((await check(aRequest(original))).account, '111122223333');
    });

    it('a wrong secret and an unknown key, each in its own words', async () => {
      const one = await refusalOf(async () => door()(aRequest(await signed({ secret: 'wrong' }))));
      assert.equal(one.code, 'InvalidSignatureException');
      assert.match(one.message, wrong);
      const other = await refusalOf(async () => door()(aRequest(await signed({ accessKey: 'AKIAUNKNOWNUNKNOWN00' }))));
      assert.equal(other.code, 'UnrecognizedClientException');
      assert.equal(other.message, 'The security token included in the request is invalid.');
    });

    it('a request without a signature', async () => {
      const { code, message } = await refusalOf(() => door()(aRequest({ headers: { host: 'a' } })));
      assert.deepEqual([code, message], ['MissingAuthenticationTokenException', 'Missing Authentication Token']);
    });

    it('an x-amz-* field that is not signed', async () => {
      const { headers, ...rest } = await signed();
      const { code, message } = await refusalOf(() =>
        door()(aRequest({ ...rest, headers: { ...headers, 'x-amz-note': '1' } })),
      );
      assert.equal(code, 'InvalidSignatureException');
      assert.equal(message, "'x-amz-note' must be a 'SignedHeader' in the AWS Authorization.");
    });

    it('a host that is not signed', async () => {
      const { headers, ...rest } = await signed();
      const authorization = (headers['authorization'] ?? '').replace('host;', '');
      const { message } = await refusalOf(() => door()(aRequest({ ...rest, headers: { ...headers, authorization } })));
      assert.equal(message, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    });

    it('UNSIGNED-PAYLOAD, STREAMING-* and any hash that is not the body’s, even when signed', async () => {
      for (const said of ['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', sha256Hex('other')]) {
        const request = await signed({ headers: { 'x-amz-content-sha256': said } });
        const { code } = await refusalOf(() => door()(aRequest(request)));
        assert.equal(code, 'InvalidSignatureException', said);
      }
    });

    it('a signature in the query, alone or beside the header', async () => {
      const request = await signed();
      const query = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00';
      const both = await refusalOf(() => door()(aRequest({ ...request, query })));
      assert.equal(both.code, 'IncompleteSignatureException');
      const alone = await refusalOf(() => door()(aRequest({ query, headers: { host: 'a' } })));
      assert.equal(alone.code, 'IncompleteSignatureException');
    });

    it('a scope of another service, another day, no region or another terminator', async () => {
      const service = await refusalOf(async () => door()(aRequest(await signed({ service: 'acm' }))));
      assert.equal(service.message, "Credential should be scoped to correct service: 'acm-pca'.");
      const { headers, ...rest } = await signed();
      const scoped = (from: string, to: string) => {
        const authorization = (headers['authorization'] ?? '').replace(from, to);
        return refusalOf(() => door()(aRequest({ ...rest, headers: { ...headers, authorization } })));
      };
      assert.match((await scoped('/20260102/', '/20260103/')).message, /^Date in Credential scope does not match/);
      assert.equal((await scoped('/us-east-1/', '/../')).message, 'Credential should be scoped to a valid region.');
      assert.match((await scoped('/aws4_request', '/aws5_request')).message, /valid terminator/);
    });

    it('a clock more than five minutes off, in AWS’s two sentences', async () => {
      const check = async (offset: number) => {
        const request = await signed({ at: signingTime + offset });
        return refusalOf(() => door()(aRequest(request)));
      };
      const late = await check(-301_000);
      assert.equal(late.code, 'InvalidSignatureException');
      assert.equal(
        late.message,
        'Signature expired: 20260102T025904Z is now earlier than 20260102T025905Z (20260102T030405Z - 5 min.)',
      );
      const early = await check(301_000);
      assert.equal(
        early.message,
        'Signature not yet current: 20260102T030906Z is still later than 20260102T030905Z (20260102T030405Z + 5 min.)',
      );
      await door()(aRequest(await signed({ at: signingTime - 300_000 })));
      await door()(aRequest(await signed({ at: signingTime + 300_000 })));
    });

    it('a field that it acts on and that comes twice', async () => {
      const { headers, ...rest } = await signed();
      for (const name of ['authorization', 'x-amz-date', 'x-amz-target', 'host']) {
        const twice = [...Object.entries(headers).flat(), name, headers[name] ?? ''];
        const { code } = await refusalOf(() => door()(aRequest({ ...rest, headers: twice })));
        assert.equal(code, 'IncompleteSignatureException', name);
      }
    });

    it('a session token, because there are no temporary keys', async () => {
      const request = await signed({ headers: { 'x-amz-security-token': 'FwoGZXIvYXdz' } });
      const { code } = await refusalOf(() => door()(aRequest(request)));
      assert.equal(code, 'UnrecognizedClientException');
    });

    it('an Authorization field that it cannot read, without repeating it', async () => {
      const broken = {
        'Bearer secret-token': /^Unsupported AWS 'algorithm': 'Bearer'/,
        'AWS4-HMAC-SHA256': /requires 'Credential' parameter\. .*requires 'SignedHeaders' parameter\. \(Hashed/,
        'AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00': /exactly 5 slash-delimited elements/,
        'AWS4-HMAC-SHA256 Credential': /not a valid key=value pair/,
        'AWS4-HMAC-SHA256 Signature=1, Signature=2': /not a valid key=value pair/,
      };
      for (const [authorization, sentence] of Object.entries(broken)) {
        const refusal = await refusalOf(() => door()(aRequest({ headers: { host: 'a', authorization } })));
        assert.equal(refusal.code, 'IncompleteSignatureException');
        assert.match(refusal.message, sentence);
        assert.ok(!refusal.message.includes('secret-token'));
      }
    });

    it('a date that does not exist, and a missing one', async () => {
      const { headers, ...rest } = await signed();
      for (const stamp of ['20260230T030405Z', '2026-01-02T03:04:05Z', 'now']) {
        const refusal = await refusalOf(() =>
          door()(aRequest({ ...rest, headers: { ...headers, 'x-amz-date': stamp } })),
        );
        assert.match(refusal.message, /^Date must be in ISO-8601 'basic format'/);
      }
      const { 'x-amz-date': _gone, ...dateless } = headers;
      assert.match(
        (await refusalOf(() => door()(aRequest({ ...rest, headers: dateless })))).message,
        /existence of either/,
      );
    });

    it('a disabled key and a key of a suspended account, as if there were none', async () => {
      const disabled = await refusalOf(async () => door(keyRing(aKey({ disabled: true })))(aRequest(await signed())));
      assert.equal(disabled.code, 'UnrecognizedClientException');
      const ring = keyRing();
      ring.seen.account = { ...ring.seen.account, suspended: true };
      const suspended = await refusalOf(async () => door(ring)(aRequest(await signed())));
      assert.equal(suspended.code, 'UnrecognizedClientException');
      assert.deepEqual(ring.seen.uses, []);
    });

    it('a broken percent sequence in the query', async () => {
      const request = await signed();
      assert.match((await refusalOf(() => door()(aRequest({ ...request, query: 'a=%zz' })))).message, wrong);
    });
  });
});
