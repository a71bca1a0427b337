import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Finished, runProgram } from '../programs.ts';

/** Runs a program of test/clients/python with nothing in its environment but `variables`; it must succeed. */
export async function runPython(
  python: string,
  name: string,
  variables: Readonly<Record<string, string>>,
): Promise<Finished> {
  const program = join(import.meta.dirname, 'python', name);
  const done = await runProgram(python, ['-B', program], { env: { ...onlyThese(variables) }, timeoutMs: 120_000 });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

/** The environment of a client: whatever this process has for clients of the real clouds is taken away. */
export function onlyThese(variables: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const cloud = Object.keys(process.env).filter((name) =>
    /^(AWS_|HUAWEICLOUD_|CHANCERY_|PYTHON|BOTO|https?_proxy$|no_proxy$)/i.test(name),
  );
  return { ...Object.fromEntries(cloud.map((name) => [name, undefined])), ...variables };
}
