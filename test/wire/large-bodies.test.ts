import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { mostLargeBodies } from '../../src/wire/http/large-bodies.ts';
import { type Listener, listener } from '../../src/wire/http/listener.ts';
import { plain } from '../../src/wire/http/pages.ts';

describe('a listener whose places for large bodies are taken', () => {
  let server: Listener;
  let origin = '';
  const held: Socket[] = [];
  const post = (size: number) => fetch(origin, { method: 'POST', body: Buffer.alloc(size) });

  before(async () => {
    const echo = {
      name: 'echo',
      claims: () => true,
      answer: ({ body }: { body: Buffer }) => plain(200, String(body.length)),
      reject: () => plain(400, 'no'),
    };
    server = listener({ fronts: [echo], log: { info() {}, warn() {}, error() {} } });
    origin = await server.listen('127.0.0.1', 0);
    for (let count = 0; count < mostLargeBodies; count += 1) {
      const socket = connect(Number(new URL(origin).port), '127.0.0.1');
      await once(socket, 'connect');
      const announced = count % 2 === 0 ? 'Content-Length: 4000000' : 'Transfer-Encoding: chunked';
      socket.write(`POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n${announced}\r\n\r\n`);
      await once(socket, 'data'); // 100: the server has seen the header
      held.push(socket);
    }
  });
  after(async () => {
    for (const socket of held) socket.destroy();
    await server.close(0);
  });

  it('refuses one more, answers ordinary requests, and takes large ones again as places come free', async () => {
    const refused = await post(1_000_000).catch(() => undefined); // or cut off while it still sends
    if (refused !== undefined) {
      assert.deepEqual([refused.status, refused.headers.get('connection')], [503, 'close']);
    }
    assert.equal(await (await post(60_000)).text(), '60000');
    const [first, ...others] = held.splice(0);
    held.push(...others);
    first?.destroy();
    let answer: Response | undefined;
    while (answer?.status !== 200) answer = await post(1_000_000).catch(() => undefined);
    assert.equal(await answer.text(), '1000000');
    for (let again = 0; again < 3; again += 1)
      assert.equal((await post(1_000_000)).status, 200, 'a place is given back');
  });
});
