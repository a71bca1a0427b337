import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js';
import fc from 'fast-check';
import type { Caller } from '../../src/core/account.ts';
import type { Session } from '../../src/core/session.ts';
import { projectId } from '../../src/core/ids.ts';
import { errorReply } from '../../src/wire/huawei-rest/error-body.ts';
import { huaweiSignIn } from '../../src/wire/huawei-rest/authenticate.ts';
import { isSignedWith, parseSdkAuthorization } from '../../src/wire/huawei-rest/signature.ts';
import { Refusal } from '../../src/wire/refusal.ts';
import type { WireRequest } from '../../src/wire/request.ts';
import { aKey, anAccount, aRegion, aRequest, aSecret, keyRing, signingTime } from './a-key.ts';

interface Vector {
  readonly name: string;
  readonly secret: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const vectors: { requests: readonly Vector[] } = JSON.parse(
  readFileSync(new URL('../vectors/huawei-signing.json', import.meta.url), 'utf8'),
);

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
const to = { front: 'huawei-pca', operation: 'ListCertificate' };
const ownProject = projectId('0123456789abcdef0123456789abcdef');

function door(ring = keyRing(), sessions: readonly Session[] = []) {
  const { authenticate, signIn } = huaweiSignIn({
    accessKeys: ring.accessKeys,
    clock: ring.clock,
    session: async (tokenHash) => sessions.find((session) => session.tokenHash === tokenHash),
    projectOf: () => ownProject,
    regions: [aRegion],
  });
  return {
    check: (request: WireRequest) => authenticate(request, to),
    signIn: (secret: string, source = '192.0.2.1') =>
      signIn(aRequest({ source }), to, { accessKey: 'AKIAIOSFODNN7EXAMPLE', secret: Buffer.from(secret) }),
  };
}

interface Wish {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
  /** What the SDK sends as JSON; nothing when it is falsy. */
  readonly data?: unknown;
  readonly secret?: string;
  readonly accessKey?: string;
}

/** Signed by Huawei's own SDK for Node. */
function signed(wish: Wish = {}): Parameters<typeof aRequest>[0] & { headers: Record<string, string> } {
  const { method = 'POST', path = '/v1/private-certificates', query = {}, data = { type: 'OTHER' } } = wish;
  const body = data ? JSON.stringify(data) : '';
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'X-Sdk-Date': '20260102T030405Z',
    host: 'localhost:8600',
    ...wish.headers,
  };
  const signature = AKSKSigner.sign(
    // the signer reads only these members of the SDK's request
    { endpoint: `http://localhost:8600${path}`, url: path, method, headers, data, queryParams: query } as never,
    { getAk: () => wish.accessKey ?? 'AKIAIOSFODNN7EXAMPLE', getSk: () => wish.secret ?? aSecret } as never, // only these
  );
  const line = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return {
    method,
    path,
    query: line.join('&'),
    body,
    headers: { ...headers, authorization: String(Reflect.get(signature, 'Authorization')) },
  };
}

async function refusalOf(action: () => Caller | Promise<Caller>): Promise<Refusal> {
  try {
    await action();
  } catch (cause) {
    assert.ok(cause instanceof Refusal, String(cause));
    assert.deepEqual([cause.status, cause.code], [401, 'APIGW.0301']);
    return cause;
  }
  return assert.fail('the request was accepted');
}

const prefix = 'Incorrect IAM authentication information: ';

