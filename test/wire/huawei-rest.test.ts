import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Fault } from '../../src/core/fault.ts';
import { huaweiFront } from '../../src/wire/huawei-rest/dispatch.ts';
import {
  flag,
  inHeader,
  inPath,
  inQuery,
  integer,
  list,
  optional,
  secretText,
  shape,
  text,
} from '../../src/wire/huawei-rest/shapes.ts';
import { pathTable } from '../../src/wire/huawei-rest/path-table.ts';
import { operationsOf } from '../../src/wire/operation.ts';
import { Refusal } from '../../src/wire/refusal.ts';
import { Reply } from '../../src/wire/reply.ts';
import { aRequest } from './a-key.ts';
import { aCaller, faults, type ToyServices } from './a-toy-front.ts';

const operation = operationsOf<ToyServices>();
const may = () => ({ action: 'toy:toy:get', access: 'read', resource: 'toy' }) as const;

const exportToy = operation({
  name: 'ExportToy',
  method: 'POST',
  path: '/v1/toys/{toy_id}/export',
  input: shape({
    toy_id: inPath(text({ pattern: '[a-z0-9-]+' })),
    limit: optional(inQuery(integer({ min: 1, max: 50 }))),
    all: optional(inQuery(flag())),
    kind: optional(inQuery(list(text()))),
    subject: optional(inHeader('X-Subject-Token', text())),
    type: text({ max: 5 }),
    password: optional(secretText({ max: 5 })),
  }),
  action: may,
  run: (input, { services }) => services.keep(structuredClone(input)),
  view: (result) => ({ result }),
});
const showToy = operation({
  name: 'ShowToy',
  method: 'GET',
  path: '/v1/toys/{toy_id}',
  input: shape({ toy_id: inPath(text()) }),
  action: may,
  run: ({ toy_id }) => toy_id,
  view: (id) => Reply.bytes(Buffer.from(id), 'application/zip', 'toy.zip'),
});
const countToys = operation({
  name: 'CountToys',
  method: 'GET',
  path: '/v1/toys/count',
  input: shape({}),
  action: may,
  run: () => 3,
  view: (count) => ({ count }),
});
const deleteToy = operation({
  name: 'DeleteToy',
  method: 'DELETE',
  path: '/v1/toys/{toy_id}',
  input: shape({ toy_id: inPath(text()) }),
  action: may,
  run: () => Promise.reject(new Fault('not-found', 'no such toy')),
  view: () => undefined,
  faults: { 'not-found': () => new Refusal('TOY.404', 'resource does not exist', { status: 404 }) },
});
const enableToy = operation({
  name: 'EnableToy',
  method: 'POST',
  path: '/v1/toys/{toy_id}/enable',
  input: shape({ toy_id: inPath(text()) }),
  action: may,
  run: () => undefined,
  view: () => undefined,
});
const signIn = operation({
  name: 'CreateToken',
  method: 'POST',
  path: '/v1/toys/tokens',
  status: 201,
  input: shape({ key: text(), secret: secretText() }),
  signIn: ({ key, secret }) => ({ accessKey: key, secret }),
  action: may,
  run: (_input, { caller }) => caller.userName,
  view: (user) => Reply.json({ user }, { headers: { 'x-subject-token': 'token' } }),
});

function front(keep: ToyServices['keep'] = async (input) => input) {
  const asked: string[] = [];
  const made = huaweiFront(
    {
      name: 'toys',
      prefixes: ['/v1/toys'],
      operations: [exportToy, showToy, countToys, deleteToy, enableToy, signIn],
      refused: {
        RevokeToy: { reason: 'later', code: 'TOY.1', message: 'not here', method: 'PUT', path: '/v1/toys/{toy_id}' },
      },
      faults,
      malformed: (what) => new Refusal('TOY.2', `Incorrect request: ${what}`),
      unreadable: ([first]) =>
        new Refusal('TOY.3', `Incorrect parameter ${first?.path.join('.')}: ${first?.rule.kind}`),
      denied: () => new Refusal('TOY.4', 'no', { status: 403 }),
    },
    {
      services: { keep },
      authenticate: () => {
        asked.push('authenticate');
        return aCaller();
      },
      signIn: async (_request, _to, { accessKey, secret }) => {
        asked.push(`${accessKey} ${Buffer.from(secret).toString()}`);
        return aCaller({ userName: accessKey });
      },
      observe: () => {},
      log: { info() {}, warn() {}, error() {} },
    },
  );
  return { ...made, asked };
}

async function call(change: Parameters<typeof aRequest>[0], made = front()) {
  const { status, headers, body } = await made.answer(aRequest(change));
  const document: unknown = headers['content-type'] === 'application/json' ? JSON.parse(String(body)) : body;
  return { status, headers, document };
}

