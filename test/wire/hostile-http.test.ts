/** What a sender may try with HTTP itself: two readings of one message, and requests inside of requests. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type Listener, listener } from '../../src/wire/http/listener.ts';
import { plain } from '../../src/wire/http/pages.ts';
import type { WireRequest } from '../../src/wire/request.ts';

describe('a message that two servers could read in two ways', () => {
  let server: Listener;
  let port = 0;
  const seen: string[] = [];
  const sources = new Set<string>();
  const mistakes: unknown[] = [];

  before(async () => {
    const echo = {
      name: 'echo',
      claims: () => true,
      answer: ({ method, path, body, source }: WireRequest) => {
        seen.push(`${method} ${path} ${body.toString()}`);
        sources.add(source);
        return plain(200, 'answered');
      },
      reject: () => plain(400, 'no'),
    };
    server = listener({
      fronts: [echo],
      log: { info() {}, warn() {}, error: (fields) => void mistakes.push(fields) },
    });
    port = Number(new URL(await server.listen('127.0.0.1', 0)).port);
  });
  after(async () => {
    await server.close(0);
    assert.deepEqual(mistakes, []);
  });

  /** All that comes back until the server closes, and what reached a front. */
  async function send(text: string): Promise<{ answers: readonly string[]; reached: readonly string[] }> {
    seen.length = 0;
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    socket.on('error', () => {});
    socket.end(Buffer.from(text, 'latin1'));
    await new Promise((resolve) => socket.on('close', resolve));
    return { answers: received.match(/HTTP\/1\.1 \d+/g) ?? [], reached: [...seen] };
  }

  const hidden = 'DELETE /hidden HTTP/1.1\r\nHost: a\r\n\r\n';
  const head = 'POST / HTTP/1.1\r\nHost: a\r\n';
  const chunked = 'Transfer-Encoding: chunked\r\n';

  const refused = {
    // RFC 9112 §6.1: both may be an attempt at smuggling
    'a length and chunks': `${head}Content-Length: 4\r\n${chunked}\r\n0\r\n\r\n${hidden}`,
    'chunks and a length': `${head}${chunked}Content-Length: 4\r\n\r\n0\r\n\r\n${hidden}`,
    'two lengths': `${head}Content-Length: 0\r\nContent-Length: 5\r\n\r\n${hidden}`,
    'two equal lengths in one field': `${head}Content-Length: 5, 5\r\n\r\nhello${hidden}`,
    'a length with a sign': `${head}Content-Length: +5\r\n\r\nhello${hidden}`,
    'a length below zero': `${head}Content-Length: -1\r\n\r\n${hidden}`,
    'a hexadecimal length': `${head}Content-Length: 0x5\r\n\r\nhello${hidden}`,
    'a length beyond 64 bits': `${head}Content-Length: 18446744073709551616\r\n\r\n${hidden}`,
    // RFC 9112 §6.3: chunked must be the last coding of a request
    'a coding after chunked': `${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`,
    'an unknown coding': `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    // RFC 9112 §5.1: no blank between name and colon
    'a blank before the colon': `${head}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
    'a blank before the first name': `POST / HTTP/1.1\r\n Host: a\r\n\r\n${hidden}`,
    // RFC 9112 §5.2: obs-fold
    'a folded field': `${head}X-Amz-Target: Toy.\r\n ExportToy\r\nContent-Length: 0\r\n\r\n${hidden}`,
    'a chunk size with a sign': `${head}${chunked}\r\n+5\r\nhello\r\n0\r\n\r\n${hidden}`,
    'a chunk size that is none': `${head}${chunked}\r\n5;\n5\r\nhello\r\n0\r\n\r\n${hidden}`,
    'a line end without CR': `POST / HTTP/1.1\nHost: a\nContent-Length: 0\n\n${hidden}`,
    'a CR alone in a value': `${head}X-A: b\rContent-Length: 5\r\n\r\nhello${hidden}`,
    'NUL in a value': `${head}X-A: b\0c\r\nContent-Length: 0\r\n\r\n${hidden}`,
    'a name with a blank': `${head}X A: b\r\nContent-Length: 0\r\n\r\n${hidden}`,
    'an unknown version': `POST / HTTP/9.9\r\nHost: a\r\nContent-Length: 0\r\n\r\n${hidden}`,
    'a method in lower case': `post / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n${hidden}`,
    'a blank in the target': `POST /a b HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n${hidden}`,
  };
  for (const [what, text] of Object.entries(refused)) {
    it(`is refused and ends the connection: ${what}`, async () => {
      const { answers, reached } = await send(text);
      assert.deepEqual(answers.length <= 1 ? answers.filter((line) => !line.endsWith('400')) : answers, [], what);
      assert.deepEqual(
        reached.filter((line) => line.startsWith('DELETE')),
        [],
        what,
      );
    });
  }

  it('is not one with an honest body: what follows it is a request of its own', async () => {
    for (const body of ['Content-Length: 5\r\n\r\nhello', `${chunked}\r\n5\r\nhello\r\n0\r\n\r\n`]) {
      const { answers, reached } = await send(
        `${head}${body}GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      );
      assert.deepEqual([answers.length, reached.toSorted()], [2, ['GET /next ', 'POST / hello']]);
    }
  });

  it('takes nobody at his word about where he comes from', async () => {
    sources.clear();
    for (const name of ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'True-Client-IP', 'CF-Connecting-IP', 'Via']) {
      await send(`GET / HTTP/1.1\r\nHost: a\r\n${name}: 203.0.113.9\r\nConnection: close\r\n\r\n`);
    }
    assert.deepEqual([...sources], ['127.0.0.1']);
  });

  it('without a host is refused (RFC 9112 §3.2)', async () => {
    const { answers, reached } = await send('GET / HTTP/1.1\r\n\r\n');
    assert.deepEqual([answers, reached], [['HTTP/1.1 400'], []]);
  });

  it('with an address in the request line reaches the front as it was sent, for the signature to judge', async () => {
    const { reached } = await send('GET http://elsewhere/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    assert.deepEqual(
      reached.filter((line) => line.includes(' /x ')),
      [],
    );
  });
});
