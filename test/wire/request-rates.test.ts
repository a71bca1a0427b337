import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountId } from '../../src/core/ids.ts';
import { Refusal } from '../../src/wire/refusal.ts';
import { type Admit, admitWithin } from '../../src/wire/request-rates.ts';
import { aCaller } from './a-toy-front.ts';

const other = aCaller({ account: accountId('444455556666') });

function bucketsOf(rates: Record<string, number>) {
  const clock = { ms: 1000 };
  return { clock, admit: admitWithin(rates, () => clock.ms) };
}

/** How many of so many requests at once are let through. */
function admitted(admit: Admit, times: number, caller = aCaller(), operation = 'IssueCertificate'): number {
  let count = 0;
  for (let at = 0; at < times; at += 1) {
    try {
      admit(caller, operation);
      count += 1;
    } catch (cause) {
      assert.ok(cause instanceof Refusal);
      assert.deepEqual([cause.code, cause.message, cause.status], ['ThrottlingException', 'Rate exceeded', undefined]);
    }
  }
  return count;
}

describe('the rate of an operation', () => {
  it('lets a second’s requests through at once, and then one every so often', () => {
    const { clock, admit } = bucketsOf({ IssueCertificate: 25 });
    assert.equal(admitted(admit, 100), 25);
    clock.ms += 39;
    assert.equal(admitted(admit, 100), 0);
    clock.ms += 1;
    assert.equal(admitted(admit, 100), 1);
    clock.ms += 400;
    assert.equal(admitted(admit, 100), 10);
  });

  it('holds no more than a second’s requests however long nobody asks', () => {
    const { clock, admit } = bucketsOf({ IssueCertificate: 25 });
    clock.ms += 1e9;
    assert.equal(admitted(admit, 100), 25);
  });

  it('is not used up by requests that it refused', () => {
    const { clock, admit } = bucketsOf({ IssueCertificate: 10 });
    assert.equal(admitted(admit, 10_000), 10);
    clock.ms += 1000;
    assert.equal(admitted(admit, 10), 10);
  });

  it('is each account’s own, each operation’s own, and the same in every region', () => {
    const { admit } = bucketsOf({ IssueCertificate: 5, GetCertificate: 7 });
    assert.equal(admitted(admit, 10), 5);
    assert.equal(admitted(admit, 10, other), 5);
    assert.equal(admitted(admit, 10, aCaller(), 'GetCertificate'), 7);
    assert.equal(admitted(admit, 10, aCaller({ region: aCaller().region })), 0);
    assert.equal(admitted(admit, 10, { ...aCaller(), region: Object('eu-west-1') }), 0);
  });

  it('is not limited where the table has none', () => {
    const { admit } = bucketsOf({ IssueCertificate: 1 });
    assert.equal(admitted(admit, 1000, aCaller(), 'ListTags'), 1000);
    assert.equal(admitted(admit, 1000, aCaller(), 'constructor'), 1000);
  });

  it('adds up exactly over a long time at uneven moments', () => {
    const { clock, admit } = bucketsOf({ IssueCertificate: 7 });
    let count = admitted(admit, 100);
    for (let at = 0; at < 1000; at += 1) {
      clock.ms += at % 13;
      count += admitted(admit, 3);
    }
    const elapsed = clock.ms - 1000;
    assert.ok(Math.abs(count - (7 + (elapsed * 7) / 1000)) <= 1, String(count));
  });
});
