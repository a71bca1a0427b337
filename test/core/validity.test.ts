import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { endOf, endOfTime, type ValidityWish } from '../../src/core/validity.ts';
import { isFault } from '../contracts/store-under-test.ts';

const day = 86_400_000;
const end = (unit: 'hours' | 'days' | 'months' | 'years', count: number, from: string) =>
  new Date(endOf({ unit, count }, Date.parse(from))).toISOString();

describe('the end of a validity', () => {
  const months: readonly [from: string, count: number, to: string][] = [
    ['2026-01-15T10:20:30Z', 1, '2026-02-15T10:20:30.000Z'],
    ['2026-01-31T10:20:30Z', 1, '2026-02-28T10:20:30.000Z'],
    ['2028-01-31T10:20:30Z', 1, '2028-02-29T10:20:30.000Z'],
    ['2026-03-31T23:59:59Z', 1, '2026-04-30T23:59:59.000Z'],
    ['2026-08-31T00:00:00Z', 6, '2027-02-28T00:00:00.000Z'],
    ['2026-12-31T00:00:00Z', 2, '2027-02-28T00:00:00.000Z'],
    ['2026-11-30T00:00:00Z', 13, '2027-12-30T00:00:00.000Z'],
    ['2026-02-28T00:00:00Z', 1, '2026-03-28T00:00:00.000Z'],
  ];
  for (const [from, count, to] of months) {
    it(`${count} months from ${from} is ${to}: the day is clamped to the month's last`, () => {
      assert.equal(end('months', count, from), to);
    });
  }

  it('a year is a calendar year, also over a leap day', () => {
    assert.equal(end('years', 1, '2021-10-14T00:00:00Z'), '2022-10-14T00:00:00.000Z');
    assert.equal(end('years', 1, '2027-06-01T00:00:00Z'), '2028-06-01T00:00:00.000Z');
    assert.equal(end('years', 10, '2026-03-01T12:00:00Z'), '2036-03-01T12:00:00.000Z');
  });
  it('a year from 29 February is 28 February, four years are 29 February again', () => {
    assert.equal(end('years', 1, '2028-02-29T12:00:00Z'), '2029-02-28T12:00:00.000Z');
    assert.equal(end('years', 4, '2028-02-29T12:00:00Z'), '2032-02-29T12:00:00.000Z');
    assert.equal(end('years', 72, '2028-02-29T12:00:00Z'), '2100-02-28T12:00:00.000Z'); // 2100 has no leap day
  });
  it('hours and days are of fixed length', () => {
    assert.equal(end('hours', 25, '2026-12-31T23:00:00Z'), '2027-01-02T00:00:00.000Z');
    assert.equal(end('days', 366, '2027-03-01T00:00:00Z'), '2028-03-01T00:00:00.000Z');
  });
  it('is in whole seconds, rounded down, whatever the moment of asking', () => {
    const from = Date.parse('2026-01-01T00:00:00.999Z');
    assert.equal(endOf({ unit: 'days', count: 1 }, from), Date.parse('2026-01-02T00:00:00Z'));
    assert.equal(endOf({ unit: 'until', at: from }, 0), Date.parse('2026-01-01T00:00:00Z'));
  });

  describe('at the end of time', () => {
    it('may be the last second that RFC 5280 §4.1.2.5.2 can write', () => {
      assert.equal(new Date(endOfTime).toISOString(), '9999-12-31T23:59:59.000Z');
      assert.equal(endOf({ unit: 'until', at: endOfTime }, 0), endOfTime);
      assert.equal(end('years', 7973, '2026-12-31T23:59:59Z'), '9999-12-31T23:59:59.000Z');
    });
    const late: readonly ValidityWish[] = [
      { unit: 'until', at: endOfTime + 1 },
      { unit: 'until', at: Number.NaN },
      { unit: 'until', at: Number.POSITIVE_INFINITY },
      { unit: 'hours', count: 70_000_000 },
      { unit: 'days', count: 3_000_000 },
      { unit: 'months', count: 12 * 7974 },
      { unit: 'years', count: 7974 },
      { unit: 'years', count: 300_000 },
      { unit: 'years', count: Number.MAX_SAFE_INTEGER },
    ];
    for (const wish of late) {
      it(`refuses ${JSON.stringify(wish)} from 2026, which ends after the year 9999`, () => {
        assert.throws(() => endOf(wish, Date.UTC(2026, 11, 31)), isFault('invalid', 'validity'));
      });
    }
  });

  describe('for any moment and count', () => {
    const moment = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2400, 0, 1) });
    it('months land in the asked month at the same time of day, on the same day or the last before it', () => {
      fc.assert(
        fc.property(moment, fc.integer({ min: 0, max: 1200 }), (from, count) => {
          const [begun, ended] = [new Date(from), new Date(endOf({ unit: 'months', count }, from))];
          const monthOf = (at: Date) => at.getUTCFullYear() * 12 + at.getUTCMonth();
          assert.equal(monthOf(ended) - monthOf(begun), count);
          assert.equal(ended.getTime() % day, Math.floor((from % day) / 1000) * 1000);
          const isLastDay = new Date(ended.getTime() + day).getUTCDate() === 1;
          const isSameDay = ended.getUTCDate() === begun.getUTCDate();
          assert.ok(isSameDay || (isLastDay && ended.getUTCDate() < begun.getUTCDate()));
        }),
      );
    });
    it('a year is twelve months, a day is 24 hours', () => {
      fc.assert(
        fc.property(moment, fc.integer({ min: 0, max: 100 }), (from, count) => {
          assert.equal(endOf({ unit: 'years', count }, from), endOf({ unit: 'months', count: count * 12 }, from));
          assert.equal(endOf({ unit: 'days', count }, from), endOf({ unit: 'hours', count: count * 24 }, from));
        }),
      );
    });
    it('asking for more never ends earlier', () => {
      const unit = fc.constantFrom('hours', 'days', 'months', 'years');
      fc.assert(
        fc.property(moment, unit, fc.integer({ min: 0, max: 500 }), (from, one, count) => {
          assert.ok(endOf({ unit: one, count: count + 1 }, from) > endOf({ unit: one, count }, from));
        }),
      );
    });
  });
});
