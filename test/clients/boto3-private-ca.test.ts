/** boto3: every operation, waiter and paginator of Private CA, at both paces, each answer as botocore's model has it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { needsPython } from '../programs.ts';
import { folderForTests, serverForTests } from '../running-server.ts';
import { runPython } from './python-program.ts';

const refusals: Readonly<Record<string, readonly [string, RegExp]>> = {
  certificateOfPending: ['InvalidStateException', /./],
  permissionAgain: ['PermissionAlreadyExistsException', /./],
  noPolicy: ['ResourceNotFoundException', /./],
  badPolicy: ['InvalidPolicyException', /./],
  policyGone: ['ResourceNotFoundException', /./],
  revokeAgain: ['RequestAlreadyProcessedException', /./],
  reportAgain: ['RequestInProgressException', /maximum of one report every 30 minutes/],
  issueDisabled: ['InvalidStateException', /not in a valid state for issuing certificates/],
  deletedAgain: ['InvalidStateException', /./],
};

describe('boto3 with Private CA', () => {
  for (const pace of ['prompt', 'aws'] as const) {
    it(`calls all 23 operations at the pace ${pace}, and each answer has the shape of its model`, async (t) => {
      const python = needsPython(t, 'boto3');
      if (python === undefined) return;
      const server = await serverForTests({ CHANCERY_PACE: pace });
      const variables = {
        AWS_SHARED_CREDENTIALS_FILE: join(server.home, 'credentials'),
        HOME: await folderForTests(),
      };
      const result: Result = JSON.parse((await runPython(python, 'private_ca.py', variables)).stdout.toString());
      assert.deepEqual(result.violations, []);
      assert.deepEqual(result.unseen, []);
      assert.equal(Object.keys(result.seen).length, 23);
      assertWaiters(result, pace);
      assertStory(result);
      for (const [name, [exception, sentence]] of Object.entries(refusals)) {
        const [type, message] = result.refused[name] ?? assert.fail(`${name} was not refused`);
        assert.equal(type, exception, `${name}: ${message}`);
        assert.match(message, sentence, name);
      }
    });
  }
});

function assertWaiters({ waiters, unwaited }: Result, pace: 'prompt' | 'aws'): void {
  assert.deepEqual(unwaited, []);
  for (const [name, asked] of Object.entries(waiters)) {
    if (pace === 'aws') assert.ok(Math.max(...asked) > 1, `${name} had to wait: ${asked.join(', ')}`);
    // A report is made by streaming: even without a pace it may take until the second question.
    else if (name !== 'audit_report_created') assert.equal(Math.max(...asked), 1, `${name}: ${asked.join(', ')}`);
  }
}

function assertStory(result: Result): void {
  assert.equal(result.pending, 'PENDING_CERTIFICATE');
  assert.deepEqual(result.pages, {
    list_certificate_authorities: [2, 1],
    list_tags: [2, 2, 1],
    list_permissions: [1],
  });
  assert.deepEqual(result.permissionsLeft, []);
  assert.ok(result.samePolicy);
  assert.deepEqual(
    result.reports.map(([key, status]) => [/\.(\w+)$/.exec(key)?.[1], status]),
    [
      ['csv', 'SUCCESS'],
      ['json', 'SUCCESS'],
    ],
  );
  assert.deepEqual(result.disabled, ['DISABLED', true]);
  assert.deepEqual(result.deleted, ['DELETED', 7]);
  assert.equal(result.restored, 'DISABLED');
}

/** What private_ca.py prints. */
interface Result {
  readonly seen: Readonly<Record<string, number>>;
  readonly unseen: readonly string[];
  readonly violations: readonly string[];
  /** Waiter → how often each wait asked. */
  readonly waiters: Readonly<Record<string, readonly number[]>>;
  readonly unwaited: readonly string[];
  readonly pages: Readonly<Record<string, readonly number[]>>;
  readonly pending: string;
  readonly permissionsLeft: readonly object[];
  readonly samePolicy: boolean;
  readonly reports: readonly (readonly [string, string])[];
  readonly disabled: readonly [string, boolean];
  readonly deleted: readonly [string, number];
  readonly restored: string;
  readonly refused: Readonly<Record<string, readonly [string, string] | null>>;
}
