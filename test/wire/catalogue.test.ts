import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { catalogueGaps } from '../../src/wire/catalogue.ts';

const refused = { C: { reason: 'later', code: 'X', message: '' } };

describe('a catalogue', () => {
  it('is complete when each of the vendor’s operations is present or refused', () => {
    assert.deepEqual(catalogueGaps(['A', 'B', 'C'], [{ name: 'A' }, { name: 'B' }], refused), []);
  });

  it('names what is missing, doubled, unknown, out of order or without a reason', () => {
    assert.deepEqual(catalogueGaps(['A', 'B'], [{ name: 'A' }], {}), ['B is neither an operation nor refused']);
    assert.deepEqual(catalogueGaps(['C'], [{ name: 'C' }], refused), ['C is both an operation and refused']);
    assert.deepEqual(catalogueGaps(['C'], [{ name: 'Z' }], refused), ['Z is not an operation of the vendor']);
    assert.deepEqual(catalogueGaps([], [], refused), ['C is refused but not an operation of the vendor']);
    assert.deepEqual(catalogueGaps(['A', 'B'], [{ name: 'B' }, { name: 'A' }], {}), [
      'the operations are not in the order of the vendor',
    ]);
    assert.deepEqual(catalogueGaps(['C'], [], { C: { ...refused.C, reason: '' } }), ['C is refused without a reason']);
  });
});
