/**
 * Validity and ValidityNotBefore of IssueCertificate: from the integers of a request to the dates that openssl reads in
 * the certificate. The calendar is judged by SQLite's, an implementation that is not ours.
 */
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { endOfTime } from '../../../src/core/validity.ts';
import { assertException } from '../aws-call.ts';
import { activeRoot, csrVector, days, issuance, issued, judge, openPca } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());
const lastSecond = { Type: 'ABSOLUTE', Value: endOfTime / 1000 };
const root = await activeRoot(pca, {}, { Validity: lastSecond });
const begun = house.clock.now();

interface Wish {
  readonly Type: string;
  readonly Value: number;
}

/** Issued at a moment; the dates of the certificate as openssl reads them, in milliseconds. Undefined without openssl. */
async function datesOf(t: TestContext, at: number, Validity: Wish, more: Record<string, unknown> = {}) {
  house.clock.advance({ seconds: (at - house.clock.now()) / 1000 });
  try {
    const { certificate } = await issued(pca, root.arn, csrVector('p256'), { Validity, ...more });
    const text = await judge(t, { c: certificate }, ['x509', '-in', 'c', '-noout', '-dates']);
    if (text === '') return undefined;
    const [from = '', to = ''] = text
      .trim()
      .split('\n')
      .map((line) => line.replace(/^[^=]*=/, ''));
    return { from: Date.parse(from), to: Date.parse(to) };
  } finally {
    house.clock.advance({ seconds: (begun - house.clock.now()) / 1000 });
  }
}

const refusedAt = async (at: number, Validity: Wish, more: Record<string, unknown> = {}) => {
  house.clock.advance({ seconds: (at - house.clock.now()) / 1000 });
  const answer = await call('IssueCertificate', issuance(root.arn, csrVector('p256'), { Validity, ...more }));
  house.clock.advance({ seconds: (begun - house.clock.now()) / 1000 });
  return answer;
};

const hour = 3_600_000;
// `floor`: a day that the month lacks becomes its last one.
const calendar = new DatabaseSync(':memory:').prepare("select unixepoch(?, 'unixepoch', ?, 'floor') as at");
const utc = (text: string) => Date.parse(text);

