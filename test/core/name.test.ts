import assert from 'node:assert/strict';
import { it } from 'node:test';
import { attributeOf, attributeTypes } from '../../src/core/name.ts';

it('an attribute of a name is the first of its type, also inside a multi-valued RDN', () => {
  const { CN, O, OU } = attributeTypes;
  const name = [
    [{ type: O, value: 'Example' }],
    [
      { type: OU, value: 'one' },
      { type: CN, value: 'first' },
    ],
    [{ type: CN, value: 'second' }],
  ];
  assert.equal(attributeOf(name, 'CN'), 'first');
  assert.equal(attributeOf(name, 'OU'), 'one');
  assert.equal(attributeOf(name, 'C'), undefined);
  assert.equal(attributeOf([], 'CN'), undefined);
});
