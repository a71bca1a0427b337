import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { packChain, unpackChain } from '../../src/store/chain.ts';
import { fromJson, toJson } from '../../src/store/json.ts';

const octets = fc.uint8Array({ maxLength: 600 });

describe('columns that hold whole values', () => {
  it('give back any chain as it was', () => {
    const chains = fc.array(octets, { maxLength: 5 });
    fc.assert(fc.property(chains, (chain) => assert.deepEqual(unpackChain(packChain(chain)), chain)));
  });

  it('give back any nested value as it was, octets included', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), octets);
    const nested = fc.dictionary(fc.string(), fc.oneof(leaf, fc.array(leaf)), { noNullPrototype: true });
    fc.assert(fc.property(nested, (value) => assert.deepEqual(fromJson(toJson(value)), value)));
  });
});
