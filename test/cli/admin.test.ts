/** The `chancery` command against a running server: every admin command, its exit code and its JSON. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { variables } from '../../src/app/env.ts';
import { assertException, ok } from '../fronts/aws-call.ts';
import { anAuthority, liveCalls } from '../live-calls.ts';
import { type Finished, needs, runProgram } from '../programs.ts';
import { cleanEnvironment, folderForTests, serverForTests } from '../running-server.ts';

const root = join(import.meta.dirname, '../..');
const launcher = join(root, 'bin/chancery.mjs');

describe('chancery', async () => {
  const server = await serverForTests();
  const empty = await folderForTests();

  const chancery = (args: readonly string[], more: Record<string, string> = {}): Promise<Finished> =>
    runProgram(process.execPath, [launcher, ...args], {
      env: { ...noSettings(), CHANCERY_HOME: server.home, ...more },
      cwd: empty,
    });
  /** Runs an admin command that must succeed and gives its JSON. */
  const admin = async (...args: string[]) => {
    const { code, stdout, stderr } = await chancery(['admin', '--format', 'json', ...args]);
    assert.equal(code, 0, stderr);
    return stdout.length === 0 ? stderr : JSON.parse(stdout.toString());
  };

  it('lists every variable with its default, in --help and in serve --help', async () => {
    for (const args of [['--help'], ['serve', '--help']]) {
      const { code, stdout } = await chancery(args);
      assert.equal(code, 0);
      for (const [name, fallback] of variables)
        assert.ok(stdout.toString().includes(`${name}\n`) && stdout.toString().includes(`Default: ${fallback}.`), name);
    }
  });

  it('is there as npx chancery in the checkout', (t) => {
    const npx = needs(t, 'npx');
    if (npx === undefined) return;
    const done = spawnSync(npx, ['--no-install', 'chancery', '--help'], {
      cwd: root,
      env: cleanEnvironment({ HOME: empty }),
    });
    assert.equal(done.status, 0, done.stderr.toString());
    assert.match(done.stdout.toString(), /^Usage: chancery /);
  });

  it('creates, lists, suspends and resumes accounts', async () => {
    const made = await admin('account', 'create', 'second', '--id', '222233334444');
    assert.equal(made.AccountId, '222233334444');
    assert.match(made.DomainId, /^[0-9a-f]{32}$/);
    const listed = await admin('account', 'list');
    assert.deepEqual(
      listed.map(({ AccountId, Suspended }: Row) => [AccountId, Suspended]),
      [
        [server.account, false],
        ['222233334444', false],
      ],
    );
    const other = liveCalls(
      { ...server, account: made.AccountId, domain: made.DomainId },
      { id: made.AccessKeyId, secret: made.SecretAccessKey },
    );
    assert.deepEqual(ok(await other.pca('ListCertificateAuthorities')).CertificateAuthorities, []);
    await admin('account', 'suspend', '222233334444');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.notEqual((await other.pca('ListCertificateAuthorities')).status, 200);
    await admin('account', 'resume', '222233334444');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    ok(await other.pca('ListCertificateAuthorities'));
    // Its administrator is no operator of the server.
    assertException(await other.admin('ListAccounts'), 'AccessDeniedException');
  });

  it('creates, rotates, disables and enables keys, and changes their role', async () => {
    const made = await admin('key', 'create', '--user', 'ci', '--role', 'read-only');
    const reader = liveCalls(server, { id: made.AccessKeyId, secret: made.SecretAccessKey });
    ok(await reader.pca('ListCertificateAuthorities'));
    await assert.rejects(anAuthority(reader), /AccessDeniedException/);
    const rotated = await admin('key', 'rotate', made.AccessKeyId);
    assert.equal(rotated.AccessKeyId, made.AccessKeyId);
    assert.notEqual(rotated.SecretAccessKey, made.SecretAccessKey);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.notEqual((await reader.pca('ListCertificateAuthorities')).status, 200, 'the old secret stops working');
    const renewed = liveCalls(server, { id: rotated.AccessKeyId, secret: rotated.SecretAccessKey });
    ok(await renewed.pca('ListCertificateAuthorities'));
    await admin('key', 'set-role', made.AccessKeyId, 'administrator');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await anAuthority(renewed);
    await admin('key', 'disable', made.AccessKeyId);
    const states = async () =>
      (await admin('key', 'list')).map(({ AccessKeyId, Disabled, Role }: Row) => [AccessKeyId, Disabled, Role]);
    assert.deepEqual(
      (await states()).find(([id]: [string]) => id === made.AccessKeyId),
      [made.AccessKeyId, true, 'administrator'],
    );
    await admin('key', 'enable', made.AccessKeyId);
    assert.deepEqual(
      (await states()).find(([id]: [string]) => id === made.AccessKeyId),
      [made.AccessKeyId, false, 'administrator'],
    );
    assert.ok(!JSON.stringify(await admin('key', 'list')).includes(rotated.SecretAccessKey));
  });

  it('sets, lists and clears settings, for the server and for one account', async () => {
    await admin('setting', 'set', 'pkcs12-profile', 'legacy');
    assert.deepEqual(
      (await admin('setting', 'list')).map(({ Name, Value }: Row) => [Name, Value]),
      [['pkcs12-profile', 'legacy']],
    );
    await admin('setting', 'clear', 'pkcs12-profile');
    const { code, stdout } = await chancery(['admin', 'setting', 'list']);
    assert.deepEqual([code, stdout.toString()], [0, '']);
    const unknown = await chancery(['admin', 'setting', 'set', 'no-such-setting', 'x']);
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /^chancery: .*no-such-setting/);
  });

  it('prints tables for people', async () => {
    const { code, stdout } = await chancery(['admin', 'account', 'list']);
    assert.equal(code, 0);
    const [head, first] = stdout.toString().split('\n');
    assert.match(head ?? '', /^AccountId +DomainId +Name +Suspended +CreatedAt$/);
    assert.match(first ?? '', new RegExp(`^${server.account} +${server.domain} +main +no +\\d{4}-`));
  });

  it('ends with 1 when the server refuses or is not there, and with 2 when it does not understand', async () => {
    const cases: readonly [readonly string[], Record<string, string>, number, RegExp][] = [
      [['admin', 'key', 'disable', 'AKIANOSUCHKEY000000'], {}, 1, /^chancery: /],
      [
        ['admin', 'account', 'list'],
        { CHANCERY_SECRET_ACCESS_KEY: 'wrong-wrong-wrong', CHANCERY_ACCESS_KEY_ID: server.key.id },
        1,
        /^chancery: .*\(InvalidSignatureException\)/,
      ],
      [
        ['admin', '--endpoint', 'http://127.0.0.1:1', 'account', 'list'],
        {},
        1,
        /^chancery: http:\/\/127\.0\.0\.1:1 does not answer/,
      ],
      [['admin', 'account', 'list'], { CHANCERY_HOME: empty }, 1, /^chancery: there is no access key/],
      [['admin', 'account', 'create', 'third', '--id', '12'], {}, 1, /^chancery: .*ValidationException/],
      [['admin', 'account', 'create'], {}, 2, /missing required argument/],
      [['admin', 'nothing'], {}, 2, /unknown command/],
      [['nothing'], {}, 2, /./],
      [['admin', 'key', 'create'], {}, 2, /--user/],
    ];
    for (const [args, more, expected, sentence] of cases) {
      const { code, stdout, stderr } = await chancery(args, more);
      assert.equal(code, expected, `${args.join(' ')}: ${stderr}${stdout.toString()}`);
      assert.match(stderr, sentence, args.join(' '));
      assert.equal(stdout.toString(), '', args.join(' '));
      assert.ok(!stderr.includes('    at '), 'no stack');
    }
  });

  it('keeps the last operator’s key usable', async () => {
    const { code, stderr } = await chancery(['admin', 'key', 'disable', server.key.id]);
    assert.equal(code, 1, stderr);
    assert.equal((await chancery(['admin', 'account', 'list'])).code, 0);
  });
});

interface Row {
  readonly [member: string]: unknown;
}

/** Takes every CHANCERY_ variable of this process away. */
function noSettings(): Record<string, string | undefined> {
  const names = Object.keys(process.env).filter((name) => name.startsWith('CHANCERY_'));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
