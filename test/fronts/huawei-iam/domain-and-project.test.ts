import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { projectOf } from '../../../src/services/sessions/project-of.ts';
import { ask, assertRefused, done, houseRegion, openHuawei } from '../huawei-call.ts';
import type { House } from '../house.ts';

describe('Huawei IAM: what SDKs ask on their own', () => {
  let house: House;
  before(async () => {
    house = await openHuawei();
  });
  after(() => house.close());

  it('GET /v3/auth/domains names exactly the caller’s domain', async () => {
    for (const as of [house.administrator, house.stranger]) {
      const answer = await ask(house, 'GET', '/v3/auth/domains', { as, headers: { 'X-Domain-Id': '' } });
      assert.equal(answer.status, 200);
      assert.deepEqual(
        answer.json.domains.map(({ id, name, enabled }: Record<string, unknown>) => ({ id, name, enabled })),
        [{ id: as.domain, name: as === house.administrator ? 'first' : 'second', enabled: true }],
      );
      assert.match(answer.headers.get('x-iam-trace-id') ?? '', /^[0-9a-f-]{36}$/);
    }
  });
  it('GET /v3/projects gives one match for the region of the server and none for others', async () => {
    const id = projectOf(house.administrator.domain, houseRegion);
    for (const query of [{}, { name: houseRegion }, { name: '' }]) {
      const { projects } = await done(house, 'GET', '/v3/projects', { query });
      assert.deepEqual(
        projects.map((project: Record<string, unknown>) => [project['id'], project['name'], project['domain_id']]),
        [[id, houseRegion, house.administrator.domain]],
      );
    }
    assert.deepEqual((await done(house, 'GET', '/v3/projects', { query: { name: 'cn-north-4' } })).projects, []);
  });
  it('a project id of the caller may be said with any request, another’s may not', async () => {
    const say = (id: string) => ask(house, 'GET', '/v1/private-certificates', { headers: { 'X-Project-Id': id } });
    assert.equal((await say(projectOf(house.administrator.domain, houseRegion))).status, 200);
    assert.equal((await say(projectOf(house.stranger.domain, houseRegion))).status, 401);
  });
  it('what is not offered is not there', async () => {
    for (const path of ['/v3/users', '/v3.0/OS-CREDENTIAL/securitytokens', '/v3/auth/projects']) {
      assertRefused(await ask(house, 'GET', path), 404, 'APIGW.0101', /does not exist/);
    }
  });
});
