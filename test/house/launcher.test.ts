import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { runProgram } from '../programs.ts';

const bin = join(dirname(dirname(import.meta.dirname)), 'bin');

/** The launcher is JavaScript for Node 20; these are the ways in which it may be started here. */
const launchers: Record<string, (t: TestContext) => string | undefined> = {
  'this Node': () => process.execPath,
  'an older Node': (t) => olderNode(t),
};

describe('the launcher', () => {
  let folder = '';
  let script = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chancery-launcher-'));
    script = join(folder, 'script.mts');
    await writeFile(
      script,
      `const [first, ...rest]: string[] = process.argv.slice(2);
       if (first === 'exit') process.exit(Number(rest[0]));
       process.on('SIGTERM', () => { console.log('asked to stop'); process.exit(7); });
       setInterval(() => {}, 1000);
       console.log('ready', process.pid);\n`,
    );
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [name, nodeOf] of Object.entries(launchers)) {
    it(`hands over arguments and the exit code, under ${name}`, async (t) => {
      const node = nodeOf(t);
      if (node === undefined) return;
      const { code, stderr } = await runProgram(node, [join(bin, 'run.mjs'), script, 'exit', '5']);
      assert.equal(code, 5, stderr);
      assert.equal(stderr, '');
    });

    it(`hands over SIGTERM and the exit code that follows, under ${name}`, async (t) => {
      const node = nodeOf(t);
      if (node === undefined) return;
      const child = spawn(node, [join(bin, 'run.mjs'), script, 'wait']);
      await printed(child, /ready/);
      const stopping = printed(child, /asked to stop/);
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await stopping;
      assert.deepEqual(await ended, [7, null]);
    });
  }

  it('does not leave the server behind when it is killed itself', async (t) => {
    const node = olderNode(t);
    if (node === undefined) return;
    const child = spawn(node, [join(bin, 'run.mjs'), script, 'wait']);
    await printed(child, /ready/);
    const stopping = printed(child, /asked to stop/);
    child.kill('SIGKILL');
    await stopping;
  });

  it('says in one sentence that a file is missing', async () => {
    const { code, stderr } = await runProgram(process.execPath, [join(bin, 'run.mjs'), 'src/none.ts']);
    assert.equal(code, 1);
    assert.equal(stderr, 'src/none.ts is not in this checkout of Chancery.\n');
  });
});

/** Resolves when the program has printed it. */
function printed(child: ChildProcess, wanted: RegExp): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let text = '';
  child.stdout?.on('data', (part: Buffer) => {
    text += part.toString();
    if (wanted.test(text)) resolve();
  });
  return promise;
}

/** A system Node that cannot run TypeScript, if there is one and npm brought the binary to go on with. */
function olderNode(t: TestContext): string | undefined {
  const path = ['/usr/bin/node', '/usr/local/bin/node'].find(isOlder);
  if (path === undefined) t.skip('the system has no older Node');
  return path;
}

function isOlder(path: string): boolean {
  const { status, stdout } = spawnSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' });
  const [major = 0] = (stdout ?? '').split('.').map(Number);
  return status === 0 && major >= 20 && major < 24;
}
