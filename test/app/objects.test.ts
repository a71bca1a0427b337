/** Audit reports of a running server: in its own folder behind signed links, and in a real S3 service. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertException, ok } from '../fronts/aws-call.ts';
import { anAuthority, type Live, liveCalls } from '../live-calls.ts';
import { startS3 } from '../objects/s3-server.ts';
import { needs, runProgram } from '../programs.ts';
import {
  cleanEnvironment,
  folderForTests,
  type ServerProcess,
  serverForTests,
  startServerProcess,
} from '../running-server.ts';

const launcher = join(import.meta.dirname, '../../bin/chancery.mjs');

/** A finished report: its bucket and key. */
async function reported({ pca }: Live, arn: string, bucket: string) {
  const on = { CertificateAuthorityArn: arn };
  const order = await pca('CreateCertificateAuthorityAuditReport', {
    ...on,
    S3BucketName: bucket,
    AuditReportResponseFormat: 'CSV',
  });
  const { AuditReportId } = ok(order);
  for (;;) {
    const found = ok(await pca('DescribeCertificateAuthorityAuditReport', { ...on, AuditReportId }));
    if (found.AuditReportStatus !== 'CREATING') return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('an audit report in the folder of a server', async () => {
  const server = await serverForTests();
  const live = liveCalls(server);
  const { arn } = await anAuthority(live);
  const { AuditReportStatus, S3Key: key } = await reported(live, arn, 'of-the-first');
  const name = String(key).split('/').at(-1);
  const linked = async (more: object = {}, as: Live = live) =>
    as.admin('CreateObjectLink', { Bucket: 'of-the-first', Key: key, ...more });
  const url = async (): Promise<URL> => new URL(ok(await linked()).Url);
  const status = async (target: URL | string) => (await fetch(target)).status;

  it('lies in the data folder, for the server alone', () => {
    assert.equal(AuditReportStatus, 'SUCCESS');
    const root = join(server.home, 'objects');
    assert.deepEqual(readdirSync(root).sort(), ['.incoming', 'of-the-first']);
    assert.equal(statSync(root).mode & 0o777, 0o700);
    assert.equal(statSync(join(root, 'of-the-first', key)).mode & 0o777, 0o600);
  });

  it('is downloaded whole through a link, and never shown as a page', async () => {
    const answer = await fetch(await url());
    assert.equal(answer.status, 200);
    const text = await answer.text();
    assert.equal(text, readFileSync(join(server.home, 'objects/of-the-first', key), 'utf8'));
    const head = await fetch(await url(), { method: 'HEAD' });
    assert.deepEqual([head.status, await head.text()], [200, '']);
    for (const { headers } of [answer, head]) {
      assert.equal(headers.get('content-length'), String(Buffer.byteLength(text)));
      assert.equal(headers.get('content-type'), 'text/csv; charset=utf-8');
      assert.equal(headers.get('content-disposition'), `attachment; filename="${name}"`);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('cache-control'), 'private, no-store');
    }
  });

  it('is told to nobody without a good link: every other answer is the same, whatever is there', async () => {
    const good = await url();
    const { pathname: path, search, origin } = good;
    const [expires, signature] = [good.searchParams.get('expires'), good.searchParams.get('signature') ?? ''];
    const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    const other = path.replace(/.$/, 'x');
    const bad = [
      path,
      `${path}?expires=${expires}`,
      `${path}?signature=${signature}`,
      `${path}?expires=${expires}&signature=${flipped}`,
      `${path}?expires=${Number(expires) + 60}&signature=${signature}`,
      `${path}?expires=${expires}&signature=${signature}&more=1`,
      `${path}?signature=${signature}&expires=${expires}`,
      `${path}?expires=${expires}&signature=${signature}==`,
      other + search,
      path.replace('of-the-first', 'of-nobody') + search,
      path.replace('of-the-first/', 'of-the-first//') + search,
      `/objects/of-the-first/..%2f..%2fmaster.key${search}`,
      `/objects/..%2fmaster.key${search}`,
      `/objects/.incoming/x${search}`,
      `/objects/of-the-first${search}`,
    ];
    const texts = new Set<string>();
    for (const target of bad) {
      const answer = await fetch(origin + target);
      assert.equal(answer.status, 403, target);
      texts.add(await answer.text());
    }
    assert.equal(texts.size, 1);
    assert.equal(await status(good), 200);
  });

  it('ends when its time is over', async () => {
    const { Url, ExpiresAt } = ok(await linked({ Minutes: 1 }));
    assert.ok(ExpiresAt * 1000 - Date.now() < 61_000);
    assert.equal(new URL(Url).searchParams.get('expires'), String(ExpiresAt));
  });

  it('is linked by the command, also for another account by the operator', async () => {
    const run = async (...args: string[]) => {
      const all = [launcher, 'admin', '--format', 'json', 'object', 'link', ...args];
      return runProgram(process.execPath, all, { env: cleanEnvironment({ CHANCERY_HOME: server.home }) });
    };
    for (const args of [[], ['--account', server.account, '--minutes', '5']]) {
      const { code, stdout, stderr } = await run('of-the-first', key, ...args);
      assert.equal(code, 0, stderr);
      assert.equal(await status(JSON.parse(stdout.toString()).Url), 200);
    }
    const { code, stderr } = await run('of-the-first', 'audit-report/none.csv');
    assert.equal(code, 1);
    assert.match(stderr, /there is no object audit-report\/none\.csv in bucket of-the-first/);
    assert.equal((await run('of-the-first', key, '--minutes', '721')).code, 1);
    assert.equal((await run('of-the-first', '../chancery.db')).code, 1);
  });

  it('is for its own account: another one gets neither a link nor the bucket', async () => {
    const { AccessKey } = ok(await live.admin('CreateAccount', { Name: 'second', AccountId: '222233334444' }));
    const key = { id: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey };
    const second = liveCalls({ ...server, account: '222233334444' }, key);
    assertException(await linked({}, second), 'ResourceNotFoundException');
    assertException(await linked({ AccountId: server.account }, second), 'AccessDeniedException');
    const theirs = await anAuthority(second);
    const order = await second.pca('CreateCertificateAuthorityAuditReport', {
      CertificateAuthorityArn: theirs.arn,
      S3BucketName: 'of-the-first',
      AuditReportResponseFormat: 'CSV',
    });
    assertException(order, 'InvalidArgsException');
    assert.equal(await status(await url()), 200);
  });
});

describe('an audit report in an S3 service', () => {
  it('arrives there, and a bucket that is not there or refuses is told as AWS does', async (t) => {
    const versitygw = needs(t, 'versitygw');
    if (versitygw === undefined) return;
    const s3 = await startS3(versitygw);
    const servers: ServerProcess[] = [];
    const serve = async ({ accessKeyId, secret }: { accessKeyId: string; secret: Uint8Array }) => {
      const server = await startServerProcess({
        CHANCERY_HOME: await folderForTests(),
        CHANCERY_OBJECT_STORE_URL: s3.url.origin,
        CHANCERY_OBJECT_STORE_REGION: s3.region,
        CHANCERY_OBJECT_STORE_BUCKETS: 'from-afar,not-there',
        CHANCERY_OBJECT_STORE_ACCESS_KEY_ID: accessKeyId,
        CHANCERY_OBJECT_STORE_SECRET_ACCESS_KEY: Buffer.from(secret).toString(),
      });
      servers.push(server);
      const live = liveCalls(server);
      return { server, live, ...(await anAuthority(live)) };
    };
    try {
      const folder = s3.bucket('from-afar');
      const { live, arn, server } = await serve(s3.administrator);
      const missing = { CertificateAuthorityArn: arn, S3BucketName: 'not-there', AuditReportResponseFormat: 'CSV' };
      assertException(await live.pca('CreateCertificateAuthorityAuditReport', missing), 'ResourceNotFoundException');
      const { AuditReportStatus, S3Key } = await reported(live, arn, 'from-afar');
      assert.equal(AuditReportStatus, 'SUCCESS');
      assert.match(readFileSync(join(folder, S3Key), 'utf8'), /^awsAccountId,.*\n\d{12},,arn:aws:acm-pca:/);
      assertException(
        await live.admin('CreateObjectLink', { Bucket: 'from-afar', Key: S3Key }),
        'ValidationException',
        /S3-compatible service: read them there/,
      );
      const other = s3.bucket('of-the-operator');
      for (const S3BucketName of ['of-the-operator', 'of-nobody']) {
        const named = await live.pca('CreateCertificateAuthorityAuditReport', { ...missing, S3BucketName });
        assertException(named, 'InvalidArgsException', /requires 's3:GetBucketAcl' permissions/);
      }
      assert.deepEqual(readdirSync(other), []);
      const stranger = await serve(s3.stranger);
      const refused = { ...missing, CertificateAuthorityArn: stranger.arn, S3BucketName: 'from-afar' };
      const answer = await stranger.live.pca('CreateCertificateAuthorityAuditReport', refused);
      assertException(answer, 'InvalidArgsException', /requires 's3:GetBucketAcl' permissions/);
      for (const { logged, printed } of [server, stranger.server]) {
        for (const { secret } of [s3.administrator, s3.stranger]) {
          assert.ok(!(logged() + printed()).includes(Buffer.from(secret).toString()));
        }
      }
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
      await s3.stop();
    }
  });
});
