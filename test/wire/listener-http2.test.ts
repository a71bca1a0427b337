import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type OutgoingHttpHeaders,
  type Settings,
} from 'node:http2';
import { request as https } from 'node:https';
import { describe, it, type TestContext } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { awsJsonAuthenticator } from '../../src/wire/aws-json/authenticate.ts';
import type { Front } from '../../src/wire/front.ts';
import { bodyLimit, type Listener, listener } from '../../src/wire/http/listener.ts';
import { mostLargeBodies } from '../../src/wire/http/large-bodies.ts';
import { plain } from '../../src/wire/http/pages.ts';
import { http2Limits } from '../../src/wire/http/tls-server.ts';
import { needs, outputOf } from '../programs.ts';
import { keyRing } from './a-key.ts';
import { signed } from './a-signed-request.ts';
import { toyFront } from './a-toy-front.ts';
import { tlsPair } from './tls-pair.ts';

const toyArn = 'arn:aws:toy:us-east-1:111122223333:toy/1';

/** Answers with what it got; `/slow` when it is told to. */
function echo(slow: Promise<void>, started: () => void): Front {
  return {
    name: 'echo',
    claims: ({ path }) => path.startsWith('/echo') || path === '/slow',
    answer: async ({ method, path, query, headers, body, source }) => {
      if (path === '/slow') {
        started();
        await slow;
      }
      return plain(200, JSON.stringify([method, path, query, headers.get('host'), body.length, source]));
    },
    reject: (_request, problem) => plain(problem === 'too-large' ? 413 : 400, problem),
  };
}

interface Opened {
  readonly server: Listener;
  readonly origin: string;
  readonly session: ClientHttp2Session;
  readonly mistakes: unknown[];
  /** Lets `/slow` answer, and tells when it was asked. */
  readonly release: () => void;
  readonly started: Promise<void>;
}

async function open(t: TestContext, limits: Partial<typeof http2Limits> = {}): Promise<Opened | undefined> {
  if (needs(t, 'openssl') === undefined) return undefined;
  const slow = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  const mistakes: unknown[] = [];
  const log = { info() {}, warn() {}, error: (fields: object) => void mistakes.push(fields) };
  const toys = toyFront(async () => 'kept', awsJsonAuthenticator(keyRing(), 'acm-pca'));
  const server = listener({
    fronts: [toys.front, echo(slow.promise, started.resolve)],
    log,
    tls: await tlsPair('first'),
    http2: { ...http2Limits, ...limits },
  });
  const origin = await server.listen('127.0.0.1', 0);
  const session = newSession(origin);
  t.after(async () => {
    slow.resolve();
    session.destroy();
    await server.close(0);
    assert.deepEqual(mistakes, []);
  });
  return { server, origin, session, mistakes, release: slow.resolve, started: started.promise };
}

function newSession(origin: string, settings: Settings = {}): ClientHttp2Session {
  const session = connect(origin, { rejectUnauthorized: false, settings }); // who answers is not what these tests ask
  session.on('error', () => {});
  return session;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly text: string;
  /** RST_STREAM's code; 0 when the stream ended well. */
  readonly code: number;
}

async function answerOf(stream: ClientHttp2Stream): Promise<Answer> {
  let headers: Record<string, unknown> = {};
  let text = '';
  stream.on('response', (received) => (headers = { ...received }));
  stream.on('data', (chunk) => (text += String(chunk)));
  stream.on('error', () => {});
  await new Promise((resolve) => stream.on('close', resolve));
  return { status: Number(headers[':status'] ?? 0), headers, text, code: stream.rstCode ?? 0 };
}

function ask(session: ClientHttp2Session, headers: OutgoingHttpHeaders, body: string | Buffer = ''): Promise<Answer> {
  const stream = session.request(headers, { endStream: body.length === 0 });
  if (body.length > 0) stream.end(body);
  return answerOf(stream);
}

