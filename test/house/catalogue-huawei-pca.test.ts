import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { operations } from '../../src/fronts/huawei-pca/operations.ts';
import { refused } from '../../src/fronts/huawei-pca/refused.ts';
import { catalogueGaps } from '../../src/wire/catalogue.ts';

const file = join(import.meta.dirname, '../vectors/huawei-pca-operations.json');
const vendor: readonly string[] = JSON.parse(readFileSync(file, 'utf8'));

describe('the catalogue of Huawei PCA', () => {
  it('is exactly the vendor’s: each operation is present, or refused with its reason', () => {
    assert.deepEqual(catalogueGaps(vendor, operations, refused), []);
  });
});
