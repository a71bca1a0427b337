import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';

const root = dirname(dirname(import.meta.dirname));

describe('the documents', () => {
  for (const file of globSync('{*.md,docs/**/*.md}', { cwd: root }).toSorted()) {
    it(`${file} links only to what is there`, () => {
      const text = readFileSync(join(root, file), 'utf8');
      const targets = [...text.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(([, target = '']) => target);
      const local = targets.filter((target) => !/^[a-z]+:/.test(target));
      assert.deepEqual(
        local.filter((target) => !existsSync(join(root, dirname(file), target))),
        [],
      );
    });
  }
});