describe('the listener over TLS', () => {
  it('speaks HTTP/2 to whom asks for it, and HTTP/1.1 to the others', async (t) => {
    const opened = await open(t);
    if (opened === undefined) return;
    const { session, origin } = opened;
    assert.match(origin, /^https:\/\/127\.0\.0\.1:\d+$/);
    const { status, headers, text } = await ask(session, { ':method': 'POST', ':path': '/echo?a=%20b' }, 'four');
    assert.equal(session.alpnProtocol, 'h2');
    assert.deepEqual(
      [status, JSON.parse(text)],
      [200, ['POST', '/echo', 'a=%20b', new URL(origin).host, 4, '127.0.0.1']],
    );
    assert.equal(headers['connection'], undefined);
    assert.ok(Number.isFinite(Date.parse(String(headers['date']))));
    const older = https(`${origin}/echo`, { rejectUnauthorized: false }).end();
    const [response] = await once(older, 'response');
    assert.deepEqual([response.httpVersion, response.statusCode], ['1.1', 200]);
    response.resume();
  });

  it('serves curl over both versions', async (t) => {
    const opened = await open(t);
    if (opened === undefined || needs(t, 'curl') === undefined) return;
    for (const [flag, version] of [
      ['--http2', '2'],
      ['--http1.1', '1.1'],
    ] as const) {
      const args = ['-sk', flag, '-o', '/dev/null', '-w', '%{http_version} %{response_code}', '-d', 'four'];
      assert.equal(String(await outputOf('curl', [...args, `${opened.origin}/echo`])), `${version} 200`);
    }
  });

  it('takes :authority for the host that AWS clients sign, and two hosts for a mistake', async (t) => {
    const opened = await open(t);
    if (opened === undefined) return;
    const { headers, body, path } = await signed({
      body: JSON.stringify({ ToyArn: toyArn }),
      headers: { 'x-amz-target': 'Toy.ExportToy' },
    });
    const { host, ...rest } = headers;
    const send = (more: OutgoingHttpHeaders) =>
      ask(opened.session, { ':method': 'POST', ':path': path, ...rest, ...more }, body);
    const good = await send({ ':authority': host });
    assert.deepEqual([good.status, good.text], [200, '{"Result":"kept"}']);
    assert.equal(typeof good.headers['x-amzn-requestid'], 'string');
    assert.equal((await send({ ':authority': host, host })).status, 200);
    const other = await send({ ':authority': 'elsewhere:8600' });
    assert.match(other.text, /"InvalidSignatureException"/);
    for (const twice of [
      { ':authority': 'elsewhere', host },
      { ':authority': host, host: 'elsewhere' },
    ]) {
      const { status, text } = await send(twice);
      assert.deepEqual([status, JSON.parse(text).__type], [400, 'IncompleteSignatureException']);
      assert.match(text, /The header 'host' was sent more than once/);
    }
  });

  it('answers CONNECT, OPTIONS * and what nobody claims, and goes on', async (t) => {
    const opened = await open(t);
    if (opened === undefined) return;
    const { session } = opened;
    assert.equal((await ask(session, { ':method': 'CONNECT', ':authority': 'a:1' })).status, 405);
    assert.equal((await ask(session, { ':method': 'OPTIONS', ':path': '*' })).status, 404);
    assert.equal((await ask(session, { ':path': '/nothing' })).status, 404);
    assert.equal((await ask(session, { ':path': '/echo', 'x-amz-target': 'Other.Thing' })).status, 200);
  });

  it('refuses a body over the limit in the front’s words, and the others of the session go on', async (t) => {
    const opened = await open(t);
    if (opened === undefined) return;
    const { session, release, started } = opened;
    const other = ask(session, { ':path': '/slow' });
    await started;
    const announced = { ':method': 'POST', ':path': '/echo', 'content-length': bodyLimit + 1 };
    const stream = session.request(announced);
    stream.write('a');
    const { status, text, headers } = await answerOf(stream);
    assert.deepEqual([status, text, headers['connection']], [413, 'too-large', undefined]);
    const poured = await ask(session, { ':method': 'POST', ':path': '/echo' }, Buffer.alloc(bodyLimit + 1));
    assert.equal(poured.status, 413);
    release();
    assert.equal((await other).status, 200);
  });

  it('counts a body without a length among the large ones', async (t) => {
    const opened = await open(t);
    if (opened === undefined) return;
    const { session } = opened;
    const held = Array.from({ length: mostLargeBodies }, () =>
      session.request({ ':method': 'POST', ':path': '/echo' }),
    );
    for (const stream of held) stream.on('error', () => {}).write('a');
    const refused = await ask(session, { ':method': 'POST', ':path': '/echo' }, 'four');
    assert.deepEqual([refused.status, refused.headers['retry-after']], [503, '1']);
    const announced = { ':method': 'POST', ':path': '/echo', 'content-length': 4 };
    assert.equal((await ask(session, announced, 'four')).status, 200);
    for (const stream of held) stream.close();
  });
});

