import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { describeVariables, variables } from '../../src/app/env.ts';

const readme = readFileSync(join(dirname(dirname(import.meta.dirname)), 'README.md'), 'utf8');
const rows = new Map(
  [...readme.matchAll(/^\| `(CHANCERY_\w+)` \| (.+) \| (.+) \|$/gm)].map(([, name, ...cells]) => [name, cells]),
);

describe('the variables', () => {
  it('all stand in the table of the README, in the same order, and no other does', () => {
    assert.deepEqual(
      [...rows.keys()],
      variables.map(([name]) => name),
    );
  });

  for (const [name, fallback] of variables) {
    it(`${name} has the same default in the README and in --help`, () => {
      const inReadme = (rows.get(name)?.[1] ?? '').replaceAll('`', '');
      assert.ok(inReadme.startsWith(fallback), `${inReadme} / ${fallback}`);
      assert.ok(describeVariables().includes(`  ${name}\n`));
    });
  }

  it('that the README mentions anywhere exist', () => {
    const known = new Set<string>(variables.map(([name]) => name));
    // What only tests read is no variable of the server.
    const mentioned = [...readme.matchAll(/CHANCERY_(?!TEST_)[A-Z_]*[A-Z]/g)].map(([name]) => name);
    assert.deepEqual(
      mentioned.filter((name) => !known.has(name)),
      [],
    );
  });
});
