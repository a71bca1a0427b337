import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { headerLimits, type Listener, listener } from '../../src/wire/http/listener.ts';
import { pagesFront, plain } from '../../src/wire/http/pages.ts';

describe('the listener cuts a connection', () => {
  let server: Listener;
  let port = 0;

  before(async () => {
    const pages = pagesFront([{ path: '/', answer: () => plain(200, 'welcome') }], () => {});
    const limits = { ...headerLimits, headersTimeoutMs: 200, checkEveryMs: 20 };
    server = listener({ fronts: [pages], log: { info() {}, warn() {}, error() {} }, limits });
    port = Number(new URL(await server.listen('127.0.0.1', 0)).port);
  });
  after(() => server.close());

  /** What comes back until the server closes, when `write` may go on writing as long as it takes. */
  async function answerTo(write: (socket: Socket) => void): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('error', () => {});
    socket.on('connect', () => write(socket));
    await new Promise((resolve) => socket.on('close', resolve));
    return received;
  }

  it('whose header comes an octet at a time, and serves others meanwhile', async () => {
    const answer = answerTo((socket) => {
      socket.write('GET / HTTP/1.1\r\nHost: a\r\nX: ');
      const drip = setInterval(() => socket.write('a'), 10);
      socket.on('close', () => clearInterval(drip));
    });
    assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 200);
    assert.match(await answer, /^HTTP\/1.1 408 Request Timeout\r\nConnection: close/);
  });

  it('whose header begins and then says nothing more', async () => {
    assert.match(await answerTo((socket) => socket.write('GET / HT')), /^HTTP\/1.1 408 /);
  });

  it('whose header has no end, in one field or in many', async () => {
    for (const [first, more] of [
      ['X: ', 'a'.repeat(1000)],
      ['', `X: ${'a'.repeat(50)}\r\n`],
    ] as const) {
      const answer = await answerTo((socket) => {
        socket.write(`GET / HTTP/1.1\r\nHost: a\r\n${first}`);
        const pour = setInterval(() => socket.write(more.repeat(10)), 1);
        socket.on('close', () => clearInterval(pour));
      });
      assert.match(answer, /^HTTP\/1.1 431 Request Header Fields Too Large\r\n/);
    }
    assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 200);
  });

  it('after at most fifteen seconds and sixteen kibibytes where nothing else is said', () => {
    assert.deepEqual(headerLimits, { maxHeaderSize: 16_384, headersTimeoutMs: 15_000, checkEveryMs: 5_000 });
  });
});
