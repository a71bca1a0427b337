import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Schedule, type JobLog } from '../../src/jobs/schedule.ts';

const silent: JobLog = { error: () => {} };

/** Resolves when it was called `count` times. */
function calls(count: number): { reached: Promise<void>; call(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = count;
  return {
    reached: promise,
    call() {
      left -= 1;
      if (left === 0) resolve();
    },
  };
}

/** The schedule's timers do not keep the process alive, so a test that waits for them must. */
async function alive<T>(wait: Promise<T>): Promise<T> {
  const timer = setInterval(() => {}, 1000);
  try {
    return await wait;
  } finally {
    clearInterval(timer);
  }
}

describe('the schedule', () => {
  it('runs a job again and again and counts it', async () => {
    const schedule = new Schedule(silent);
    const three = calls(3);
    schedule.start({ name: 'a', intervalMs: 1, run: async () => three.call() });
    await alive(three.reached);
    await schedule.stop();
    assert.ok((schedule.heartbeats.get('a')?.runs ?? 0) >= 3);
    assert.equal(schedule.heartbeats.get('a')?.failures, 0);
  });

  it('logs a job that fails and runs it again', async () => {
    const logged: unknown[] = [];
    const schedule = new Schedule({ error: ({ job, err }) => logged.push([job, String(err)]) });
    const two = calls(2);
    schedule.start({
      name: 'a',
      intervalMs: 1,
      run: async () => {
        two.call();
        throw new Error('no');
      },
    });
    await alive(two.reached);
    await schedule.stop();
    assert.deepEqual(logged[0], ['a', 'Error: no']);
    assert.equal(schedule.heartbeats.get('a')?.failures, logged.length);
  });

  it('runs a job now when it is woken, and once more when it is woken while it runs', async () => {
    const schedule = new Schedule(silent);
    const [first, second] = [calls(1), calls(2)];
    schedule.start({
      name: 'a',
      intervalMs: 3_600_000,
      run: async () => {
        first.call();
        second.call();
        if (schedule.heartbeats.get('a')?.runs === 0) schedule.wake('a');
      },
    });
    schedule.wake('a');
    schedule.wake('another');
    await alive(first.reached);
    await alive(second.reached);
    await schedule.stop();
    assert.equal(schedule.heartbeats.get('a')?.runs, 2);
  });

  it('never runs a job beside itself', async () => {
    const schedule = new Schedule(silent);
    const three = calls(3);
    let running = 0;
    let most = 0;
    schedule.start({
      name: 'a',
      intervalMs: 0,
      run: async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
        three.call();
      },
    });
    await alive(three.reached);
    await schedule.stop();
    assert.equal(most, 1);
  });

  it('stops: tells the running job, waits for it, and starts nothing more', async () => {
    const schedule = new Schedule(silent);
    const begun = calls(1);
    let ended = false;
    schedule.start({
      name: 'a',
      intervalMs: 0,
      run: (signal) =>
        new Promise((resolve) => {
          begun.call();
          signal.addEventListener('abort', () =>
            setImmediate(() => {
              ended = true;
              resolve();
            }),
          );
        }),
    });
    let laterRuns = 0;
    schedule.start({ name: 'later', intervalMs: 60_000, run: async () => void (laterRuns += 1) });
    await alive(begun.reached);
    await alive(schedule.stop());
    assert.equal(ended, true);
    assert.equal(laterRuns, 0);
  });

  it('refuses two jobs of one name', async () => {
    const schedule = new Schedule(silent);
    const job = { name: 'a', intervalMs: 60_000, run: async () => {} };
    schedule.start(job);
    assert.throws(() => schedule.start(job), /on the schedule already/);
    await schedule.stop();
  });
});