describe('Private CA, the validity of a certificate', () => {
  for (const [name, at, Validity, to] of [
    ['a month from the 31st of January', '2027-01-31T10:00:00Z', { Type: 'MONTHS', Value: 1 }, '2027-02-28T10:00:00Z'],
    [
      'a month from the 31st of January of a leap year',
      '2028-01-31T10:00:00Z',
      { Type: 'MONTHS', Value: 1 },
      '2028-02-29T10:00:00Z',
    ],
    ['a year from the 29th of February', '2028-02-29T10:00:00Z', { Type: 'YEARS', Value: 1 }, '2029-02-28T10:00:00Z'],
    ['a day over a new year', '2027-12-31T23:59:59Z', { Type: 'DAYS', Value: 1 }, '2028-01-01T23:59:59Z'],
    [
      'one second, ABSOLUTE',
      '2027-01-01T00:00:00Z',
      { Type: 'ABSOLUTE', Value: 1_798_761_601 },
      '2027-01-01T00:00:01Z',
    ],
    [
      'the sample of the page: 491231235959',
      '2027-01-01T00:00:00Z',
      { Type: 'END_DATE', Value: 491231235959 },
      '2049-12-31T23:59:59Z',
    ],
    [
      'the sample of the page: 2524608000',
      '2027-01-01T00:00:00Z',
      { Type: 'ABSOLUTE', Value: 2524608000 },
      '2050-01-01T00:00:00Z',
    ],
    [
      'the 29th of February, UTCTime',
      '2027-01-01T00:00:00Z',
      { Type: 'END_DATE', Value: 280229000000 },
      '2028-02-29T00:00:00Z',
    ],
    [
      'the 29th of February, GeneralizedTime',
      '2027-01-01T00:00:00Z',
      { Type: 'END_DATE', Value: 20960229235959 },
      '2096-02-29T23:59:59Z',
    ],
    [
      'the last second that a certificate can say',
      '2027-01-01T00:00:00Z',
      { Type: 'END_DATE', Value: 99991231235959 },
      '9999-12-31T23:59:59Z',
    ],
    ['years up to the end of time', '2027-01-01T00:00:00Z', { Type: 'YEARS', Value: 7972 }, '9999-01-01T00:00:00Z'],
  ] as const) {
    it(`${name}: from an hour before ${at} to ${to}`, async (t) => {
      const dates = await datesOf(t, utc(at), Validity);
      if (dates !== undefined) assert.deepEqual(dates, { from: utc(at) - hour, to: utc(to) });
    });
  }

  it('any DAYS, MONTHS and YEARS end as the calendar says, at the time of day of issuing', async (t) => {
    const wish = fc.record({
      at: fc.integer({ min: utc('2027-01-01T00:00:00Z') / 1000, max: utc('2034-12-31T00:00:00Z') / 1000 }),
      Type: fc.constantFrom('DAYS', 'MONTHS', 'YEARS'),
      Value: fc.integer({ min: 1, max: 400 }),
    });
    for (const { at, Type, Value } of fc.sample(wish, 20)) {
      const dates = await datesOf(t, at * 1000, { Type, Value });
      if (dates === undefined) return;
      const row = calendar.get(at, `+${Value} ${Type.toLowerCase()}`);
      const expected = { from: at * 1000 - hour, to: Number(row?.['at']) * 1000 };
      assert.deepEqual(dates, expected, `${Value} ${Type} from ${new Date(at * 1000).toISOString()}`);
    }
  });

  it('any END_DATE and ABSOLUTE end in that second, in both forms, whichever the certificate needs (RFC 5280 §4.1.2.5)', async (t) => {
    const second = (from: string, to: string) => fc.integer({ min: utc(from) / 1000, max: utc(to) / 1000 });
    const digitsOf = (at: number) => new Date(at * 1000).toISOString().replace(/[-T:]|\..*$/g, '');
    const wishes = [
      ...fc
        .sample(second('2027-01-01T00:00:00Z', '2049-12-31T23:59:59Z'), 6)
        .map((at) => [at, 'END_DATE', digitsOf(at).slice(2)] as const),
      ...fc
        .sample(second('2027-01-01T00:00:00Z', '9999-12-31T23:59:59Z'), 6)
        .map((at) => [at, 'END_DATE', digitsOf(at)] as const),
      ...fc
        .sample(second('2027-01-01T00:00:00Z', '9999-12-31T23:59:59Z'), 6)
        .map((at) => [at, 'ABSOLUTE', String(at)] as const),
    ];
    for (const [at, Type, Value] of wishes) {
      const dates = await datesOf(t, begun, { Type, Value: Number(Value) });
      if (dates === undefined) return;
      assert.deepEqual(dates, { from: begun - hour, to: at * 1000 }, `${Type} ${Value}`);
    }
  });

  it('ValidityNotBefore moves the begin alone, into the past or into what is still valid', async (t) => {
    for (const from of ['1970-01-01T00:00:01Z', '1999-12-31T23:59:59Z', '2026-06-01T00:00:00Z']) {
      const ValidityNotBefore = { Type: 'ABSOLUTE', Value: utc(from) / 1000 };
      const dates = await datesOf(t, begun, days(200), { ValidityNotBefore });
      if (dates !== undefined) assert.deepEqual(dates, { from: utc(from), to: begun + 200 * 24 * hour });
    }
  });

  describe('refuses, with ValidationException,', () => {
    const now = '2027-01-01T00:00:00Z';
    const noDate = /END_DATE must be a date and time in the form YYMMDDHHMMSS or YYYYMMDDHHMMSS/;
    for (const [name, Validity, sentence] of [
      ['a 30th of February', { Type: 'END_DATE', Value: 280230000000 }, noDate],
      ['a 29th of February of no leap year', { Type: 'END_DATE', Value: 21000229000000 }, noDate],
      ['a month 13', { Type: 'END_DATE', Value: 20281301000000 }, noDate],
      ['a month 0', { Type: 'END_DATE', Value: 20280001000000 }, noDate],
      ['a day 0', { Type: 'END_DATE', Value: 20280100000000 }, noDate],
      ['an hour 24', { Type: 'END_DATE', Value: 20280101240000 }, noDate],
      ['a second 60', { Type: 'END_DATE', Value: 20281231235960 }, noDate],
      ['13 digits', { Type: 'END_DATE', Value: 2028010100000 }, noDate],
      ['15 digits', { Type: 'END_DATE', Value: 202801010000000 }, noDate],
      ['fewer digits that are no date', { Type: 'END_DATE', Value: 1 }, noDate],
      // The leading zeros of 000229120000 and 090101000000 are lost in an integer: still a leap day of 2000, and 2009.
      [
        '2000 in nine digits: it is past',
        { Type: 'END_DATE', Value: 229120000 },
        /^the validity ends at 2000-02-29T12:00:00\.000Z, which is in the past: it is 20/,
      ],
      ['2009 in eleven digits: it is past', { Type: 'END_DATE', Value: 90101000000 }, /in the past/],
      ['1950 and after, UTCTime: it is past', { Type: 'END_DATE', Value: 500101000000 }, /in the past/],
      ['the second of issuing', { Type: 'ABSOLUTE', Value: utc(now) / 1000 }, /in the past/],
      ['the year 10000', { Type: 'ABSOLUTE', Value: endOfTime / 1000 + 1 }, /after the year 9999/],
      ['days beyond the year 9999', { Type: 'DAYS', Value: 3_000_000 }, /after the year 9999/],
      ['months beyond it', { Type: 'MONTHS', Value: 100_000 }, /after the year 9999/],
      ['years beyond it', { Type: 'YEARS', Value: 7973 }, /after the year 9999|exceeds the certificate authority/],
      [
        'years beyond any number of milliseconds',
        { Type: 'YEARS', Value: Number.MAX_SAFE_INTEGER },
        /after the year 9999/,
      ],
      ['nothing', { Type: 'DAYS', Value: 0 }, /greater than or equal to 1/],
      ['less than nothing', { Type: 'END_DATE', Value: -280101000000 }, /greater than or equal to 1/],
    ] as const) {
      it(name, async () => {
        assertException(await refusedAt(utc(now), Validity), 'ValidationException', sentence);
      });
    }

    it('a begin that is not ABSOLUTE, or not before the end', async () => {
      const begins = (Type: string, Value: number) =>
        refusedAt(utc(now), days(1), { ValidityNotBefore: { Type, Value } });
      assertException(await begins('DAYS', 1), 'ValidationException', /must be of type ABSOLUTE/);
      const late = await begins('ABSOLUTE', utc(now) / 1000 + 86_400);
      assertException(
        late,
        'ValidationException',
        /^the validity ends at (20\S+), which is not after its begin at \1$/,
      );
      const never = await begins('ABSOLUTE', Number.MAX_SAFE_INTEGER);
      assertException(never, 'ValidationException', /begin at a time beyond all dates$/);
    });
  });
});