describe('what an HTTP/2 client may cost is bounded:', () => {
  it('its requests at a time, which it is told', async (t) => {
    const opened = await open(t, { streamsOfSession: 7 });
    if (opened === undefined) return;
    await ask(opened.session, { ':path': '/echo' });
    assert.equal(opened.session.remoteSettings.maxConcurrentStreams, 7);
    assert.equal(opened.session.remoteSettings.maxHeaderListSize, 16_384);
    assert.deepEqual(
      [http2Limits.streamsOfSession, http2Limits.streams, http2Limits.requestTimeoutMs],
      [100, 4096, 60_000],
    );
  });

  it('the requests of all sessions: one more is refused as not begun, so that it may be sent again', async (t) => {
    const opened = await open(t, { streams: 1 });
    if (opened === undefined) return;
    const slow = ask(opened.session, { ':path': '/slow' });
    await opened.started;
    const another = newSession(opened.origin);
    t.after(() => another.destroy());
    assert.equal((await ask(another, { ':path': '/echo' })).code, constants.NGHTTP2_REFUSED_STREAM);
    opened.release();
    await slow;
    let answer = await ask(another, { ':path': '/echo' });
    while (answer.code === constants.NGHTTP2_REFUSED_STREAM) answer = await ask(another, { ':path': '/echo' });
    assert.equal(answer.status, 200);
  });

  it('requests that are reset at once (CVE-2023-44487): the session ends, the server does not', async (t) => {
    const opened = await open(t, { resetBurst: 20, resetsPerSecond: 1 });
    if (opened === undefined) return;
    const { session, origin } = opened;
    await ask(session, { ':path': '/echo' });
    const ended = new Promise((resolve) => session.on('close', resolve));
    const reset = setInterval(() => {
      for (let count = 0; count < 50 && !session.closed && !session.destroyed; count += 1) {
        const stream = session.request({ ':path': '/echo' });
        stream.on('error', () => {});
        stream.close(constants.NGHTTP2_CANCEL);
      }
    }, 5);
    await ended;
    clearInterval(reset);
    const next = newSession(origin);
    assert.equal((await ask(next, { ':path': '/echo' })).status, 200);
    next.destroy();
  });

  it('a header without end in CONTINUATION frames: the session ends', async (t) => {
    const opened = await open(t);
    if (opened === undefined) return;
    const { hostname, port } = new URL(opened.origin);
    const socket = connectTls({ host: hostname, port: Number(port), ALPNProtocols: ['h2'], rejectUnauthorized: false });
    socket.on('error', () => {});
    await once(socket, 'secureConnect');
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    socket.write(frame(0x4, 0, 0, Buffer.alloc(0)));
    // :method GET, :scheme https, :path /; neither END_STREAM nor END_HEADERS
    socket.write(frame(0x1, 0, 1, Buffer.from([0x82, 0x87, 0x84])));
    const field = Buffer.concat([Buffer.from([0x00, 0x01, 0x61, 0x7f, 0x81, 0x06]), Buffer.alloc(256, 'a')]);
    const pour = setInterval(() => socket.write(frame(0x9, 0, 1, field)), 1);
    socket.resume();
    await new Promise((resolve) => socket.on('close', resolve));
    clearInterval(pour);
    assert.equal((await ask(opened.session, { ':path': '/echo' })).status, 200);
  });

  it('a header list above 16 KiB or of more than 128 fields: refused, and the session or a new one goes on', async (t) => {
    const opened = await open(t);
    if (opened === undefined) return;
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`x-${at}`, 'a']));
    for (const fields of [{ 'x-a': 'a'.repeat(20_000) }, many]) {
      const session = newSession(opened.origin);
      await ask(session, { ':path': '/echo' }); // by then the limits are agreed
      assert.equal((await ask(session, { ':path': '/echo', ...fields })).code, constants.NGHTTP2_ENHANCE_YOUR_CALM);
      session.destroy();
    }
    assert.equal((await ask(opened.session, { ':path': '/echo' })).status, 200);
  });

  it('the time of a request whose body does not end', async (t) => {
    const opened = await open(t, { requestTimeoutMs: 50 });
    if (opened === undefined) return;
    const stream = opened.session.request({ ':method': 'POST', ':path': '/echo' });
    stream.write('a');
    assert.equal((await answerOf(stream)).code, constants.NGHTTP2_CANCEL);
  });

  for (const limits of [{ idleMs: 50 }, { requestTimeoutMs: 25 }]) {
    it(`the time of an answer that its client does not take, by ${Object.keys(limits).join()}`, async (t) => {
      const opened = await open(t, { streams: 1, ...limits });
      if (opened === undefined) return;
      const taking = newSession(opened.origin, { initialWindowSize: 0 });
      t.after(() => taking.destroy());
      const { status, text } = await ask(taking, { ':path': '/echo' });
      assert.deepEqual([status, text], [200, '']);
      const other = newSession(opened.origin);
      t.after(() => other.destroy());
      assert.equal((await ask(other, { ':path': '/echo' })).status, 200);
    });
  }

  it('the time of a session that says nothing', async (t) => {
    const opened = await open(t, { idleMs: 50 });
    if (opened === undefined) return;
    await ask(opened.session, { ':path': '/echo' });
    if (!opened.session.destroyed) await once(opened.session, 'close');
  });
});

