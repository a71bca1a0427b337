import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { accountId } from '../../src/core/ids.ts';
import { bucketName, objectKey } from '../../src/core/object.ts';
import { objectLinks } from '../../src/wire/http/object-links.ts';

const secret = randomBytes(32);
const links = objectLinks(secret, () => 'https://ca.test');
const mine = accountId('111122223333');
const place = { bucket: bucketName('reports'), key: objectKey('audit-report/x/y.csv') };
const now = Date.UTC(2026, 10, 23);
const queryOf = (url: string) => url.slice(url.indexOf('?') + 1);
const query = queryOf(links.urlOf(mine, place, now + 60_000));

describe('a link to an object', () => {
  it('lies under the public URL', () => {
    assert.match(
      links.urlOf(mine, place, now),
      /^https:\/\/ca\.test\/objects\/reports\/audit-report\/x\/y\.csv\?expires=\d{10}&signature=[\w-]{43}$/,
    );
  });

  it('is good until its end and not a millisecond longer', () => {
    assert.equal(links.isGood(mine, place, query, now), true);
    assert.equal(links.isGood(mine, place, query, now + 59_999), true);
    assert.equal(links.isGood(mine, place, query, now + 60_000), false);
  });

  it('is good for its account, bucket and key alone, and on servers with the same secret alone', () => {
    const other = { ...place, key: objectKey('audit-report/x/z.csv') };
    assert.equal(links.isGood(accountId('444455556666'), place, query, now), false);
    assert.equal(links.isGood(mine, other, query, now), false);
    assert.equal(links.isGood(mine, { ...place, bucket: bucketName('others') }, query, now), false);
    assert.equal(objectLinks(randomBytes(32), () => '').isGood(mine, place, query, now), false);
    assert.equal(objectLinks(secret, () => '').isGood(mine, place, query, now), true);
  });

  it('is good in one spelling', () => {
    const later = query.replace(/\d+/, (seconds) => String(Number(seconds) + 60));
    const padded = query.replace('expires=', 'expires=0');
    // 43 characters of Base64 hold 258 bits: the last two say nothing, so another last letter is the same signature.
    const bad = [
      '',
      later,
      padded,
      `${query}=`,
      `${query}&a=b`,
      `a=b&${query}`,
      query.slice(0, -1),
      'expires=&signature=',
    ];
    for (const text of bad) assert.equal(links.isGood(mine, place, text, now), false, text);
  });
});
