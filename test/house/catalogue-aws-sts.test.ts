import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { operations } from '../../src/fronts/aws-sts/operations.ts';
import { refused } from '../../src/fronts/aws-sts/refused.ts';
import { catalogueGaps } from '../../src/wire/catalogue.ts';

describe('the catalogue of AWS STS', () => {
  it('has every operation of the vendor once, in its order, or refuses it with a reason', () => {
    const list = readFileSync(join(import.meta.dirname, '../vectors/sts-operations.json'), 'utf8');
    const vendor: string[] = JSON.parse(list);
    assert.equal(vendor.length, 12);
    assert.deepEqual(catalogueGaps(vendor, operations, refused), []);
  });
});
