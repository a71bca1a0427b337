import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findProgram, outputOf, runProgram } from './programs.ts';

describe('programs', () => {
  it('finds a program of the PATH and no other', () => {
    assert.match(findProgram('node') ?? '', /node$/);
    assert.equal(findProgram('no-such-program'), undefined);
  });

  it('gives a program its input and returns what it printed', async () => {
    const printed = await outputOf(process.execPath, ['-e', 'process.stdin.pipe(process.stdout)'], { input: 'hello' });
    assert.equal(printed.toString(), 'hello');
  });

  it('kills a program that does not end, and says so', async () => {
    const { code, stderr } = await runProgram(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      timeoutMs: 200,
    });
    assert.equal(code, 128);
    assert.match(stderr, /did not end within 200 ms/);
  });

  it('reports a program that cannot be started', async () => {
    const { code, stderr } = await runProgram('/no/such/program', []);
    assert.equal(code, -1);
    assert.match(stderr, /ENOENT/);
  });

  it('throws the standard error of a program that failed', async () => {
    await assert.rejects(outputOf(process.execPath, ['-e', 'console.error("because"); process.exit(3)']), /3: because/);
  });
});
