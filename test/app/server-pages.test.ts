/** What anybody may GET from a running server, what each answer says of its request, and what nothing may say: secrets. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { makeCsr } from '../../scripts/make-csr.ts';
import { ok } from '../fronts/aws-call.ts';
import { ask, done } from '../fronts/huawei-call.ts';
import { anAuthority, issueLive, liveCalls } from '../live-calls.ts';
import { serverForTests } from '../running-server.ts';

describe('a running server', async () => {
  const hostile = 'http://"><script>alert(1)</script>.test';
  const server = await serverForTests({ CHANCERY_LOG_LEVEL: 'trace' });
  const live = liveCalls(server);
  const root = await anAuthority(live);
  const subordinate = await anAuthority(live, 'EC_prime256v1', root);
  const { certificate } = await issueLive(live, subordinate, makeCsr('leaf.test').csr);

  it('is alive and ready', async () => {
    for (const [path, text] of [
      ['/healthz', 'ok\n'],
      ['/readyz', 'ready\n'],
    ] as const) {
      const answer = await fetch(server.url + path);
      assert.deepEqual([answer.status, await answer.text()], [200, text]);
    }
  });

  it('counts requests, certificates, commits and delays for Prometheus, without ids or names', async () => {
    const answer = await fetch(`${server.url}/metrics`);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    for (const line of [
      /^chancery_requests_total\{front="aws-pca",operation="IssueCertificate",outcome="ok"\} 3$/m,
      /^chancery_request_seconds_bucket\{le="0\.001",front="aws-pca",operation="IssueCertificate"\} \d+$/m,
      /^chancery_certificates_issued_total 3$/m,
      /^chancery_keys_exported_total 0$/m,
      /^chancery_signing_queue 0$/m,
      /^chancery_store_commit_size_bucket\{le="1"\} \d+$/m,
      /^chancery_event_loop_delay_seconds\{quantile="0\.99"\} [\d.e-]+$/m,
    ])
      assert.match(text, line);
    for (const secret of [server.account, server.key.id, server.key.secret, root.id]) assert.ok(!text.includes(secret));
  });

  it('shows a browser what it is, with no script', async () => {
    const answer = await fetch(server.url);
    const page = await answer.text();
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.match(page, /<h1>Chancery \d+\.\d+\.\d+<\/h1>/);
    assert.ok(page.includes(server.url));
    assert.ok(!page.includes('<script'));
  });

  it('escapes what the operator named, on that page', async () => {
    // The configuration refuses what could break out of HTML, or the page escapes it: either is right.
    const { landingPage } = await import('../../src/app/landing-page.ts');
    const page = landingPage({ version: '1<2', publicUrl: hostile, pkiUrl: hostile, region: '\'"&' });
    assert.ok(!page.includes('<script'));
    assert.ok(!page.includes('1<2'));
    assert.ok(page.includes('1&#60;2'));
  });

  it('serves the issuer’s certificate at the very URL in a leaf, in DER, PEM and with its chain', async () => {
    const leaf = new X509Certificate(certificate);
    const url = /CA Issuers - URI:(\S+)/.exec(leaf.infoAccess ?? '')?.[1] ?? assert.fail(leaf.infoAccess);
    const der = await fetch(url);
    assert.equal(der.headers.get('content-type'), 'application/pkix-cert');
    const issuer = new X509Certificate(Buffer.from(await der.arrayBuffer()));
    assert.ok(leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey));
    const base = url.slice(0, -'.cer'.length);
    const pem = await (await fetch(`${base}.pem`)).text();
    assert.deepEqual(new X509Certificate(pem).raw, issuer.raw);
    const chain = (await (await fetch(`${base}.chain.pem`)).text()).split(/(?<=-----END CERTIFICATE-----\n)/);
    assert.deepEqual(
      chain.map((one) => new X509Certificate(one).raw),
      [issuer.raw, new X509Certificate(root.certificate).raw],
    );
    assert.equal((await fetch(url, { method: 'HEAD' })).status, 200);
    for (const path of [
      '/authorities/',
      '/authorities/x.cer',
      `/authorities/${crypto.randomUUID()}.cer`,
      `/authorities/${root.id}.key`,
    ]) {
      assert.equal((await fetch(server.url + path)).status, 404, path);
    }
  });

  it('gives each answer the request id that its log line has, in the vendor’s header', async () => {
    const aws = await live.pca('DescribeCertificateAuthority', { CertificateAuthorityArn: root.arn });
    const huawei = await ask(live.target, 'GET', `/v1/private-certificate-authorities/${root.id}`);
    const refused = await live.pca('DescribeCertificateAuthority', { CertificateAuthorityArn: 'x' });
    const ids = [
      [aws.headers.get('x-amzn-requestid'), 'ok'],
      [huawei.headers.get('x-request-id'), 'ok'],
      [refused.headers.get('x-amzn-requestid'), 'refused'],
    ] as const;
    for (const [id, outcome] of ids) {
      assert.match(id ?? '', /^[0-9a-f-]{36}$/);
      const line = await logLine(id ?? '');
      assert.equal(line['outcome'], outcome);
      assert.equal(line['account'], server.account);
    }
  });

  async function logLine(requestId: string): Promise<Record<string, unknown>> {
    for (;;) {
      const line = server
        .logged()
        .split('\n')
        .find((each) => each.includes(requestId) && each.includes('"performed"'));
      if (line !== undefined) return JSON.parse(line);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('says no secret in its output, its log at the finest level, its metrics or its errors', async () => {
    const password = 'Export-Password.1';
    const { certificate_id: id } = await done(live.target, 'POST', '/v1/private-certificates', {
      body: {
        issuer_id: subordinate.id,
        distinguished_name: { common_name: 'secret.test' },
        validity: { type: 'DAY', value: 10 },
      },
    });
    const path = `/v1/private-certificates/${id}/export`;
    const plain = await done(live.target, 'POST', path, { body: { is_compressed: 'false', type: 'NGINX' } });
    await ask(live.target, 'POST', path, { body: { is_compressed: 'true', type: 'TOMCAT', password } });
    await ask(live.target, 'POST', path, { body: { is_compressed: 'perhaps', type: 'TOMCAT', password } });
    const made = ok(await live.admin('CreateAccessKey', { UserName: 'other', Role: 'read-only' }));
    await live.acm('ImportCertificate', {
      Certificate: Buffer.from(certificate).toString('base64'),
      PrivateKey: Buffer.from(plain['private_key']).toString('base64'),
    });
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    const { requestId } = {
      requestId: (await ask(live.target, 'GET', '/v1/private-certificates')).headers.get('x-request-id'),
    };
    await logLine(requestId ?? '');
    const said = server.printed() + server.logged() + metrics;
    const body = String(plain['private_key'])
      .split(/\r?\n/)
      .filter((line) => /^[A-Za-z0-9+/=]{40,}$/.test(line));
    const masterKey = readFileSync(join(server.home, 'master.key'), 'utf8')
      .split('\n')
      .flatMap((line) => line.match(/[A-Za-z0-9+/=]{40,}/g) ?? []);
    assert.ok(body.length > 0 && masterKey.length > 0);
    for (const secret of [
      server.key.secret,
      password,
      made.AccessKey.SecretAccessKey,
      ...body,
      ...masterKey,
      'PRIVATE KEY',
    ]) {
      assert.ok(!said.includes(secret), `${secret.slice(0, 4)}… was said`);
      assert.ok(!said.includes(Buffer.from(secret).toString('base64').slice(0, 40)), 'nor in Base64');
    }
  });

  it('finishes a request under way when it is told to stop, and takes no new ones', async () => {
    const socket = connect(server.port, '127.0.0.1');
    let received = '';
    socket.on('data', (part) => (received += part.toString()));
    await once(socket, 'connect');
    const head = 'POST / HTTP/1.1\r\nHost: h\r\nX-Amz-Target: ACMPrivateCA.ListTags\r\nContent-Length: 2\r\n';
    socket.write(`${head}Content-Type: application/x-amz-json-1.1\r\n\r\n{`);
    await live.pca('ListCertificateAuthorities'); // so that the server has seen the first half, too
    server.signal('SIGTERM');
    while (
      await fetch(server.url).then(
        () => true,
        () => false,
      )
    );
    assert.equal(received, '');
    socket.end('}');
    await once(socket, 'close');
    assert.match(received, /^HTTP\/1\.1 400 [^]*MissingAuthenticationToken/);
    assert.equal(await server.ended, 0);
  });
});
