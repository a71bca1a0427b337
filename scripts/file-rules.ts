/** The rules of size and naming that no linter has: one idea per file, named after it. */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export const folders = ['src', 'test', 'bench', 'demo', 'scripts', 'bin'];
const longest = 400;
/** A file above it says why in these words. */
const excuse = /more than 400 lines because /;
const emptyNames = ['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'types', 'shared'];
const nameShape = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|worker|d))?\.(ts|mjs)$/;

/** One sentence for each violation in the checkout at `root`. */
export function fileViolations(root: string): string[] {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,mts,cts,js,mjs,cjs,tsx}`, { cwd: root }));
  return files.toSorted().flatMap((file) => violationsOf(file, readFileSync(join(root, file), 'utf8')));
}

export function violationsOf(file: string, text: string): string[] {
  const name = basename(file);
  const lines = text.split('\n').length - 1;
  return [
    ...(emptyNames.includes(name.split('.')[0] ?? '') ? [`${file}: the name says nothing about what the file is`] : []),
    ...(nameShape.test(name) ? [] : [`${file}: expected a name such as revoke-certificate.ts`]),
    ...(lines > longest && !excuse.test(text)
      ? [`${file}: ${lines} lines, at most ${longest} unless it says "more than 400 lines because …"`]
      : []),
  ];
}
