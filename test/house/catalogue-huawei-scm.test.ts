import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { operations } from '../../src/fronts/huawei-scm/operations.ts';
import { refused } from '../../src/fronts/huawei-scm/refused.ts';
import { catalogueGaps } from '../../src/wire/catalogue.ts';

const file = join(import.meta.dirname, '../vectors/huawei-scm-operations.json');
const vendor: readonly string[] = JSON.parse(readFileSync(file, 'utf8'));

describe('the catalogue of Huawei SCM', () => {
  it('is exactly the vendor’s: each operation is present, or refused with its reason', () => {
    assert.deepEqual(catalogueGaps(vendor, operations, refused), []);
  });
});
