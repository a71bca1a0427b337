/** The layout; that many of them differ and are even-handed is in test/x509/serial-number.test.ts. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { makeSerialNumber } from '../../src/core/serial-number.ts';

const moments = fc.integer({ min: 0, max: 2 ** 46 - 1 });
const random = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('a serial number', () => {
  it('is the bits 01, 46 bits of milliseconds and the 80 random bits, in this order', () => {
    fc.assert(
      fc.property(moments, random, (now, bits) => {
        const number = BigInt(`0x${makeSerialNumber(now, bits)}`);
        assert.equal(number >> 126n, 1n);
        assert.equal((number >> 80n) & ((1n << 46n) - 1n), BigInt(now));
        assert.equal(number & ((1n << 80n) - 1n), BigInt(`0x${Buffer.from(bits).toString('hex')}`));
      }),
    );
  });
  // RFC 5280 §4.1.2.2: positive and at most 20 octets. The first digit keeps the sign bit clear and no digit to drop.
  it('has 32 hexadecimal digits, the first of them 4 to 7', () => {
    fc.assert(
      fc.property(moments, random, (now, bits) => assert.match(makeSerialNumber(now, bits), /^[4-7][0-9a-f]{31}$/)),
    );
    assert.equal(makeSerialNumber(0, new Uint8Array(10)), `4${'0'.repeat(31)}`);
    assert.equal(makeSerialNumber(2 ** 46 - 1, new Uint8Array(10).fill(255)), `7${'f'.repeat(31)}`);
  });
  it('of a later millisecond is greater, whatever the random bits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 46 - 2 }), random, random, (now, one, other) => {
        assert.ok(makeSerialNumber(now, one) < makeSerialNumber(now + 1, other));
      }),
    );
  });
  it('takes exactly 10 random octets', () => {
    for (const count of [0, 9, 11, 16])
      assert.throws(() => makeSerialNumber(0, new Uint8Array(count)), /10 random octets/);
  });
});
