import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it } from 'node:test';
import { makeSerialNumber } from '../../src/core/serial-number.ts';

it('100,000 serial numbers are positive, 16 octets, different, and every one of their 80 random bits is even-handed', () => {
  const count = 100_000;
  const seen = new Set<string>();
  const ones = new Uint32Array(80);
  for (let i = 0; i < count; i++) {
    const serial = makeSerialNumber(Date.UTC(2030, 0, 1), randomBytes(10));
    assert.match(serial, /^[4-7][0-9a-f]{31}$/); // RFC 5280 §4.1.2.2: positive, at most 20 octets
    seen.add(serial);
    const tail = Uint8Array.fromHex(serial.slice(12));
    for (let bit = 0; bit < 80; bit++)
      if (((tail[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) ones[bit] = (ones[bit] ?? 0) + 1;
  }
  assert.equal(seen.size, count);
  // The standard deviation is 158; eight of them never happen by chance (2^-50), a stuck bit is 316 away.
  for (const [bit, number] of ones.entries())
    assert.ok(Math.abs(number - count / 2) < 8 * 158, `bit ${bit}: ${number}`);
});
