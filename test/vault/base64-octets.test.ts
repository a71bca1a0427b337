import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../../src/core/fault.ts';
import { decodeBase64, encodeBase64 } from '../../src/vault/base64-octets.ts';

const ascii = (text: string) => new TextEncoder().encode(text);

describe('base64 between octets', () => {
  it('is what Buffer writes, and comes back (RFC 4648 §4)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (octets) => {
        const text = encodeBase64(octets);
        assert.equal(Buffer.from(text).toString('latin1'), Buffer.from(octets).toString('base64'));
        assert.deepEqual(decodeBase64(text), octets);
      }),
    );
  });

  it('refuses every other spelling', () => {
    for (const text of ['A', 'AA', 'AAA', 'AA=', 'A===', 'AB==', 'AAB=', 'AA-_', 'AA==AA==', 'AAAA\n', '====']) {
      assert.throws(() => decodeBase64(ascii(text)), Fault, text);
    }
  });
});
