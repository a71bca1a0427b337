/** Two servers on one PostgreSQL behave as one. */
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { X509Certificate } from 'node:crypto';
import { makeCsr } from '../../scripts/make-csr.ts';
import { startPostgres } from '../contracts/postgres-server.ts';
import { assertException, ok } from '../fronts/aws-call.ts';
import { done } from '../fronts/huawei-call.ts';
import { anAuthority, aPendingAuthority, base64, issueLive, type Live, liveCalls } from '../live-calls.ts';
import { folderForTests, refusedStart, startServerProcess } from '../running-server.ts';

describe('two servers on one PostgreSQL', async () => {
  const postgres = await startPostgres();
  after(() => postgres?.stop());
  const folder = await folderForTests();
  const pair = postgres === undefined ? undefined : await startPair(await postgres.database());

  /** The second has the first one's master key, as an operator would give it. */
  async function startPair(url: string) {
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    const first = await startServerProcess({ CHANCERY_HOME: one, CHANCERY_DATABASE_URL: url });
    after(() => first.stop());
    mkdirSync(other, { mode: 0o700 });
    for (const name of ['master.key', 'credentials']) copyFileSync(join(one, name), join(other, name));
    const second = await startServerProcess({ CHANCERY_HOME: other, CHANCERY_DATABASE_URL: url });
    after(() => second.stop());
    return { url, first, second, live: [liveCalls(first), liveCalls(second)] as const };
  }

  function needPair(t: TestContext): NonNullable<typeof pair> | undefined {
    if (pair === undefined) t.skip('postgres is not installed');
    return pair;
  }

  it('have the same account and the same key', (t) => {
    const both = needPair(t);
    if (both === undefined) return;
    const { first, second } = both;
    assert.deepEqual(
      [second.account, second.domain, second.project, second.key],
      [first.account, first.domain, first.project, first.key],
    );
  });

  it('make one account between them when both start at once on an empty database', async (t) => {
    if (postgres === undefined) return t.skip('postgres is not installed');
    const url = await postgres.database();
    const keyFile = join(folder, 'one', 'master.key');
    const homes = [join(folder, 'third'), join(folder, 'fourth')];
    const servers = await Promise.all(
      homes.map((home) =>
        startServerProcess({ CHANCERY_HOME: home, CHANCERY_DATABASE_URL: url, CHANCERY_MASTER_KEY_FILE: keyFile }),
      ),
    );
    after(() => Promise.all(servers.map((server) => server.stop())));
    assert.equal(new Set(servers.map(({ account }) => account)).size, 1);
    assert.equal(homes.filter((home) => existsSync(join(home, 'credentials'))).length, 1);
  });

  it('show an authority of one at the other at once, and both sign with it, each serial once', async (t) => {
    const both = needPair(t);
    if (both === undefined) return;
    const [one, other] = both.live;
    const root = await anAuthority(one);
    const listed = ok(await other.pca('ListCertificateAuthorities')).CertificateAuthorities;
    assert.ok(listed.some(({ Arn }: { Arn: string }) => Arn === root.arn));
    const { csr } = makeCsr('both.test');
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, i) => issueLive(i % 2 === 0 ? one : other, root, csr)),
    );
    assert.equal(new Set(made.map(({ certificate }) => new X509Certificate(certificate).serialNumber)).size, 40);
    for (const [at, { arn, certificate }] of made.slice(0, 6).entries()) {
      const reader = at % 2 === 0 ? other : one;
      const found = ok(await reader.pca('GetCertificate', { CertificateAuthorityArn: root.arn, CertificateArn: arn }));
      assert.equal(found.Certificate, certificate);
    }
  });

  it('make one authority for one idempotency token, even at the same moment', async (t) => {
    const both = needPair(t);
    if (both === undefined) return;
    const wish = {
      CertificateAuthorityType: 'ROOT',
      IdempotencyToken: 'pair-token',
      CertificateAuthorityConfiguration: {
        KeyAlgorithm: 'EC_prime256v1',
        SigningAlgorithm: 'SHA256WITHECDSA',
        Subject: { CommonName: 'Once' },
      },
    };
    const made = await Promise.all(
      Array.from({ length: 10 }, (_, i) => (both.live[i % 2] ?? both.live[0]).pca('CreateCertificateAuthority', wish)),
    );
    const arns = new Set(made.map((answer) => ok(answer).CertificateAuthorityArn));
    assert.equal(arns.size, 1);
    const listed = ok(await both.live[0].pca('ListCertificateAuthorities')).CertificateAuthorities;
    const same = listed.filter((each: Listed) => each.CertificateAuthorityConfiguration.Subject.CommonName === 'Once');
    assert.equal(same.length, 1);
  });

  it('take each RSA key of the pool for one certificate only', async (t) => {
    const both = needPair(t);
    if (both === undefined) return;
    const pending = await Promise.all(
      Array.from({ length: 8 }, (_, i) => aPendingAuthority(both.live[i % 2] ?? both.live[0], 'ROOT', 'RSA_2048')),
    );
    const keys = await Promise.all(
      pending.map(async (arn) => {
        const csr = ok(await both.live[0].pca('GetCertificateAuthorityCsr', { CertificateAuthorityArn: arn })).Csr;
        return publicKeyOf(String(csr));
      }),
    );
    assert.equal(new Set(keys).size, 8);
  });

  it('stop issuing at both when an authority is disabled at one', async (t) => {
    const both = needPair(t);
    if (both === undefined) return;
    const [one, other] = both.live;
    const root = await anAuthority(one);
    const { csr } = makeCsr('stop.test');
    await issueLive(other, root, csr);
    ok(await one.pca('UpdateCertificateAuthority', { CertificateAuthorityArn: root.arn, Status: 'DISABLED' }));
    assertException(await issueAt(other, root.arn, csr), 'InvalidStateException');
    await done(other.target, 'POST', `/v1/private-certificate-authorities/${root.id}/enable`);
    ok(await issueAt(one, root.arn, csr));
  });

  it('refuse a key that was disabled at the other, within two seconds', async (t) => {
    const both = needPair(t);
    if (both === undefined) return;
    const [one] = both.live;
    const made = ok(await one.admin('CreateAccessKey', { UserName: 'brief', Role: 'administrator' })).AccessKey;
    const brief = liveCalls(both.second, { id: made.AccessKeyId, secret: made.SecretAccessKey });
    ok(await brief.pca('ListCertificateAuthorities'));
    ok(await one.admin('UpdateAccessKey', { AccessKeyId: made.AccessKeyId, Disabled: true }));
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const refused = await brief.pca('ListCertificateAuthorities');
    assert.equal(refused.status, 400);
    assert.match(String(refused.body.__type), /UnrecognizedClientException/);
  });

  it('refuse a third that comes with a master key of its own', async (t) => {
    const both = needPair(t);
    if (both === undefined) return;
    const home = join(folder, 'with-another-key');
    const { code, stderr } = await refusedStart({ CHANCERY_HOME: home, CHANCERY_DATABASE_URL: both.url });
    assert.equal(code, 1);
    assert.match(stderr, /^chancery: .*master key.*\n$/);
    assert.ok(!existsSync(join(home, 'credentials')));
  });

  it('page a list that began at one to its end at the other', async (t) => {
    const both = needPair(t);
    if (both === undefined) return;
    const seen: string[] = [];
    let token: string | undefined;
    for (let at = 0; at === 0 || token !== undefined; at++) {
      const live = both.live[at % 2] ?? both.live[0];
      const page = ok(
        await live.pca('ListCertificateAuthorities', {
          MaxResults: 3,
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      );
      seen.push(...page.CertificateAuthorities.map(({ Arn }: { Arn: string }) => Arn));
      token = page.NextToken;
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.ok(seen.length >= 11);
  });

  it('write an audit report once, whichever took the order', async (t) => {
    const both = needPair(t);
    if (both === undefined) return;
    const [one, other] = both.live;
    const { arn, id } = await anAuthority(one);
    const order = { CertificateAuthorityArn: arn, S3BucketName: 'both', AuditReportResponseFormat: 'JSON' };
    const { AuditReportId, S3Key } = ok(await other.pca('CreateCertificateAuthorityAuditReport', order));
    const named = { CertificateAuthorityArn: arn, AuditReportId };
    const look = async () => ok(await one.pca('DescribeCertificateAuthorityAuditReport', named)).AuditReportStatus;
    while ((await look()) === 'CREATING') await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(await look(), 'SUCCESS');
    assertException(await one.pca('CreateCertificateAuthorityAuditReport', order), 'RequestInProgressException');
    const files = [both.first, both.second].map(({ home }) => join(home, 'objects', 'both', S3Key)).filter(existsSync);
    assert.equal(files.length, 1);
    const [line, ...more] = JSON.parse(readFileSync(files[0] ?? '', 'utf8'));
    assert.equal(more.length, 0);
    assert.ok(line.certificateArn.startsWith(arn) && line.certificateArn.includes(id));
  });
});

interface Listed {
  readonly CertificateAuthorityConfiguration: { readonly Subject: { readonly CommonName: string } };
}

function issueAt(live: Live, authority: string, csr: string) {
  return live.pca('IssueCertificate', {
    CertificateAuthorityArn: authority,
    Csr: base64(csr),
    SigningAlgorithm: 'SHA256WITHECDSA',
    Validity: { Type: 'DAYS', Value: 1 },
  });
}

/** The modulus, as it stands in the CSR's DER: an integer of 257 octets. */
function publicKeyOf(csr: string): string {
  const der = Buffer.from(csr.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  const at = der.indexOf(Buffer.from('0282010100', 'hex'));
  return der.subarray(at + 5, at + 5 + 256).toString('hex');
}
