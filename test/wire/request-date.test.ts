import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { basicForm, stampOf } from '../../src/wire/sigv4/request-date.ts';

describe("ISO 8601's basic form", () => {
  it('reads every second of the years 1000 to 9999 as it writes it', () => {
    const seconds = fc.integer({ min: Date.UTC(1000, 0, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 });
    fc.assert(fc.property(seconds, (second) => assert.equal(basicForm(stampOf(second * 1000)), second * 1000)));
  });

  it('refuses moments that do not exist, and any other spelling', () => {
    const wrong = ['20260230T000000Z', '20260001T000000Z', '20261301T000000Z', '20260100T000000Z', '20260132T000000Z'];
    const more = [
      '20260101T240000Z',
      '20260101T006000Z',
      '20260101T000060Z',
      '20260101T000000',
      '2026-01-01T00:00:00Z',
      '',
    ];
    for (const text of [...wrong, ...more]) assert.equal(basicForm(text), undefined, text);
  });
});