describe('a listener with HTTP/2 clients', () => {
  it('closes when what is under way is answered, and takes nothing new', async (t) => {
    const opened = await open(t);
    if (opened === undefined) return;
    const { server, session, release, started, origin } = opened;
    const idle = newSession(origin);
    await ask(idle, { ':path': '/echo' });
    const slow = ask(session, { ':path': '/slow' });
    await started;
    const closed = server.close();
    await once(idle, 'close');
    release();
    assert.equal((await slow).status, 200);
    await closed;
    await assert.rejects(once(newSession(origin), 'connect'), { code: 'ECONNREFUSED' });
  });

  it('cuts off after the time it was given what is still under way', async (t) => {
    const opened = await open(t);
    if (opened === undefined) return;
    const slow = ask(opened.session, { ':path': '/slow' });
    await opened.started;
    await opened.server.close(10);
    assert.equal((await slow).status, 0);
  });

  it('shows a new certificate to new sessions, of both versions', async (t) => {
    const opened = await open(t);
    if (opened === undefined) return;
    opened.server.reloadTls(await tlsPair('second'));
    const { hostname, port } = new URL(opened.origin);
    for (const protocol of ['h2', 'http/1.1']) {
      const options = { host: hostname, port: Number(port), ALPNProtocols: [protocol], rejectUnauthorized: false };
      const socket = connectTls(options);
      await once(socket, 'secureConnect');
      assert.deepEqual([socket.alpnProtocol, socket.getPeerCertificate().subject.CN], [protocol, 'second']);
      socket.destroy();
    }
  });
});

/** RFC 9113 §4.1. */
function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}
