import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPem, readPemBlocks, writePem } from '../../src/x509/pem.ts';
import { fault } from './an-authority.ts';

const expected = { labels: ['CERTIFICATE'], what: 'certificate' };
const octets = Uint8Array.from({ length: 100 }, (_, i) => i);
const block = writePem('CERTIFICATE', octets);

describe('PEM', () => {
  it('gives back what it wrote, with LF and CRLF, with and without the last line end', () => {
    for (const newline of ['\n', '\r\n'] as const) {
      for (const final of [true, false]) {
        const text = writePem('CERTIFICATE', octets, { newline, final });
        assert.deepEqual(readPem(text, expected).der, octets);
        assert.deepEqual(readPem(new TextEncoder().encode(text), expected).der, octets);
      }
    }
  });

  it('writes lines of 64 characters (RFC 7468 §2)', () => {
    assert.deepEqual(
      block.split('\n').map((line) => line.length),
      [27, 64, 64, 8, 25, 0],
    );
  });

  it('reads several blocks in their order, and refuses them where one is expected', () => {
    assert.equal(readPemBlocks(block + block, expected).length, 2);
    assert.throws(() => readPem(block + block, expected), fault('malformed', 'several'));
  });

  const refused: readonly (readonly [string, string, string])[] = [
    ['text that is no PEM', 'hello', 'not-pem'],
    ['nothing', '', 'not-pem'],
    ['another label', writePem('PRIVATE KEY', octets), 'label'],
    ['a block without its end', block.slice(0, 100), 'not-pem'],
    ['base64 with other characters', block.replace('AAEC', 'AA*C'), 'base64'],
    ['base64 with stray last bits', '-----BEGIN CERTIFICATE-----\nAB==\n-----END CERTIFICATE-----', 'base64'],
    ['encapsulated headers', block.replace('-\n', '-\nProc-Type: 4,ENCRYPTED\n\n'), 'base64'],
    ['text after the block', `${block}x`, 'not-pem'],
  ];
  for (const [what, text, reason] of refused) {
    it(`refuses ${what}`, () => assert.throws(() => readPem(text, expected), fault('malformed', reason)));
  }

  it('looks at the size before it decodes', () => {
    assert.throws(() => readPem(block, { ...expected, limit: 10 }), fault('malformed', 'too-long'));
  });
});
