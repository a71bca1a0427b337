import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { it } from 'node:test';

const lockfile = join(dirname(dirname(import.meta.dirname)), 'package-lock.json');

/** `npm ci` refuses a lockfile without them, whatever the platform; npm leaves them out where a registry lacks them. */
it('the lockfile has every optional package that its packages name', () => {
  const { packages }: { packages: Record<string, { optionalDependencies?: Record<string, string> }> } = JSON.parse(
    readFileSync(lockfile, 'utf8'),
  );
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
  assert.deepEqual(
    wanted.filter((name) => packages[`node_modules/${name}`] === undefined),
    [],
  );
});
