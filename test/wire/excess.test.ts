/** What is too much, or cannot be stored, is refused before it costs anything. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unreadable } from '../../src/wire/aws-json/constraint-sentences.ts';
import { parseJson } from '../../src/wire/json-body.ts';
import { reader } from '../../src/wire/reader.ts';
import { list, optional, string, structure } from '../../src/wire/schema.ts';
import { Unreadable, type Violation, violationsOf } from '../../src/wire/violation.ts';

const json = (text: string) => parseJson(Buffer.from(text));

describe('a JSON body', () => {
  it('holds 20,000 values at most, wherever they stand; commas inside texts are none', () => {
    const list = (count: number) => `[${Array<number>(count).fill(1).join(',')}]`;
    assert.equal(Object(json(list(20_000))).length, 20_000);
    assert.throws(() => json(list(20_001)), SyntaxError);
    assert.throws(() => json(`{"a":${list(10_001)},"b":${list(10_001)}}`), SyntaxError);
    assert.throws(() => json(`{${Array.from({ length: 20_001 }, (_, at) => `"k${at}":1`).join(',')}}`), SyntaxError);
    assert.deepEqual(json(JSON.stringify({ pem: ','.repeat(100_000) })), { pem: ','.repeat(100_000) });
  });

  it('cannot reach a prototype through its names', () => {
    const { read } = reader(structure({ Name: optional(string()), constructor: optional(string()) }));
    const hostile = '{"__proto__":{"Name":"x","isAdmin":true},"constructor":"c"}';
    const { input } = read(json(hostile));
    assert.deepEqual({ ...input }, { constructor: 'c' });
    assert.equal(Reflect.get({}, 'isAdmin'), undefined);
  });
});

describe('a text', () => {
  const schema = structure({ text: string({ max: 8 }), free: optional(string()) });

  it('with a NUL or half a surrogate pair is refused: PostgreSQL stores neither as it came', () => {
    for (const bad of ['a\0b', '\0', '\ud800', 'a\udc00']) {
      for (const value of [{ text: bad }, { text: 'a', free: bad }]) {
        assert.throws(() => reader(schema).read(value), Unreadable);
        assert.deepEqual(
          violationsOf(schema, value).map(({ rule }) => rule.kind),
          ['pattern'],
        );
      }
    }
    assert.deepEqual(reader(schema).read({ text: '\u{1F600}\n\t' }).input, { text: '\u{1F600}\n\t' });
  });

  it('of megabytes is not searched for a pattern whose nested repeats would exhaust the stack', () => {
    const names = structure({ name: string({ max: 253, pattern: '(?:((?!-)[a-z]{1,62})\\.)+x' }) });
    const rules = violationsOf(names, { name: `${'a.'.repeat(2_000_000)}!` }).map(({ rule }) => rule.kind);
    assert.deepEqual(rules, ['max-length', 'pattern']);
  });
});

describe("AWS's sentence of broken rules", () => {
  it('counts all of them and spells out 500, so that an answer is never larger than what was asked', () => {
    const schema = structure({ names: list(structure({ name: string({ min: 2 }) })) });
    const names = Array.from({ length: 10_000 }, () => ({ name: '' }));
    const violations: readonly Violation[] = violationsOf(schema, { names });
    const { message } = unreadable(violations);
    assert.match(message, /^10000 validation errors detected: /);
    assert.equal(message.split('; ').length, 500);
  });

  it('blames a list of plain values as a whole, once, however many of them break how many rules', () => {
    const schema = structure({ Names: list(string({ min: 2, max: 3, pattern: 'a+' }), { max: 2 }) });
    const { message } = unreadable(violationsOf(schema, { Names: ['', 'aa', 'bbbb'] }));
    assert.equal(
      message,
      "2 validation errors detected: Value '[, aa, bbbb]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 2; " +
        "Value '[, aa, bbbb]' at 'names' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 3, " +
        'Member must have length greater than or equal to 2, Member must satisfy regular expression pattern: ^(?:a+)$]',
    );
  });
});
