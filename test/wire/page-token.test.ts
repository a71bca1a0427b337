import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { accountId } from '../../src/core/ids.ts';
import { pageTokens } from '../../src/wire/page-token.ts';

const clock = { hours: 0, now: () => clock.hours * 3_600_000 };
const tokens = pageTokens(Buffer.alloc(32, 1), clock);
const scope = { list: 'acm:ListCertificates', account: accountId('111122223333') };

describe('a page token', () => {
  it('gives back any cursor', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed()),
        (cursor) => {
          assert.equal(tokens.open(scope, tokens.seal(scope, cursor)), cursor);
        },
      ),
    );
  });

  it('is refused after any single change', () => {
    const token = tokens.seal(scope, '1767323045000/6434f74f');
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      assert.equal(tokens.open(scope, `${token.slice(0, at)}${other}${token.slice(at + 1)}`), undefined, `at ${at}`);
    }
    for (const broken of ['', 'A', token.slice(1), `${token}=`, `${token}A`, ` ${token}`]) {
      assert.equal(tokens.open(scope, broken), undefined);
    }
  });

  it('shows nothing of the cursor, and is another one each time', () => {
    const [one, other] = [tokens.seal(scope, 'a'.repeat(40)), tokens.seal(scope, 'a'.repeat(40))];
    assert.notEqual(one, other);
    assert.match(one, /^[\w-]+$/);
    assert.ok(!Buffer.from(one, 'base64url').toString('latin1').includes('aaa'));
    assert.equal(tokens.open(scope, one), tokens.open(scope, other));
  });

  it('lasts a day, and longer than a clock that was set back', () => {
    clock.hours = 1000;
    const token = tokens.seal(scope, 'a b');
    for (const [hours, cursor] of [
      [1024, 'a b'],
      [1025, undefined],
      [900, 'a b'],
    ] as const) {
      clock.hours = hours;
      assert.equal(tokens.open(scope, token), cursor);
    }
  });

  it('is refused by another list, another account and another server', () => {
    const token = tokens.seal(scope, 'cursor');
    assert.equal(tokens.open({ ...scope, list: 'acm-pca:ListTags' }, token), undefined);
    assert.equal(tokens.open({ ...scope, account: accountId('444455556666') }, token), undefined);
    assert.equal(pageTokens(Buffer.alloc(32, 2), clock).open(scope, token), undefined);
  });
});
