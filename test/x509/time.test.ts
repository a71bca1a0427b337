import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readTime, timeText } from '../../src/x509/der/time.ts';

const octets = (text: string) => new TextEncoder().encode(text);

describe('times of certificates', () => {
  it('RFC 5280 §4.1.2.5: a GeneralizedTime is what the calendar says, from the year 0000 to 9999', () => {
    const seconds = fc.integer({ min: Date.parse('0000-01-01T00:00:00Z') / 1000, max: 253402300799 });
    fc.assert(
      fc.property(seconds, (at) => {
        const text = new Date(at * 1000).toISOString().replace(/[-:T]|\.000/g, '');
        assert.equal(readTime(octets(text), false), at * 1000);
      }),
    );
  });

  it('RFC 5280 §4.1.2.5.1: a UTCTime lies between 1950 and 2049', () => {
    assert.equal(readTime(octets('500101000000Z'), true), Date.parse('1950-01-01T00:00:00Z'));
    assert.equal(readTime(octets('491231235959Z'), true), Date.parse('2049-12-31T23:59:59Z'));
    fc.assert(
      fc.property(fc.integer({ min: -631152000, max: 2524607999 }), (at) => {
        assert.equal(readTime(octets(timeText(at * 1000).text), true), at * 1000);
      }),
    );
  });

  it('a day that the month does not have is no time', () => {
    for (const text of ['20230229000000Z', '19000229000000Z', '20230431000000Z', '20231301000000Z', '20230100000000Z'])
      assert.equal(readTime(octets(text), false), undefined, text);
    for (const text of ['20240229000000Z', '20000229000000Z', '20230430000000Z', '20231231000000Z'])
      assert.notEqual(readTime(octets(text), false), undefined, text);
  });
});
