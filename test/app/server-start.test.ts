/** The first start, later starts, and starts that are refused, as processes of their own. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { anAuthority, issueLive, liveCalls } from '../live-calls.ts';
import { folderForTests, refusedStart, startServerProcess } from '../running-server.ts';
import { makeCsr } from '../../scripts/make-csr.ts';
import { ok } from '../fronts/aws-call.ts';

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('a server process', async () => {
  const folder = await folderForTests();
  let count = 0;
  const newHome = () => join(folder, `home-${++count}`);

  it('makes its data folder 0700 and each file 0600 at its first start, and prints no secret into a pipe', async () => {
    const home = newHome();
    const server = await startServerProcess({ CHANCERY_HOME: home });
    try {
      assert.equal(modeOf(home), '700');
      const files = readdirSync(home);
      for (const name of ['chancery.db', 'credentials', 'aws-config', 'huawei-regions.yaml', 'master.key']) {
        assert.ok(files.includes(name), `${name} among ${files.join()}`);
      }
      for (const name of files) assert.equal(modeOf(join(home, name)), '600', name);
      assert.match(server.account, /^\d{12}$/);
      assert.match(server.domain, /^[0-9a-f]{32}$/);
      assert.match(server.project, /^[0-9a-f]{32}$/);
      assert.ok(server.printed().includes(join(home, 'credentials')));
      assert.match(server.printed(), /Warning: the master key lies beside the data/);
      assert.ok(server.key.secret.length >= 40);
      assert.ok(!server.printed().includes(server.key.secret));
    } finally {
      assert.equal(await server.stop(), 0);
    }
  });

  it('narrows a data folder that others could enter', async () => {
    const home = newHome();
    mkdirSync(home, { mode: 0o755 });
    chmodSync(home, 0o755);
    const server = await startServerProcess({ CHANCERY_HOME: home });
    assert.equal(modeOf(home), '700');
    await server.stop();
  });

  it('keeps account, key and authorities over a restart, and brings the endpoint in its files up to date', async () => {
    const home = newHome();
    const first = await startServerProcess({ CHANCERY_HOME: home });
    const root = await anAuthority(liveCalls(first));
    const { account, domain, project, key } = first;
    assert.equal(await first.stop(), 0);
    const second = await startServerProcess({ CHANCERY_HOME: home });
    assert.deepEqual(
      { account: second.account, domain: second.domain, project: second.project, key: second.key },
      { account, domain, project, key },
    );
    const found = ok(
      await liveCalls(second).pca('GetCertificateAuthorityCertificate', { CertificateAuthorityArn: root.arn }),
    );
    assert.equal(found.Certificate, root.certificate);
    await issueLive(liveCalls(second), root, makeCsr('after.test').csr);
    for (const file of ['credentials', 'aws-config', 'huawei-regions.yaml']) {
      assert.ok(readFileSync(join(home, file), 'utf8').includes(`${second.url}\n`), file);
    }
    await second.stop();
  });

  it('loses no secret when its first start finds the port taken: the next start knows the key in the file', async () => {
    const home = newHome();
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo; // listening on TCP
    const { code, stderr } = await refusedStart({ CHANCERY_HOME: home, CHANCERY_LISTEN: `127.0.0.1:${port}` });
    taken.close();
    assert.equal(code, 1);
    assert.match(stderr, /EADDRINUSE/);
    const server = await startServerProcess({ CHANCERY_HOME: home });
    try {
      assert.equal(modeOf(join(home, 'credentials')), '600');
      ok(await liveCalls(server).pca('ListCertificateAuthorities'));
    } finally {
      await server.stop();
    }
  });

  it('keeps a secret of its environment from threads, children and diagnostic reports', async () => {
    const home = newHome();
    const secret = 'an-odd-secret-of-forty-characters-and-more';
    const server = await startServerProcess({
      CHANCERY_HOME: home,
      CHANCERY_ACCESS_KEY_ID: 'AKIAANODDKEYOFATEST1',
      CHANCERY_SECRET_ACCESS_KEY: secret,
      NODE_OPTIONS: `--report-on-signal --report-signal=SIGUSR2 --report-dir=${home}`,
    });
    try {
      ok(await liveCalls(server).pca('ListCertificateAuthorities'));
      server.signal('SIGUSR2');
      const written = () => readdirSync(home).find((name) => /^report\..*\.json$/.test(name));
      while (written() === undefined || !isJson(readFileSync(join(home, written() ?? ''), 'utf8'))) await delay(20);
      const report = readFileSync(join(home, written() ?? ''), 'utf8');
      assert.ok(report.includes('CHANCERY_ACCESS_KEY_ID'), 'the report holds the environment');
      assert.ok(!report.includes(secret));
    } finally {
      await server.stop();
    }
  });

  it('refuses a data folder that another server uses, says why, and leaves that server alone', async () => {
    const home = newHome();
    const first = await startServerProcess({ CHANCERY_HOME: home });
    const before = readFileSync(join(home, 'credentials'));
    const { code, stderr, stdout } = await refusedStart({ CHANCERY_HOME: home });
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^chancery: the data folder .* is in use by another running server .*\n$/);
    assert.equal((await fetch(`${first.url}/readyz`)).status, 200);
    assert.deepEqual(readFileSync(join(home, 'credentials')), before);
    await first.stop();
  });

  it('seals keys under a passphrase, opens them with it again, and refuses another one', async () => {
    const home = newHome();
    const passphrase = join(folder, 'passphrase');
    writeFileSync(passphrase, 'correct horse battery staple\n', { mode: 0o600 });
    const settings = { CHANCERY_HOME: home, CHANCERY_MASTER_PASSPHRASE_FILE: passphrase };
    const first = await startServerProcess(settings);
    const root = await anAuthority(liveCalls(first));
    assert.ok(!first.printed().includes('Warning: the master key'));
    assert.ok(!existsSync(join(home, 'master.key')));
    await first.stop();
    const second = await startServerProcess(settings);
    await issueLive(liveCalls(second), root, makeCsr('again.test').csr);
    await second.stop();
    writeFileSync(passphrase, 'another passphrase of good length\n');
    const { code, stderr } = await refusedStart(settings);
    assert.equal(code, 1);
    assert.match(stderr, /^chancery: .*not the passphrase.*\n$/);
  });

  it('refuses a master key file that is not the database’s', async () => {
    const [one, other] = [newHome(), newHome()];
    for (const home of [one, other]) await (await startServerProcess({ CHANCERY_HOME: home })).stop();
    const { code, stderr } = await refusedStart({
      CHANCERY_HOME: one,
      CHANCERY_MASTER_KEY_FILE: join(other, 'master.key'),
    });
    assert.equal(code, 1);
    assert.match(stderr, /^chancery: .*master key.*\n$/);
  });

  it('refuses to make a new master key beside a database that is already there', async () => {
    const home = newHome();
    await (await startServerProcess({ CHANCERY_HOME: home })).stop();
    renameSync(join(home, 'master.key'), join(folder, 'kept.key'));
    const { code, stderr } = await refusedStart({ CHANCERY_HOME: home });
    assert.equal(code, 1);
    assert.match(stderr, /master\.key is missing, and only it opens the keys in .*chancery\.db; put it back/);
    assert.ok(!existsSync(join(home, 'master.key')));
    renameSync(join(folder, 'kept.key'), join(home, 'master.key'));
    await (await startServerProcess({ CHANCERY_HOME: home })).stop();
  });

  const bad: readonly [string, Record<string, string>, RegExp][] = [
    [
      'a port that is none',
      { CHANCERY_LISTEN: '127.0.0.1:99999' },
      /CHANCERY_LISTEN is "127\.0\.0\.1:99999", expected/,
    ],
    [
      'an address that is not loopback, without TLS',
      { CHANCERY_LISTEN: '0.0.0.0:0' },
      /CHANCERY_LISTEN is 0\.0\.0\.0:0, which is not loopback, and there is no TLS/,
    ],
    [
      'a misspelt variable',
      { CHANCERY_LISTN: 'x' },
      /CHANCERY_LISTN is not a variable of Chancery; did you mean CHANCERY_LISTEN\?/,
    ],
    ['an account id of 11 digits', { CHANCERY_ACCOUNT_ID: '12345678901' }, /CHANCERY_ACCOUNT_ID is "12345678901"/],
    [
      'half of a TLS pair',
      { CHANCERY_TLS_CERT_FILE: '/dev/null' },
      /CHANCERY_TLS_CERT_FILE is set without CHANCERY_TLS_KEY_FILE/,
    ],
    ['a log level that is none', { CHANCERY_LOG_LEVEL: 'loud' }, /CHANCERY_LOG_LEVEL is "loud", expected trace/],
    [
      'a database that is none',
      { CHANCERY_DATABASE_URL: 'mysql://u:secret-password@h/d' },
      /CHANCERY_DATABASE_URL must be sqlite:FILE or postgres/,
    ],
    [
      'a PostgreSQL that does not answer',
      { CHANCERY_DATABASE_URL: 'postgres://u:secret-password@127.0.0.1:1/d' },
      /127\.0\.0\.1/,
    ],
    [
      'an https URL for what goes into certificates',
      { CHANCERY_PKI_URL: 'https://pki.test' },
      /CHANCERY_PKI_URL must be a URL such as http:\/\/host/,
    ],
  ];
  for (const [what, settings, sentence] of bad) {
    it(`refuses ${what} with one sentence that names it`, async () => {
      const { code, stderr, stdout } = await refusedStart({ CHANCERY_HOME: newHome(), ...settings });
      assert.equal(code, 1, stderr);
      assert.equal(stdout, '');
      assert.match(stderr, sentence);
      assert.equal(stderr.trim().split('\n').length, 1, stderr);
      assert.ok(!stderr.includes('secret-password'));
    });
  }

  it('refuses a TLS certificate that cannot be read, before it makes anything', async () => {
    const home = newHome();
    const file = join(folder, 'not-a-certificate');
    writeFileSync(file, 'nothing');
    const { code, stderr } = await refusedStart({
      CHANCERY_HOME: home,
      CHANCERY_TLS_CERT_FILE: file,
      CHANCERY_TLS_KEY_FILE: file,
    });
    assert.equal(code, 1);
    assert.match(stderr, /^chancery: .*CHANCERY_TLS_CERT_FILE.*\n$/);
    assert.ok(!existsSync(home));
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
