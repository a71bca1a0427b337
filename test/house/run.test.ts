import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runProgram } from '../programs.ts';

const runner = join(dirname(import.meta.dirname), 'run.ts');
const head = "import { describe, it } from 'node:test';\n";

describe('npm test', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chancery-run-'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Runs the runner on one file of this text; gives its exit code, its lines and the last of them. */
  async function runOn(text: string, env: Record<string, string | undefined> = {}) {
    const file = join(folder, 'sample.test.ts');
    await writeFile(file, text);
    const { code, stdout } = await runProgram(process.execPath, [runner, file], {
      env: { NODE_TEST_CONTEXT: undefined, CI: undefined, ...env },
    });
    const printed = stdout.toString().trimEnd();
    return { code, printed, last: printed.slice(printed.lastIndexOf('\n') + 1) };
  }

  it('counts tests and not the suites and parents around them', async () => {
    const { code, last } = await runOn(
      `${head}describe('a', () => { it('b', async (t) => { await t.test('c', () => {}); }); it('d', () => {}); });`,
    );
    assert.deepEqual({ code, last }, { code: 0, last: '2 passed, 0 failed, 0 skipped' });
  });

  it('shows a failure with its suite, file and line', async () => {
    const { code, last, printed } = await runOn(
      `${head}describe('a', () => {\n  it('b', () => { throw new Error('why'); });\n});`,
    );
    assert.deepEqual({ code, last }, { code: 1, last: '0 passed, 1 failed, 0 skipped' });
    assert.match(printed, /FAILED a › b\n {2}at .*sample\.test\.ts:3\n {4}Error: why/);
  });

  it('lists the programs that are missing, which fails only under CI, and not for Terraform', async () => {
    const text = `${head}it('a', () => {}); it('b', (t) => t.skip('keytool is not installed'));`;
    const terraform = text.replace('keytool', 'Terraform');
    const { code, printed, last } = await runOn(text);
    assert.deepEqual({ code, last }, { code: 0, last: '1 passed, 0 failed, 1 skipped' });
    assert.match(printed, /skipped:\n {2}keytool is not installed: 1\n/);
    assert.equal((await runOn(text, { CI: 'true' })).code, 1);
    assert.equal((await runOn(terraform, { CI: 'true' })).code, 0);
  });

  it('fails when no test was executed', async () => {
    assert.equal((await runOn(`${head}it('a', { skip: 'not here' }, () => {});`)).code, 1);
    assert.equal((await runOn('export {};')).code, 1);
  });

  it('fails a file that exits before its tests have ended', async () => {
    const { code } = await runOn(`${head}it('a', () => {}); it('b', () => process.exit(0));`);
    assert.equal(code, 1);
  });

  it('fails a file that throws outside of its tests, and prints the reason', async () => {
    const { code, printed } = await runOn(`${head}it('a', () => {}); throw new Error('at import');`);
    assert.equal(code, 1);
    assert.match(printed, /at import/);
  });

  it('stops a file that hangs', async () => {
    const { code, printed } = await runOn(`${head}it('a', () => new Promise(() => setInterval(() => {}, 1000)));`, {
      CHANCERY_TEST_FILE_TIMEOUT_MS: '1500',
    });
    assert.equal(code, 1);
    assert.match(printed, /did not end within 1500 ms/);
  });
});
