import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { operations } from '../../src/fronts/aws-pca/operations.ts';
import { refused } from '../../src/fronts/aws-pca/refused.ts';
import { allTemplates } from '../../src/fronts/aws-pca/templates.ts';
import { catalogueGaps } from '../../src/wire/catalogue.ts';

const vectors = join(import.meta.dirname, '../vectors');

describe('the catalogue of AWS Private CA', () => {
  it('has every operation of the vendor once, in its order, or refuses it with a reason', () => {
    const vendor: string[] = JSON.parse(readFileSync(join(vectors, 'acm-pca-operations.json'), 'utf8'));
    assert.equal(vendor.length, 23);
    assert.deepEqual(catalogueGaps(vendor, operations, refused), []);
  });

  it('knows the names of all 61 templates', () => {
    assert.equal(new Set(allTemplates).size, 61);
    assert.equal(allTemplates.length, 61);
  });
});
