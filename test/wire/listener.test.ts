import assert from 'node:assert/strict';
import { METHODS } from 'node:http';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { bodyLimit, type Listener, listener } from '../../src/wire/http/listener.ts';
import { pagesFront, plain } from '../../src/wire/http/pages.ts';
import { errorReply } from '../../src/wire/huawei-rest/error-body.ts';
import { Refusal } from '../../src/wire/refusal.ts';
import type { Front } from '../../src/wire/front.ts';
import { toyFront } from './a-toy-front.ts';

const toyArn = 'arn:aws:toy:us-east-1:111122223333:toy/1';
const json = 'application/x-amz-json-1.1';
const target = { 'X-Amz-Target': 'Toy.ExportToy', 'Content-Type': json };

/** Answers with what it got. */
const echo: Front = {
  name: 'echo',
  claims: ({ path }) => path.startsWith('/v1/echo'),
  answer: ({ method, path, query, body, headers, source }) =>
    plain(200, JSON.stringify([method, path, query, body.toString(), headers.isRepeated('x-a'), source])),
  reject: ({ requestId }, problem) => errorReply(new Refusal('ECHO', problem), requestId),
};

describe('the listener', () => {
  let server: Listener;
  let origin = '';
  const failures: unknown[] = [];
  const mistakes: unknown[] = [];
  const release = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  const toys = toyFront(async (input) => {
    if (Reflect.get(Object(input), 'Mode') !== 'SLOW') return 'kept';
    started.resolve();
    await release.promise;
    return 'slow';
  });

  before(async () => {
    const pages = pagesFront(
      [
        { path: '/', answer: () => plain(200, 'welcome') },
        { path: '/ca/*', answer: (rest) => (rest === 'none' ? undefined : plain(200, rest)) },
        { path: '/broken', answer: () => Promise.reject(new Error('inner detail')) },
      ],
      (cause) => failures.push(cause),
    );
    const log = { info() {}, warn() {}, error: (fields: object) => void mistakes.push(fields) };
    server = listener({ fronts: [pages, toys.front, echo], log });
    origin = await server.listen('127.0.0.1', 0);
  });
  after(() => server.close());

  /** Writes octets as they are and returns all that comes back until the server closes. */
  async function exchange(text: string, thenEnd = false): Promise<string> {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('error', () => {});
    socket.write(text);
    if (thenEnd) socket.end();
    await new Promise((resolve) => socket.on('close', resolve));
    return received;
  }

  it('reads the body of a GET, which Huawei’s SDK for Node sends and signs', async () => {
    const head = 'GET /v1/echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n';
    for (const type of ['', 'Content-Type: application/json\r\n']) {
      assert.match(await exchange(`${head}${type}Content-Length: 2\r\n\r\n{}`), /\["GET","\/v1\/echo","","\{\}",/);
      assert.match(await exchange(`${head}${type}\r\n`), /\["GET","\/v1\/echo","","",/);
    }
  });

  it('gives each request to the first front that claims it', async () => {
    const call = await fetch(origin, { method: 'POST', headers: target, body: JSON.stringify({ ToyArn: toyArn }) });
    assert.deepEqual([call.status, await call.json()], [200, { Result: 'kept' }]);
    assert.match(call.headers.get('x-amzn-requestid') ?? '', /^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    assert.equal(call.headers.get('content-type'), json);
    assert.equal(await (await fetch(origin)).text(), 'welcome');
    assert.equal((await fetch(`${origin}/`, { method: 'HEAD' })).status, 200);
  });

  it('hands on path, query and body as they were sent, whatever the content type says', async () => {
    for (const type of [undefined, 'application/json', 'text/plain', 'application/x-www-form-urlencoded', 'a/b;c=d']) {
      const headers = type === undefined ? {} : { 'content-type': type };
      const body = Buffer.from('{"broken');
      const answer = await fetch(`${origin}/v1/echo/%2e%41?b=%20+&a`, { method: 'POST', headers, body });
      assert.deepEqual(await answer.json(), ['POST', '/v1/echo/%2e%41', 'b=%20+&a', '{"broken', false, '127.0.0.1']);
    }
    const removal = await fetch(`${origin}/v1/echo`, {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    assert.deepEqual(await removal.json(), ['DELETE', '/v1/echo', '', '{}', false, '127.0.0.1']);
    const empty = await fetch(`${origin}/v1/echo`, { headers: { 'content-type': 'application/json' } });
    assert.equal(empty.status, 200);
  });

  it('reads a body in chunks, and sees a field that comes twice', async () => {
    const answer = await exchange(
      'PUT /v1/echo HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nX-A: 2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n',
    );
    assert.match(answer, /\["PUT","\/v1\/echo","","abcd",true,"127.0.0.1"\]/);
  });

  it('refuses a body over the limit in the front’s form, before it has come', async () => {
    const head = (path: string, fields: string): string =>
      `POST ${path} HTTP/1.1\r\nHost: a\r\n${fields}Content-Length: ${bodyLimit + 1}\r\n\r\n`;
    const aws = await exchange(head('/', `X-Amz-Target: Toy.ExportToy\r\n`));
    assert.match(aws, /^HTTP\/1.1 413 .*"__type":"RequestEntityTooLargeException"/s);
    const huawei = await exchange(head('/v1/echo', ''));
    assert.match(huawei, /^HTTP\/1.1 400 .*"error_code":"ECHO","error_msg":"too-large"/s);
    const nobody = await exchange(head('/nowhere', ''));
    assert.match(nobody, /^HTTP\/1.1 404 /);
  });

  it('takes a body of exactly the limit', async () => {
    const answer = await fetch(origin, { method: 'POST', headers: target, body: `"${'x'.repeat(bodyLimit - 2)}"` });
    assert.match(await answer.text(), /SerializationException/);
  });

  it('goes on after bodies cut off, broken heads, huge heads and unknown methods', async () => {
    const broken: readonly (readonly [string, RegExp])[] = [
      ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc', /^(HTTP\/1.1 400 .*)?$/s],
      ['nonsense\r\n\r\n', /^HTTP\/1.1 400 /],
      [`GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1.1 431 /],
      ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc', /^HTTP\/1.1 400 /],
      ['GET / HTTP/1.1\r\nConnection: close\r\n\r\n', /^HTTP\/1.1 400 /],
      ['BREW / HTTP/1.1\r\nHost: a\r\n\r\n', /^HTTP\/1.1 400 /],
      ['PROPFIND / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', /^HTTP\/1.1 404 /],
      ['OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', /^HTTP\/1.1 404 /],
      ['GET /ca/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', /^HTTP\/1.1 (200|404) /],
      ['GET http://elsewhere/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', /^HTTP\/1.1 404 /],
    ];
    for (const [text, expected] of broken) assert.match(await exchange(text, true), expected, text.slice(0, 40));
    assert.equal((await fetch(origin)).status, 200);
  });

  it('takes no method for a mistake of its own', async () => {
    const before = mistakes.length;
    const methods = METHODS.filter((method) => method !== 'CONNECT');
    for (const method of methods) {
      for (const path of ['/', '/v1/echo', '/nothing']) {
        const head = `${method} ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
        assert.match(await exchange(head), /^HTTP\/1.1 [24]/, `${method} ${path}`);
      }
    }
    assert.deepEqual(mistakes.slice(before), []);
  });

  it('answers what nobody claims in a form that the sender reads', async () => {
    const aws = await fetch(origin, { method: 'POST', headers: { 'X-Amz-Target': 'Nobody.Thing' } });
    assert.deepEqual(await aws.json(), { __type: 'UnknownOperationException', message: '' });
    const huawei = await fetch(`${origin}/v3/nothing`);
    assert.equal(Reflect.get(Object(await huawei.json()), 'error_code'), 'APIGW.0101');
    assert.equal(huawei.status, 404);
    assert.equal(await (await fetch(`${origin}/nothing`)).text(), 'not found\n');
  });

  it('serves pages below a path, and hides why one failed', async () => {
    assert.equal(await (await fetch(`${origin}/ca/a/b.pem`)).text(), 'a/b.pem');
    assert.equal((await fetch(`${origin}/ca/none`)).status, 404);
    assert.equal((await fetch(`${origin}/ca/`)).status, 404);
    assert.equal((await fetch(`${origin}/`, { method: 'POST' })).status, 404);
    const broken = await fetch(`${origin}/broken`);
    assert.equal(broken.status, 500);
    assert.ok(!(await broken.text()).includes('inner detail'));
    assert.match(String(failures), /inner detail/);
  });

  it('closes when what is under way is answered', async () => {
    const body = JSON.stringify({ ToyArn: toyArn, Mode: 'SLOW' });
    const slow = fetch(origin, { method: 'POST', headers: target, body });
    await started.promise;
    const closing = server.close();
    const first = await Promise.race([closing.then(() => 'closed'), sleep(50, 'open')]);
    assert.equal(first, 'open');
    release.resolve();
    assert.deepEqual(await (await slow).json(), { Result: 'slow' });
    await closing;
    await assert.rejects(fetch(origin));
  });
});
