import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { projectOf } from '../../../src/services/sessions/project-of.ts';
import { type Answer, ask, houseRegion, openHuawei } from '../huawei-call.ts';
import { beginning, type House, type HouseKey } from '../house.ts';

const tokens = '/v3/auth/tokens';

function assertIamError(answer: Answer, code: number, message: string | RegExp, title: string): void {
  const { error } = answer.json;
  assert.deepEqual(Object.keys(answer.json), ['error']);
  assert.deepEqual([answer.status, error.code, error.title], [code, code, title]);
  if (typeof message === 'string') assert.equal(error.message, message);
  else assert.match(error.message, message);
}

describe('Huawei IAM tokens', () => {
  let house: House;
  before(async () => {
    house = await openHuawei();
  });
  after(() => house.close());

  const identity = ({ id, secret }: Pick<HouseKey, 'id' | 'secret'>) => ({
    methods: ['hw_ak_sk'],
    hw_ak_sk: { access: { key: id }, secret: { key: secret } },
  });
  const signIn = (auth: unknown, as: HouseKey | 'none' = 'none') => ask(house, 'POST', tokens, { body: { auth }, as });
  const tokenOf = async (key: HouseKey, scope?: object): Promise<string> => {
    const answer = await signIn({ identity: identity(key), scope });
    assert.equal(answer.status, 201, JSON.stringify(answer.json));
    return answer.headers.get('x-subject-token') ?? '';
  };
  const withToken = (token: string, method: string, path: string, headers: Record<string, string> = {}) =>
    ask(house, method, path, { as: 'none', headers: { 'x-auth-token': token, ...headers } });

  describe('accepts', () => {
    it('an access key and its secret: 201, X-Subject-Token, the documented token document', async () => {
      const answer = await signIn({
        identity: identity(house.administrator),
        scope: { project: { name: houseRegion } },
      });
      assert.equal(answer.status, 201);
      assert.match(answer.headers.get('x-subject-token') ?? '', /^[A-Za-z0-9_-]{64}$/);
      const domain = { id: house.administrator.domain, name: 'first' };
      const { user, ...token } = answer.json.token;
      assert.deepEqual(token, {
        catalog: [],
        expires_at: '2026-03-02T12:00:00.000000Z',
        issued_at: '2026-03-01T12:00:00.000000Z',
        methods: ['hw_ak_sk'],
        project: { domain, id: projectOf(house.administrator.domain, houseRegion), name: houseRegion },
        roles: [{ id: '0', name: 'te_admin' }],
      });
      assert.deepEqual([user.domain, user.name, user.password_expires_at], [domain, 'administrator', '']);
      assert.match(user.id, /^[0-9a-f]{32}$/);
    });
    it('a domain, a project by id, both and neither as scope', async () => {
      const { domain } = house.administrator;
      const project = { id: projectOf(domain, houseRegion) };
      for (const [scope, kind] of [
        [{ domain: { id: domain } }, 'domain'],
        [{ domain: { name: 'first' } }, 'domain'],
        [{ project }, 'project'],
        [{ project: { name: houseRegion, domain: { id: domain } }, domain: { id: domain } }, 'project'],
        [undefined, 'domain'],
      ] as const) {
        const { status, json } = await signIn({ identity: identity(house.administrator), scope });
        assert.equal(status, 201);
        assert.ok(kind in json.token && !((kind === 'domain' ? 'project' : 'domain') in json.token));
      }
    });
    it('a signed request that names no secret, or its own key', async () => {
      for (const said of [{ methods: ['hw_ak_sk'] }, identity(house.reader)]) {
        const answer = await signIn({ identity: said }, house.reader);
        assert.equal(answer.status, 201);
        assert.equal(answer.json.token.user.name, 'reader');
        assert.deepEqual(answer.json.token.roles, [{ id: '0', name: 'readonly' }]);
      }
    });
    it('the token as X-Auth-Token in every front, with the rights of its key', async () => {
      const token = await tokenOf(house.administrator);
      const scope = { 'x-domain-id': house.administrator.domain };
      assert.equal((await withToken(token, 'GET', '/v1/private-certificates', scope)).status, 200);
      assert.equal((await withToken(token, 'GET', '/v3/scm/certificates')).status, 200);
      const reading = await tokenOf(house.reader);
      const answer = await withToken(
        reading,
        'DELETE',
        '/v1/private-certificates/01234567-89ab-4def-8123-456789abcdef',
      );
      assert.equal(answer.status, 403);
    });
  });

  describe('refuses', () => {
    const wrong = 'The username or password is wrong.';
    it('a password, MFA and an agency with the documented 401', async () => {
      const password = { user: { domain: { name: 'd' }, name: 'n', password: 'p' } };
      for (const methods of [['password'], ['password', 'totp'], ['assume_role'], ['token'], []]) {
        const answer = await signIn({ identity: { methods, password } });
        assertIamError(answer, 401, wrong, 'Unauthorized');
        assert.equal(answer.headers.get('x-subject-token'), null);
      }
    });
    it('a wrong secret and an unknown key in the same words', async () => {
      const { id, secret } = house.administrator;
      const one = await signIn({ identity: identity({ id, secret: `${secret}x` }) });
      const other = await signIn({ identity: identity({ id: house.stranger.id, secret }) });
      assertIamError(one, 401, /verify aksk signature fail/, 'Unauthorized');
      assert.deepEqual(other.json, one.json);
    });
    it('neither secret nor signature, and a signature of another key than the body names', async () => {
      assertIamError(await signIn({ identity: { methods: ['hw_ak_sk'] } }), 401, /./, 'Unauthorized');
      const answer = await signIn({ identity: identity(house.administrator) }, house.reader);
      assertIamError(answer, 401, wrong, 'Unauthorized');
    });
    it('a body of another form: 400 in IAM’s words', async () => {
      for (const body of [{}, [], { auth: {} }, { auth: { identity: { methods: 'password' } } }]) {
        const answer = await ask(house, 'POST', tokens, { body, as: 'none' });
        assertIamError(answer, 400, 'The request body is invalid', 'Bad Request');
      }
    });
    it('a project or domain that is not the key’s', async () => {
      const { domain } = house.stranger;
      for (const scope of [
        { project: { name: 'cn-north-4' } },
        { project: { id: projectOf(domain, houseRegion) } },
        { domain: { id: domain } },
        { domain: { name: 'second' } },
      ]) {
        const answer = await signIn({ identity: identity(house.administrator), scope });
        assertIamError(answer, 404, /^Could not find (project|domain)\.$/, 'Not Found');
      }
    });
    it('a token with the scope headers of another account, one beside a signature, one that is none', async () => {
      const token = await tokenOf(house.administrator);
      const path = '/v1/private-certificates';
      const foreign = await withToken(token, 'GET', path, { 'x-domain-id': house.stranger.domain });
      assert.equal(`${foreign.status} ${foreign.json.error_code}`, '401 APIGW.0301');
      const both = await ask(house, 'GET', path, { headers: { 'x-auth-token': token } });
      assert.equal(both.status, 401);
      const none = await withToken(`${token}x`, 'GET', path);
      assert.match(none.json.error_msg, /decrypt token fail/);
    });
  });

  describe('does', () => {
    it('keep the token only as its hash, and out of the log with the secret', async () => {
      const token = await tokenOf(house.administrator);
      const hash = createHash('sha256').update(token).digest('hex');
      assert.equal((await house.world.store.accounts.session(hash))?.account, house.administrator.account);
      assert.equal(await house.world.store.accounts.session(token), undefined);
      const said = house.logged.join('\n');
      assert.ok(!said.includes(token) && !said.includes(house.administrator.secret));
    });
    it('validate a token of the own account by GET and HEAD, not of another', async () => {
      const token = await tokenOf(house.reader);
      const headers = { 'x-subject-token': token };
      const shown = await ask(house, 'GET', tokens, { headers });
      assert.equal(shown.status, 200);
      assert.equal(shown.headers.get('x-subject-token'), token);
      assert.equal(shown.json.token.user.name, 'reader');
      const checked = await ask(house, 'HEAD', tokens, { headers });
      assert.deepEqual([checked.status, checked.bytes.length], [200, 0]);
      const own = await withToken(token, 'GET', tokens, headers);
      assert.equal(own.status, 200);
      assertIamError(
        await ask(house, 'GET', tokens, { headers, as: house.stranger }),
        404,
        'Could not find token.',
        'Not Found',
      );
      assertIamError(await ask(house, 'GET', tokens), 400, 'The request body is invalid', 'Bad Request');
      assert.equal((await ask(house, 'HEAD', tokens, { headers, as: house.stranger })).status, 404);
    });
    it('end a token by DELETE: an administrator any, a reader only his own', async () => {
      const reading = await tokenOf(house.reader);
      const administrating = await tokenOf(house.administrator);
      const end = (token: string, as: HouseKey) =>
        ask(house, 'DELETE', tokens, { headers: { 'x-subject-token': token }, as });
      assertIamError(await end(administrating, house.reader), 403, /not authorized/, 'Forbidden');
      assertIamError(await end(reading, house.stranger), 404, 'Could not find token.', 'Not Found');
      const ended = await end(reading, house.reader);
      assert.deepEqual([ended.status, ended.bytes.length], [204, 0]);
      assert.equal((await withToken(reading, 'GET', '/v3/auth/domains')).status, 401);
      assert.equal((await end(administrating, house.administrator)).status, 204);
    });
    it('forget a token after 24 hours, and when its key is switched off', async () => {
      const token = await tokenOf(house.reader);
      const { account, id } = house.reader;
      await house.services.updateAccessKey({ account, id, disabled: true });
      assert.equal((await withToken(token, 'GET', '/v3/auth/domains')).status, 401);
      await house.services.updateAccessKey({ account, id, disabled: false });
      assert.equal((await withToken(token, 'GET', '/v3/auth/domains')).status, 200);
      house.clock.advance({ hours: 24 });
      const late = await withToken(token, 'GET', '/v3/auth/domains');
      assert.equal(late.status, 401);
      assert.match(JSON.stringify(late.json), /token expires, expires_at: 2026-03-02T12:00:00/);
      assert.ok(house.clock.now() > beginning);
    });
  });
});
