import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SignInThrottle } from '../../src/wire/sign-in-throttle.ts';

describe('the sign-in throttle', () => {
  const clock = { time: 0, now: () => clock.time };

  it('closes one pair of source and key, and opens it after the window', () => {
    const throttle = new SignInThrottle(clock, { failures: 2, windowMs: 1000, remembered: 10 });
    throttle.failed('a', 'key');
    assert.ok(!throttle.isClosed('a', 'key'));
    throttle.failed('a', 'key');
    assert.ok(throttle.isClosed('a', 'key'));
    assert.ok(!throttle.isClosed('b', 'key'));
    assert.ok(!throttle.isClosed('a', 'other'));
    clock.time += 1000;
    assert.ok(!throttle.isClosed('a', 'key'));
  });

  it('forgets failures after a success', () => {
    const throttle = new SignInThrottle(clock, { failures: 2, windowMs: 1000, remembered: 10 });
    throttle.failed('a', 'key');
    throttle.succeeded('a', 'key');
    throttle.failed('a', 'key');
    assert.ok(!throttle.isClosed('a', 'key'));
  });

  it('remembers a bounded number of pairs, the latest', () => {
    const throttle = new SignInThrottle(clock, { failures: 1, windowMs: 1000, remembered: 2 });
    for (const key of ['one', 'two', 'three']) throttle.failed('a', key);
    assert.deepEqual(
      ['one', 'two', 'three'].map((key) => throttle.isClosed('a', key)),
      [false, true, true],
    );
  });
});
