import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atMostOnceASecond } from '../../src/app/at-most-once-a-second.ts';

describe('a check at most once a second', () => {
  it('gives everybody the answer of that second, a failure too, and asks again after it', async () => {
    let time = 5000;
    let runs = 0;
    const check = atMostOnceASecond(
      async () => {
        runs += 1;
        if (runs === 1) throw new Error('broken');
      },
      () => time,
    );
    await assert.rejects(check(), /broken/);
    time += 999;
    await assert.rejects(check(), /broken/);
    assert.equal(runs, 1);
    time += 1;
    await Promise.all([check(), check()]);
    assert.equal(runs, 2);
  });
});
