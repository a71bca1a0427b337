/** A server with AWS's limits, and boto3: it waits and tries again, so that its user sees nothing of them. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { liveCalls } from '../live-calls.ts';
import { needsPython } from '../programs.ts';
import { folderForTests, serverForTests } from '../running-server.ts';
import { runPython } from './python-program.ts';

describe('a server with CHANCERY_LIMITS=aws', async () => {
  const server = await serverForTests({ CHANCERY_LIMITS: 'aws' });

  it('refuses who asks more often than AWS allows, and says so in its metrics and log', async () => {
    const { pca } = liveCalls(server);
    // One a second: whoever is slow enough to be let through each time takes half a minute.
    const answers = await Promise.all(Array.from({ length: 30 }, () => pca('DeletePermission')));
    const codes = answers.map(({ body }) => String(body.__type));
    assert.deepEqual([...new Set(codes)].toSorted(), ['ThrottlingException', 'ValidationException']);
    const refused = answers.filter(({ body }) => body.__type === 'ThrottlingException');
    for (const { status, body } of refused) {
      assert.deepEqual([status, body], [400, { __type: 'ThrottlingException', message: 'Rate exceeded' }]);
    }
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    assert.match(metrics, /chancery_requests_total\{front="aws-pca",operation="DeletePermission",outcome="refused"\}/);
    assert.ok(!server.logged().includes(server.key.secret));
  });

  it('is no hindrance to boto3', async (t) => {
    const python = needsPython(t, 'boto3');
    if (python === undefined) return;
    const variables = {
      AWS_SHARED_CREDENTIALS_FILE: join(server.home, 'credentials'),
      HOME: await folderForTests(),
    };
    const { first, then, attempts } = JSON.parse(String((await runPython(python, 'throttled.py', variables)).stdout));
    const codes = new Set(first.map(([code]: readonly [string]) => code));
    assert.deepEqual(codes, new Set(['AccessDeniedException', 'ThrottlingException']));
    assert.deepEqual(new Set(then.map(([code]: readonly [string]) => code)), new Set(['AccessDeniedException']));
    assert.ok(attempts > then.length, `${attempts} attempts for ${then.length} answers`);
  });
});
