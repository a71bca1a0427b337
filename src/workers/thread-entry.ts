/** Where a thread's code lies: beside its client, as TypeScript in a clone and as JavaScript where it was compiled. */
export function threadEntry(name: string): URL {
  return new URL(import.meta.url.endsWith('.ts') ? `./${name}.ts` : `./${name}.js`, import.meta.url);
}
