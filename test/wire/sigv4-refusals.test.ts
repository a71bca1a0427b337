import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Caller } from '../../src/core/account.ts';
import { Refusal } from '../../src/wire/refusal.ts';
import { sha256Hex } from '../../src/wire/sigv4/canonical-request.ts';
import { aKey, aRequest, keyRing, signingTime } from './a-key.ts';
import { door, signed } from './a-signed-request.ts';

async function refusalOf(action: () => Caller | Promise<Caller>): Promise<Refusal> {
  try {
    await action();
  } catch (cause) {
    assert.ok(cause instanceof Refusal, String(cause));
    return cause;
  }
  return assert.fail('the request was accepted');
}

const wrong = /^The request signature we calculated does not match/;

describe('Signature Version 4 refuses', () => {
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
    const unsigned = /^The value '[A-Z0-9-]+' of the header .* is not supported: the body must be signed\.$/;
    const untrue = /is not the SHA-256 of the body\.$/;
    for (const [said, sentence] of [
      ['UNSIGNED-PAYLOAD', unsigned],
      ['STREAMING-UNSIGNED-PAYLOAD-TRAILER', unsigned],
      ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', unsigned],
      ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', unsigned],
      [sha256Hex('other'), untrue],
      [sha256Hex('{}').toUpperCase(), untrue],
      ['unsigned-payload', untrue],
      ['', untrue],
    ] as const) {
      const request = await signed({ headers: { 'x-amz-content-sha256': said } });
      const { code, message } = await refusalOf(() => door()(aRequest(request)));
      assert.equal(code, 'InvalidSignatureException', said);
      assert.match(message, sentence, said);
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

  it('what an SDK signs into a URL, whole, with its parameters in any case and encoding', async () => {
    const signer = 'X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2Fus-east-1%2Facm-pca%2Faws4_request';
    const rest = 'X-Amz-Date=20260102T030405Z&X-Amz-Expires=300&X-Amz-SignedHeaders=host';
    for (const query of [
      `X-Amz-Algorithm=AWS4-HMAC-SHA256&${signer}&${rest}&X-Amz-Signature=${'0'.repeat(64)}`,
      `${rest}&x-amz-signature=${'0'.repeat(64)}`,
      `a=b&${signer}`,
    ]) {
      const refusal = await refusalOf(() => door()(aRequest({ query, headers: { host: 'localhost:8600' } })));
      assert.deepEqual(
        [refusal.code, refusal.message],
        ['IncompleteSignatureException', 'A signature is accepted in the Authorization header, not in the query.'],
      );
    }
    const encoded = 'X%2DAmz%2DSignature=00'; // another name to our eyes, and no signature to anybody's
    assert.equal(
      (await refusalOf(() => door()(aRequest({ query: encoded, headers: { host: 'a' } })))).code,
      'MissingAuthenticationTokenException',
    );
  });

  it('an Authorization field in another case, of another algorithm, or with a second signature', async () => {
    const { headers, ...rest } = await signed();
    const field = headers['authorization'] ?? '';
    for (const changed of [
      field.replace('AWS4-HMAC-SHA256', 'aws4-hmac-sha256'),
      field.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'),
      field.replace('SignedHeaders', 'signedheaders'),
      field.replace('AWS4-HMAC-SHA256 ', 'AWS4-HMAC-SHA256'),
      `Basic ${field}`,
      `${field}, Signature=${'0'.repeat(64)}`,
      `${field}, ${field}`,
    ]) {
      const refusal = await refusalOf(() =>
        door()(aRequest({ ...rest, headers: { ...headers, authorization: changed } })),
      );
      assert.equal(refusal.code, 'IncompleteSignatureException', changed.slice(0, 40));
    }
    // Blanks around the parts mean nothing.
    for (const spaced of [field.replaceAll(', ', ','), field.replaceAll(', ', ' ,  '), `  ${field}  `]) {
      await door()(aRequest({ ...rest, headers: { ...headers, authorization: spaced } }));
    }
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
