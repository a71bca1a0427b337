import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';

const root = dirname(dirname(import.meta.dirname));
const notOurs = /^(node_modules|\.git|\.cache|chancery-data|demo-output|bench-output)(\/|$)/;
const binary = /\.(p12|pfx|jks|zip|der|cer|crl|png|ico|db)$/;

/** What a file may not name, written so that this file does not name it either. */
const patterns: Record<string, RegExp> = {
  'a folder of one machine': /(^|[\s"'`(=:])\/(home|root|Users|work|workspace)\/[a-z]/m,
  'a folder beside the checkout': /\.\.\/shared(\/|\b)/,
  'a package registry':
    /\b(registry\.[a-z0-9-]+\.[a-z]{2,}|npm\.pkg\.[a-z]|(test\.)?pypi\.[o]rg|files\.pythonhosted\.[o]rg|artifactory\.[a-z]|proxy\.golang\.[o]rg)/,
  'where a package was downloaded': /^\s+"resolved": "http/m,
};

const files = globSync('{*,.*,*/**,.ci/**}', { cwd: root, exclude: (path) => notOurs.test(path) })
  .filter((file) => !notOurs.test(file) && !binary.test(file) && statSync(join(root, file)).isFile())
  .toSorted();

describe('the text of the checkout', () => {
  it('is looked at', () => assert.ok(files.includes('package-lock.json') && files.includes('src/core/fault.ts')));

  for (const [what, pattern] of Object.entries(patterns)) {
    it(`does not name ${what}`, () => {
      const found = files.flatMap((file) => {
        const match = pattern.exec(readFileSync(join(root, file), 'utf8'));
        return match === null ? [] : [`${file}: ${match[0].trim()}`];
      });
      assert.deepEqual(found, []);
    });
  }

  it('would be caught naming them', () => {
    const samples = [
      ['see ', 'home', 'ann'].join('/'),
      ['..', 'shared', 'a'].join('/'),
      ['registry', 'example', 'com'].join('.'),
      '\n    "resolved": "https://x"',
    ];
    for (const [index, pattern] of Object.values(patterns).entries()) assert.match(samples[index] ?? '', pattern);
  });
});
