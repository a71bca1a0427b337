import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { operations } from '../../src/fronts/aws-acm/operations.ts';
import { refused } from '../../src/fronts/aws-acm/refused.ts';
import { catalogueGaps } from '../../src/wire/catalogue.ts';

describe('the catalogue of AWS Certificate Manager', () => {
  it('has every operation of the vendor once, in its order, or refuses it with a reason', () => {
    const list = readFileSync(join(import.meta.dirname, '../vectors/acm-operations.json'), 'utf8');
    const vendor: string[] = JSON.parse(list);
    assert.equal(vendor.length, 40);
    assert.deepEqual(catalogueGaps(vendor, operations, refused), []);
  });
});
