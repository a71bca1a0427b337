import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CommandName, Commands } from '../../src/core/commands.ts';
import { accessKeyId, accountId } from '../../src/core/ids.ts';
import type { Committer } from '../../src/core/store.ts';
import { deleteEnded } from '../../src/jobs/delete-ended.ts';
import { AccessKeyUses, touchAccessKeys } from '../../src/jobs/touch-access-keys.ts';

const account = accountId('111122223333');
const [one, other] = [accessKeyId('AKIAEXAMPLE000000001'), accessKeyId('AKIAEXAMPLE000000002')];
const running = new AbortController().signal;

/** Notes every command; refuses while `isDown`. */
function aLog() {
  const log = { isDown: false, commands: [] as [CommandName, unknown][] };
  const commit: Committer['commit'] = async <Name extends CommandName>(name: Name, input: Commands[Name]['in']) => {
    if (log.isDown) throw new Error('down');
    log.commands.push([name, input]);
    return undefined as Commands[Name]['out']; // both commands here return nothing
  };
  return { log, commit };
}

describe('the uses of access keys', () => {
  it('are written in one command with the last moment of each key, and nothing when there was none', async () => {
    const { log, commit } = aLog();
    const uses = new AccessKeyUses();
    const job = touchAccessKeys({ uses, commit });
    await job.run(running);
    for (const at of [1, 2, 3]) uses.note(account, one, at);
    uses.note(account, other, 2);
    await job.run(running);
    await job.run(running);
    const used = [
      { account, id: one, at: 3 },
      { account, id: other, at: 2 },
    ];
    assert.deepEqual(log.commands, [['touch-access-keys', { used }]]);
  });

  it('are kept while the store is down, the newer over the older', async () => {
    const { log, commit } = aLog();
    const uses = new AccessKeyUses();
    uses.note(account, one, 1);
    uses.note(account, other, 1);
    log.isDown = true;
    const failing = uses.flush(commit);
    uses.note(account, one, 2);
    await assert.rejects(failing, /down/);
    log.isDown = false;
    await uses.flush(commit);
    const used = [
      { account, id: one, at: 2 },
      { account, id: other, at: 1 },
    ];
    assert.deepEqual(log.commands, [['touch-access-keys', { used }]]);
  });
});

describe('the job that deletes what ended', () => {
  it('says what time it is', async () => {
    const { log, commit } = aLog();
    await deleteEnded({ commit, clock: { now: () => 42 } }).run(running);
    assert.deepEqual(log.commands, [['delete-ended', { now: 42 }]]);
  });
});
