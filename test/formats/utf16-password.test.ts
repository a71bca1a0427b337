import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bmpPassword, utf16Password } from '../../src/formats/utf16-password.ts';
import { fault } from './fixtures.ts';

describe('utf16Password', () => {
  it('agrees with the platform on every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const expected = Buffer.from(text, 'utf16le').swap16();
        assert.deepEqual(Buffer.from(utf16Password(new TextEncoder().encode(text))), expected);
      }),
      { examples: [[''], ['\ufeffx'], ['😀'], ['\u0000'], ['\uffff']] },
    );
  });

  it('refuses exactly what is not UTF-8 (RFC 3629: overlong forms, surrogates, beyond U+10FFFF, cut off)', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const isUtf8 = (octets: Uint8Array): boolean => {
      try {
        return strict.decode(octets) !== undefined;
      } catch {
        return false;
      }
    };
    const tricky = fc.array(
      fc.constantFrom(0x41, 0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xa0, 0xf0, 0x90, 0xf4, 0xf8, 0xff),
    );
    fc.assert(
      fc.property(
        tricky.map((octets) => Uint8Array.from(octets)),
        (octets) => {
          if (isUtf8(octets)) utf16Password(octets);
          else assert.throws(() => utf16Password(octets), fault('invalid', { what: 'password' }));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('bmpPassword', () => {
  it('ends with two zero octets, and an empty password is just those (RFC 7292 appendix B.1)', () => {
    assert.deepEqual(bmpPassword(new Uint8Array(0)), Uint8Array.of(0, 0));
    assert.deepEqual(bmpPassword(new TextEncoder().encode('Be')), Uint8Array.of(0, 0x42, 0, 0x65, 0, 0));
  });
});