describe('Huawei sign-in', () => {
  describe('accepts', () => {
    for (const { name, secret, ...request } of vectors.requests) {
      it(`the signature of the vector ${name}, and no other secret or body`, () => {
        const said = parseSdkAuthorization(request.headers['authorization'] ?? '');
        assert.ok(said !== undefined);
        const received = aRequest(request);
        assert.ok(isSignedWith(Buffer.from(secret), received, said, sha256(request.body)));
        assert.ok(!isSignedWith(Buffer.from(`${secret}1`), received, said, sha256(request.body)));
        assert.ok(!isSignedWith(Buffer.from(secret), received, said, sha256(`${request.body} `)));
      });
    }

    it("what Huawei's SDK signs, and says who asked", async () => {
      const caller = await door().check(aRequest(signed()));
      assert.equal(caller.account, '111122223333');
      assert.equal(caller.domain, anAccount.domain);
      assert.deepEqual([caller.region, caller.front, caller.operation], ['us-east-1', 'huawei-pca', 'ListCertificate']);
    });

    it("any query, header and body that Huawei's SDK signs", async () => {
      const word = fc.string({ unit: 'grapheme', maxLength: 10 }).filter((text) => text.isWellFormed());
      const name = fc.string({ unit: fc.constantFrom(...'abc_xyz019'), minLength: 1, maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(fc.dictionary(name, word, { maxKeys: 3 }), fc.jsonValue(), async (query, data) => {
          const caller = await door().check(aRequest(signed({ query, data })));
          assert.equal(caller.account, '111122223333');
        }),
        { numRuns: 60 },
      );
    });

    it('a signature without the host, as the Go SDK makes it, behind any proxy', async () => {
      const { headers, ...rest } = signed();
      const authorization = resigned({ headers, ...rest }, ['x-sdk-date']);
      const caller = await door().check(
        aRequest({ ...rest, headers: { ...headers, host: 'elsewhere', authorization } }),
      );
      assert.equal(caller.account, '111122223333');
    });

    it('unsigned scope headers that agree with the key', async () => {
      const { headers, ...rest } = signed();
      const scope = { 'X-Domain-Id': anAccount.domain, 'X-Project-Id': ownProject };
      await door().check(aRequest({ ...rest, headers: { ...headers, ...scope } }));
    });

    it('a token that is known and not expired, and says the region of its project', async () => {
      const caller = await door(keyRing(), [aSession()]).check(aRequest({ headers: { 'X-Auth-Token': 'token' } }));
      assert.deepEqual([caller.account, caller.region], ['111122223333', 'cn-north-4']);
    });

    it('an access key and its secret in a request for a token', async () => {
      assert.equal((await door().signIn(aSecret)).account, '111122223333');
    });
  });

  describe('refuses', () => {
    it('any single change of a signed request, and an unknown key in the same words', async () => {
      const request = signed({ query: { limit: 10 } });
      const { headers } = request;
      const changed = [
        { ...request, method: 'PUT' },
        { ...request, path: '/v1/private-certificate-authorities' },
        { ...request, query: 'limit=11' },
        { ...request, body: '{ }' },
        { ...request, headers: { ...headers, host: 'elsewhere' } },
        { ...request, headers: { ...headers, 'X-Sdk-Date': '20260102T030406Z' } },
        signed({ secret: 'wrong' }),
        signed({ accessKey: 'AKIAUNKNOWNUNKNOWN00' }),
      ];
      const { check } = door();
      for (const change of changed) {
        const { message } = await refusalOf(() => check(aRequest(change)));
        assert.equal(message, `${prefix}verify aksk signature fail`);
      }
      await check(aRequest(request));
    });

    it('UNSIGNED-PAYLOAD and any hash that is not the body’s', async () => {
      for (const hash of ['UNSIGNED-PAYLOAD', sha256('other')]) {
        await refusalOf(() => door().check(aRequest(signed({ headers: { 'X-Sdk-Content-Sha256': hash } }))));
      }
    });

    it('a date that is not signed, missing, or more than 15 minutes off', async () => {
      const { headers, ...rest } = signed();
      const authorization = resigned({ headers, ...rest }, ['host']);
      await refusalOf(() => door().check(aRequest({ ...rest, headers: { ...headers, authorization } })));
      const ring = keyRing();
      ring.clock.time = signingTime + 901_000;
      const { message } = await refusalOf(() => door(ring).check(aRequest({ ...rest, headers })));
      assert.match(message, /15 minutes/);
      ring.clock.time = signingTime + 900_000;
      await door(ring).check(aRequest({ ...rest, headers }));
    });

    it('scope headers that name another domain or project, and temporary credentials', async () => {
      const { headers, ...rest } = signed();
      const scopes: readonly Record<string, string>[] = [
        { 'X-Domain-Id': 'f'.repeat(32) },
        { 'X-Project-Id': 'f'.repeat(32) },
        { 'X-Security-Token': 'token' },
      ];
      for (const scope of scopes) {
        await refusalOf(() => door().check(aRequest({ ...rest, headers: { ...headers, ...scope } })));
      }
    });

    it('a signature and a token together, neither, and another kind of Authorization', async () => {
      const { headers, ...rest } = signed();
      await refusalOf(() => door().check(aRequest({ ...rest, headers: { ...headers, 'X-Auth-Token': 't' } })));
      const none = await refusalOf(() => door().check(aRequest({})));
      assert.equal(none.message, `${prefix}x-auth-token not found`);
      await refusalOf(() => door().check(aRequest({ headers: { authorization: 'Bearer x' } })));
    });

    it('a token that is unknown, expired, or of a key that is switched off', async () => {
      const use = (ring: ReturnType<typeof keyRing>, session: Session, token = 'token') =>
        refusalOf(() => door(ring, [session]).check(aRequest({ headers: { 'X-Auth-Token': token } })));
      assert.equal((await use(keyRing(), aSession(), 'other')).message, `${prefix}decrypt token fail`);
      const expired = await use(keyRing(), aSession({ expiresAt: signingTime }));
      assert.equal(expired.message, `${prefix}token expires, expires_at: 2026-01-02T03:04:05.000Z`);
      await use(keyRing(aKey({ disabled: true })), aSession());
    });

    it('a disabled key and a wrong secret in a request for a token', async () => {
      await refusalOf(() => door(keyRing(aKey({ disabled: true }))).signIn(aSecret));
      await refusalOf(() => door().signIn('wrong'));
    });

    it('a source that failed thirty times with a key, but not the owner from elsewhere', async () => {
      const ring = keyRing();
      const { signIn } = door(ring);
      for (let at = 0; at < 30; at += 1) await refusalOf(() => signIn('wrong'));
      const closed = await refusalOf(() => signIn(aSecret));
      assert.equal(closed.message, `${prefix}AK access failed to reach the limit,forbidden`);
      await signIn(aSecret, '198.51.100.7');
      ring.clock.time += 60_000;
      await signIn(aSecret);
    });

    it('with the id of the request in the document, as the gateway does', async () => {
      const refusal = await refusalOf(() => door().check(aRequest({})));
      const { status, headers, body } = errorReply(refusal, 'abc');
      assert.equal(status, 401);
      assert.equal(headers['x-request-id'], 'abc');
      assert.deepEqual(JSON.parse(String(body)), {
        error_code: 'APIGW.0301',
        error_msg: `${prefix}x-auth-token not found`,
        request_id: 'abc',
      });
    });
  });
});

function aSession(change: Partial<Session> = {}): Session {
  return {
    tokenHash: sha256('token'),
    account: anAccount.id,
    accessKey: aKey().id,
    scope: { kind: 'project', region: 'cn-north-4' },
    issuedAt: 0,
    expiresAt: signingTime + 1,
    ...change,
  };
}

/** A signature over other headers than Huawei's SDK for Node chooses. */
function resigned(request: ReturnType<typeof signed>, names: readonly string[]): string {
  const { method = '', path = '', body = '' } = request;
  const fields = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const lines = fields.filter(([name]) => names.includes(name)).map(([name, value]) => `${name}:${value}\n`);
  const canonical = `${method}\n${path}/\n\n${lines.join('')}\n${names.join(';')}\n${sha256(body)}`;
  const text = `SDK-HMAC-SHA256\n20260102T030405Z\n${sha256(canonical)}`;
  const signature = createHmac('sha256', aSecret).update(text).digest('hex');
  return `SDK-HMAC-SHA256 Access=AKIAIOSFODNN7EXAMPLE, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}
