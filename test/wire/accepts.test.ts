import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkOf } from '../../src/wire/accepts.ts';
import { boolean, document, integer, list, number, oneOf, optional, string, structure } from '../../src/wire/schema.ts';
import { violationsOf } from '../../src/wire/violation.ts';

const schema = structure({
  name: string({ min: 1, max: 4, pattern: '[a-z\\u{1F600}]+' }),
  kind: optional(oneOf(['one', 'two'])),
  count: optional(integer({ min: 1, max: 9 })),
  share: optional(number()),
  isOpen: optional(boolean()),
  tags: optional(list(structure({ key: string({ max: 3 }) }), { min: 1, max: 2 })),
  anything: optional(document()),
});

/** Values near the schema: the right names with right and wrong values. */
const near = fc.record(
  {
    name: fc.oneof(fc.constantFrom('a', 'abcd', 'abcde', '', 'A', '😀😀😀😀', '😀😀😀😀😀'), fc.anything()),
    kind: fc.oneof(fc.constantFrom('one', 'three'), fc.anything()),
    count: fc.oneof(fc.constantFrom(0, 1, 9, 10, 1.5, Number.NaN), fc.anything()),
    share: fc.oneof(fc.double(), fc.anything()),
    isOpen: fc.oneof(fc.boolean(), fc.anything()),
    tags: fc.oneof(fc.array(fc.record({ key: fc.oneof(fc.string(), fc.anything()) }), { maxLength: 3 }), fc.anything()),
    anything: fc.anything(),
  },
  { requiredKeys: [] },
);

describe('the quick check of an input', () => {
  const isAccepted = checkOf(schema);

  it('never accepts what the walker finds a broken rule in', () => {
    fc.assert(
      fc.property(fc.oneof(near, fc.anything()), (value) => {
        if (isAccepted(value)) assert.deepEqual(violationsOf(schema, value), []);
      }),
      { numRuns: 2000 },
    );
  });

  it('accepts whatever the walker finds nothing in, but for null members', () => {
    fc.assert(
      fc.property(near, (value) => {
        const hasNull = JSON.stringify(value, (_, member: unknown) =>
          typeof member === 'bigint' ? 0 : member,
        ).includes('null');
        if (violationsOf(schema, value).length === 0 && !hasNull) assert.equal(isAccepted(value), true);
      }),
      { numRuns: 2000 },
    );
  });

  it('counts code points, as the vendors do', () => {
    assert.equal(isAccepted({ name: '😀😀😀😀' }), true);
    assert.equal(isAccepted({ name: '😀😀😀😀😀' }), false);
  });
});