describe('Huawei REST', () => {
  describe('reads', () => {
    it('members from path, query, header and body, each as its kind', async () => {
      const { status, document } = await call({
        path: '/v1/toys/7-a/export',
        query: 'limit=50&all=true&kind=x+y&kind=%C3%BC&other=1',
        headers: { 'X-Subject-Token': 't' },
        body: '{"type":"ZIP","password":null,"other":1}\n',
      });
      const result = { toy_id: '7-a', limit: 50, all: true, kind: ['x y', 'ü'], subject: 't', type: 'ZIP' };
      assert.deepEqual([status, document], [200, { result }]);
    });

    it('secrets as octets', async () => {
      const seen: unknown[] = [];
      const keep = async (input: unknown) => seen.push(Reflect.get(Object(input), 'password'));
      await call({ path: '/v1/toys/7/export', body: '{"type":"ZIP","password":"pä"}' }, front(keep));
      assert.deepEqual(seen, [new Uint8Array(Buffer.from('pä'))]);
    });

    it('no body where the operation has none, whatever it is', async () => {
      for (const body of ['', '\n', '{}', '{', '[]']) {
        assert.equal((await call({ path: '/v1/toys/7/enable', body })).status, 204, body);
      }
    });

    it('the credential of a sign-in, in place of a signature', async () => {
      const made = front();
      const { status, headers, document } = await call(
        { path: '/v1/toys/tokens', body: '{"key":"k","secret":"s"}' },
        made,
      );
      assert.deepEqual([status, headers['x-subject-token'], document], [201, 'token', { user: 'k' }]);
      assert.deepEqual(made.asked, ['k s']);
    });
  });

  describe('finds', () => {
    it('a literal before a parameter, and bytes as they are', async () => {
      assert.deepEqual((await call({ method: 'GET', path: '/v1/toys/count' })).document, { count: 3 });
      const { headers, document } = await call({ method: 'GET', path: '/v1/toys/7' });
      assert.equal(headers['content-disposition'], 'attachment; filename="toy.zip"');
      assert.deepEqual(document, Buffer.from('7'));
    });

    it('its way back from a literal that leads nowhere', () => {
      const find = pathTable([
        { method: 'GET', path: '/a/b/c' },
        { method: 'GET', path: '/a/{x}/d' },
      ]);
      assert.deepEqual(find('GET', '/a/b/d'), {
        kind: 'found',
        entry: { method: 'GET', path: '/a/{x}/d' },
        parameters: { x: 'b' },
      });
    });

    it('one spelling of a path only', async () => {
      for (const path of [
        '/v1/toys/%37',
        '/v1/toys/.',
        '/v1/toys/7/..',
        '/v1/toys//7',
        '/v1/toys/../toys/7',
        '/v1/toys/7%2Fexport',
      ]) {
        const { status, document } = await call({ method: 'GET', path });
        assert.equal(status, 404, path);
        assert.equal(Reflect.get(Object(document), 'error_code'), 'APIGW.0101');
      }
    });

    it('no operation of another method, and says what its catalogue refuses', async () => {
      assert.equal((await call({ method: 'PATCH', path: '/v1/toys/7' })).status, 405);
      const refused = await call({ method: 'PUT', path: '/v1/toys/7' });
      assert.deepEqual([refused.status, refused.document], [404, { error_code: 'TOY.1', error_msg: 'not here' }]);
    });
  });

  describe('refuses', () => {
    it('a body that is no JSON object, and members that break their shape, in the front’s words', async () => {
      const path = '/v1/toys/7/export';
      const said = async (change: Parameters<typeof aRequest>[0]) =>
        Reflect.get(Object((await call({ path, ...change })).document), 'error_msg');
      assert.equal(await said({ body: '{' }), 'Incorrect request: the body is not valid JSON');
      assert.equal(await said({ body: '[]' }), 'Incorrect request: the body is not a JSON object');
      assert.equal(await said({ body: '{}' }), 'Incorrect parameter type: required');
      assert.equal(await said({ body: '{"type":"longer"}' }), 'Incorrect parameter type: max-length');
      assert.equal(await said({ body: '{"type":"a"}', query: 'limit=x' }), 'Incorrect parameter limit: type');
      assert.equal(await said({ body: '{"type":"a"}', query: 'limit=51' }), 'Incorrect parameter limit: max-value');
      assert.equal(await said({ body: '{"type":"a"}', query: 'all=1' }), 'Incorrect parameter all: type');
    });

    it('a fault with the operation’s own code and status', async () => {
      const { status, headers, document } = await call({ method: 'DELETE', path: '/v1/toys/7', body: '{"a":1}' });
      assert.equal(status, 404);
      assert.equal(headers['x-request-id'], '6434f74f-2d13-4e6a-89eb-93ee313f1a43');
      assert.deepEqual(document, { error_code: 'TOY.404', error_msg: 'resource does not exist' });
    });

    it('two operations of one method and path, when it is built', () => {
      const entry = { method: 'GET', path: '/a/{x}' };
      assert.throws(() => pathTable([entry, { ...entry, path: '/a/{y}' }]), /listed twice/);
    });
  });
});
